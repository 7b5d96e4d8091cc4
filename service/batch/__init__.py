"""Batches: many articles through the same line as one, in an order that survives a crash.

Owns who takes a job when, and what becomes of it. What a summary is, and how it is paid for, is
the pipeline's; where jobs are kept is the store's.
"""
