"""One request inside a world, from its arrival to its journal entry."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from flask import Request

from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.store import Change, Commit
from greenroom.simulators.core.tokens import Token
from greenroom.simulators.core.turnstile import Pass
from greenroom.simulators.core.world import Person, World

UNREAD = object()
"""Stands for what was not read yet."""


@dataclass(slots=True)
class Exchange:
    """What is known of the request under way: its world, whose token came, and, as the routes find out, its aim.

    ``asked`` is the request itself: behind Flask's proxy each look costs several. ``host`` is the one that it names,
    ``sent`` what its body says, once somebody read it. ``presented`` is the credential that came, whatever it is.
    ``armed`` is the fault that is meant for it, ``fired`` whether it fired, ``delivery`` how the answer is to go out;
    ``before_commit`` is called before anything is written. ``unsimulated`` names what the vendor has and this fake has
    not. ``undone`` is the world's count of that name as it came. ``crowded``: others use all that the CRM allows at
    once. ``turn`` is its pass at the world's turnstile. ``bearer`` is the person whose token came, once looked up.
    """

    world: World
    token: Token | None
    credential: str
    operation: str
    asked: Request
    path: str = ""
    host: str = ""
    presented: str | None = None
    body: bytes = b""
    sent: Any = UNREAD
    started: float = field(default_factory=time.perf_counter)
    record: str | None = None
    shows: str | None = None
    internal_error: str | None = None
    unsimulated: str | None = None
    counted: bool = False
    crowded: bool = False
    turn: Pass | None = None
    bearer: Person | None = None
    armed: Armed | None = None
    fired: bool = False
    delivery: Delivery | None = None
    before_commit: Callable[[], None] | None = None
    changes: list[Change] = field(default_factory=list)
    undone: int = 0

    @property
    def person(self) -> Person:
        """The person whose token came; only to be asked once the token was found valid."""
        if self.token is None:
            msg = "no token came with this request: authenticate first"
            raise LookupError(msg)
        if self.bearer is None:
            self.bearer = self.world.person(self.token.person)
        return self.bearer

    def classify(self, operation: str, record: str | None = None) -> None:
        """Note what the request would do, before it is known whether it may."""
        self.operation, self.record = operation, record

    def recheck(self) -> None:
        """Look at the token's state again, since something happened to it."""
        self.credential = self.world.tokens.state(self.token)

    def commit(self) -> AbstractContextManager[Commit]:
        """Write to the world's store; what changed becomes part of the journal entry."""
        if self.before_commit:
            self.before_commit()
        return self.world.store.commit(self.changes.extend)


_UNDER_WAY: ContextVar[Exchange | None] = ContextVar("greenroom.exchange", default=None)


def exchange() -> Exchange:
    """Return the exchange under way.

    Raises:
        LookupError: there is none in this thread.

    """
    now = _UNDER_WAY.get()
    if now is None:
        raise LookupError("no request is under way")
    return now


def is_under_way() -> bool:
    """Tell whether there is an exchange in this thread."""
    return _UNDER_WAY.get() is not None


def begin(now: Exchange | None) -> None:
    """Let an exchange, or none, be the one under way from now on."""
    _UNDER_WAY.set(now)


@contextmanager
def under_way(now: Exchange) -> Iterator[None]:
    """Let an exchange be the one under way in place of another one."""
    token = _UNDER_WAY.set(now)
    try:
        yield
    finally:
        _UNDER_WAY.reset(token)
