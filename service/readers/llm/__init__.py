"""The LLM reader; the only place that imports openai, instructor and tenacity."""
