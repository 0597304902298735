"""One request inside a world, from its arrival to its journal entry."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import g

from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.store import Change, Commit
from greenroom.simulators.core.tokens import Token
from greenroom.simulators.core.turnstile import Pass
from greenroom.simulators.core.world import Person, World


@dataclass(slots=True)
class Exchange:
    """What is known of the request under way: its world, whose token came, and, as the routes find out, its aim.

    ``presented`` is the credential that came, whatever it is. ``armed`` is the fault that is meant for it, ``fired``
    whether it fired, ``delivery`` how the answer is to go out; ``before_commit`` is called before anything is written.
    ``unsimulated`` names what the vendor has and this fake has not. ``undone`` is the world's count of that name as it
    came. ``crowded``: others use all that the CRM allows at once. ``turn`` is its pass at the world's turnstile.
    """

    world: World
    token: Token | None
    credential: str
    operation: str
    path: str = ""
    presented: str | None = None
    started: float = field(default_factory=time.perf_counter)
    record: str | None = None
    shows: str | None = None
    internal_error: str | None = None
    unsimulated: str | None = None
    counted: bool = False
    crowded: bool = False
    turn: Pass | None = None
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
        return self.world.person(self.token.person)

    def classify(self, operation: str, record: str | None = None) -> None:
        """Note what the request would do, before it is known whether it may."""
        self.operation, self.record = operation, record

    def recheck(self) -> None:
        """Look at the token's state again, since something happened to it."""
        self.credential = self.world.tokens.state(self.token)

    @contextmanager
    def commit(self) -> Iterator[Commit]:
        """Write to the world's store; what changed becomes part of the journal entry."""
        if self.before_commit:
            self.before_commit()
        with self.world.store.commit() as commit:
            yield commit
        self.changes.extend(commit.changes)


def exchange() -> Exchange:
    """Return the exchange under way."""
    current: Exchange = g.exchange
    return current
