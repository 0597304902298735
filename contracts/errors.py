"""What callers of contracts handle."""


class ConfigError(ValueError):
    """What was asked cannot be done; the message says what to ask instead."""


class ProbeError(ValueError):
    """An account cannot be probed; the message says what to do."""


class RecordError(ValueError):
    """A record of a probe cannot be read, written or merged; the message says what to do."""
