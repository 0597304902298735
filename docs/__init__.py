"""The documentation, and what generates, pictures and builds it."""
