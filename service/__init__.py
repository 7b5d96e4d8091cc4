"""Readout's service: from an article to a grounded, typed summary."""
