"""Alembic's environment: how the tables came about."""
