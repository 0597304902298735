"""The harness: makes worlds and calls in them, and records each call whole."""
