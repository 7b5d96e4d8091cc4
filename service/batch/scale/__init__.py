"""Batches past one machine: PostgreSQL, pgqueuer, and workers wherever they run.

Owns all that is pgqueuer's and its driver's; both are imported nowhere else, and only where a
database of PostgreSQL is named. Our own table of jobs is the record. What pgqueuer holds are
numbers of jobs that wait: all of it could be lost, and would be handed over again.
"""
