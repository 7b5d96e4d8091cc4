"""The LLM reader; the only place that imports openai, instructor and tenacity.

Its version stands here, so that a request can be named without importing them.
"""

READER_VERSION = "llm/1"
"""The reader and its version; part of every request's key."""
