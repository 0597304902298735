"""A turnstile: requests of calls at the same time pass one by one, in an order that somebody prescribes."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

HELD, UNDER_WAY, DONE, GONE = "held", "under way", "done", "gone"
"""Where a request is: held as it arrived; let in; carried out, its answer held; its answer on the way."""
LONGEST = 10.0
"""Seconds that whoever let a request in waits for its end: a fault may hold it."""

Carries = Callable[[str], bool]
"""Tells whether a credential is one of a party's."""


@dataclass(eq=False)
class Pass:
    """One request at a turnstile: whose it is, what it would do."""

    party: int
    operation: str
    number: int
    place: str = HELD
    answers: bool = True
    turnstile: "Turnstile" = field(kw_only=True)

    def leave(self) -> None:
        """Wait, now that the request is carried out, until its answer may go."""
        self.turnstile.leave(self)


class Turnstile:
    """Holds the requests of parties (calls that are made at the same time) until they are let in.

    A party is known by what it carries. Where that is another's, of whom something waits already, or nobody's, a
    request is of the one party that is at work: the others wait, so it can be nobody else's. A request may be let in
    whole, or to be carried out while its answer is held (:meth:`admit`, :meth:`answer`). ``changed`` is notified
    whenever something moves.
    """

    def __init__(self, parties: Sequence[Carries]) -> None:
        self.changed = threading.Condition()
        self._parties = parties
        self._free: set[int] = set(range(len(parties)))
        self._waiting: list[Pass] = []
        self._received = 0

    def hold(self, party: int) -> None:
        """Hold the requests of a party from now on."""
        with self.changed:
            self._free.discard(party)

    def enter(self, credential: str | None, operation: str) -> Pass | None:
        """Hold a request until it is let in; None where it is nobody's, or its party is free."""
        with self.changed:
            party = self._party(credential)
            if party is None or party in self._free:
                return None
            self._received += 1
            received = Pass(party, operation, self._received, turnstile=self)
            self._waiting.append(received)
            self.changed.notify_all()
            self.changed.wait_for(lambda: received.place != HELD)
        return received

    def _party(self, credential: str | None) -> int | None:
        found = (number for number, carries in enumerate(self._parties) if carries(credential or ""))
        bearer = next(found, None)
        waiting = {each.party for each in self._waiting}
        at_work = [n for n in range(len(self._parties)) if n not in self._free and n not in waiting]
        return at_work[0] if len(at_work) == 1 and (bearer is None or bearer in waiting) else bearer

    def leave(self, now: Pass) -> None:
        """Wait until the answer of a request that is carried out may go."""
        with self.changed:
            now.place = DONE
            self.changed.notify_all()
            self.changed.wait_for(lambda: now.answers)
            now.place = GONE
            self._waiting.remove(now)
            self.changed.notify_all()

    def next_of(self, party: int) -> Pass | None:
        """Return the first request of a party that waits to be let in or answered."""
        with self.changed:
            return next((each for each in self._waiting if each.party == party and each.place in (HELD, DONE)), None)

    def admit(self, held: Pass, *, answers: bool = True) -> None:
        """Let a request in and wait until it is carried out, or answered where it ``answers``."""
        with self.changed:
            if held.place == HELD:
                held.place, held.answers = UNDER_WAY, answers
            self.changed.notify_all()
            self.changed.wait_for(lambda: held.place == GONE or (held.place == DONE and not answers), LONGEST)

    def answer(self, done: Pass) -> None:
        """Let the answer of a request go that is carried out."""
        with self.changed:
            done.answers = True
            self.changed.notify_all()
            self.changed.wait_for(lambda: done.place == GONE, LONGEST)

    def free(self, *parties: int) -> None:
        """Hold nothing of some parties any more."""
        with self.changed:
            self._free.update(parties)
            for each in self._waiting:
                if each.party in self._free:
                    each.place = UNDER_WAY if each.place == HELD else each.place
                    each.answers = True
            self.changed.notify_all()
