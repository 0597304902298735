"""What can go wrong between Greenroom and a connector's process, by the stage of their conversation.

A target is *named* (:class:`TargetError`), its worker is *started* (:class:`WorkerError`), the connector is *loaded*
(:class:`LoadError`), then it is *called*. What happens in a call is an outcome of that call, never an exception; only
a worker that breaks the protocol is one (:class:`ProtocolError`). Each message says what to do next.
"""


class BridgeError(Exception):
    """Greenroom cannot reach the connector: nothing can be judged."""


class TargetError(BridgeError):
    """The target is not written as one, or no such file exists."""


class WorkerError(BridgeError):
    """The worker does not start, or dies before the connector is loaded."""


class ClockError(WorkerError):
    """The clocks of its runtime cannot be made faster."""


class LoadError(BridgeError):
    """The connector cannot be imported, or offers none of the interfaces."""


class ProtocolError(BridgeError):
    """The worker speaks, but not our protocol, or another version of it."""
