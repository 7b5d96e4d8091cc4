"""Outputs: where the results of a batch go as they finish.

Owns the formats and the files; ``opening`` is the way in. A result is an article's name with its
summary, the bytes that the store has, or with the problem that there was. Knows neither batches
nor the store.
"""
