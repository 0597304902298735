"""What callers of contracts handle."""


class ConfigError(ValueError):
    """What was asked cannot be done; the message says what to ask instead."""
