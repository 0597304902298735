"""Runs: a connector on a stage, as a stream of events."""
