"""Recorded exchanges with a model, and the tests that play them."""
