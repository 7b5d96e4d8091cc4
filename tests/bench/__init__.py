"""Benchmarks: ratios measured side by side in one run; they show, they do not fail a build."""
