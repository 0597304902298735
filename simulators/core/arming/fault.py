"""What a fault is: a trouble with a name, the stages at which it may fire, and what it does to the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from flask import Response

from greenroom.simulators.core.names import did_you_mean

CONNECTION = "connection"
ARRIVAL = "before-authentication"
COMMIT = "before-commit"
ANSWER = "after-commit"
BODY = "in-body"
STAGES = (CONNECTION, ARRIVAL, COMMIT, ANSWER, BODY)
"""When a fault fires: as a connection begins, before the token is looked at, when all is checked but nothing is
written yet, when everything is done and the answer is about to go out, in the middle of that answer's body. A request
that writes nothing meets ``before-commit`` as its answer is made.
"""

WHOLE, STATUS, LATE, NOTHING = "whole", "status", "late", "nothing"
"""What of the answer reaches the client: all of it; its status, but no usable body; all of it to those who wait long
enough; nothing.
"""


class NewConnection(Protocol):
    """A connection before its first byte is read, as a fault sees it."""

    @property
    def value(self) -> str:
        """The chosen value, or the fault's own."""

    def close(self) -> None:
        """Close it, without a response."""

    def reset(self) -> None:
        """Reset it, without a response."""

    def show_bad_certificate(self, kind: str) -> None:
        """Show a certificate that nobody must trust, of a kind that ``Authority.bad_context`` knows; go on."""


Context = TypeVar("Context")
"""What a fault sees as it fires on a request. It knows the world, and worlds know their faults: here it has no type."""


@dataclass(frozen=True)
class Fault(Generic[Context]):
    """One kind of trouble, and all that others need to know of it.

    ``stages`` are those at which it may fire, the first by default. ``fire`` returns the answer to give in place of
    the CRM's, or None where the request goes on. ``on_connect`` fires on a connection instead (None: it goes on).
    ``values`` are what may be chosen (the first by default); a fault with ``seconds`` takes a number of them instead,
    ``seconds`` being the default and ``longest`` the most. ``asks``: its answer may ask for patience (``Retry-After``).

    ``closes_port``: while it is armed in the current world, nothing listens at the CRM's ports. ``needs_tls``: it
    fires on connections of TLS alone. ``silent``: it is no trouble, and the journal does not name it.
    ``by_colleague``: somebody else changes the appointment that a request names. ``slow``: it takes time, or the CRM
    asks for some; ``slow_values``: only with these values.
    """

    name: str
    title: str
    stages: tuple[str, ...]
    fire: Callable[[Context], Response | None]
    arrives: str = WHOLE
    values: tuple[str, ...] = ()
    seconds: float | None = None
    longest: float = 120.0
    asks: bool = False
    on_connect: Callable[[NewConnection], None] | None = None
    closes_port: bool = False
    needs_tls: bool = False
    silent: bool = False
    by_colleague: bool = False
    slow: bool = False
    slow_values: tuple[str, ...] = ()

    @property
    def default(self) -> str | None:
        """The value where none is given."""
        return self.values[0] if self.values else None if self.seconds is None else f"{self.seconds:g}"

    def check(self, value: str | None, stage: str) -> None:
        """Check a value and a stage.

        Raises:
            FaultError: this fault does not take them.

        """
        if stage not in self.stages:
            raise FaultError(f"fault '{self.name}' cannot fire at {stage}; {did_you_mean(stage, self.stages)}")
        if value is not None and self.seconds is not None:
            self._check_seconds(value)
        elif value is not None and value not in self.values:
            known = did_you_mean(value, self.values) if self.values else "it takes no value"
            raise FaultError(f"fault '{self.name}' has no value '{value}'; {known}")

    def check_wait(self) -> None:
        """Check that its answer may ask to wait.

        Raises:
            FaultError: it asks for no patience.

        """
        if not self.asks:
            raise FaultError(f"fault '{self.name}' takes no retry-after: its answer asks for no patience; leave it out")

    def check_place(self, *, skips: bool, waits: bool) -> None:
        """Check that it can let requests pass first, or wait for one; a fault that closes a port counts none.

        Raises:
            FaultError: this fault can not.

        """

    def _check_seconds(self, value: str) -> None:
        try:
            seconds = float(value)
        except ValueError:
            seconds = -1.0
        if not 0 <= seconds <= self.longest:
            raise FaultError(f"fault '{self.name}' takes 0 to {self.longest:g} seconds, not '{value}'")


class FaultError(ValueError):
    """A fault cannot be armed as asked; the message says what can."""
