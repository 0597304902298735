"""Runs: a connector in a harness, as a stream of events."""
