"""Readings against golden fixtures: what is right, wrong, missing, invented. Pure."""
