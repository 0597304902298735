"""What a probe of a real account can do, and what it must not: it touches only appointments that it made itself."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

NOTHING: Mapping[str, Any] = {}
Send = Callable[..., "Answer"]
"""Sends ``(method, path, headers=, params=, json=, data=)``; it counts and bounds what is sent.

Raises:
    NotProbedError: nothing came back, or a bound is reached.

"""


class DifferenceError(Exception):
    """The account does something else than the ledger says."""

    def __init__(self, what: str, expected: object, got: object) -> None:
        super().__init__(what)
        self.expected, self.got = f"{what}: {expected}", f"{what}: {got}"


class NotProbedError(Exception):
    """A probe could not do what it needs; the message says why. That says nothing about the row."""


class UnsafeError(Exception):
    """A probe tried to touch what it did not make: a mistake in the probe."""


def expect(what: str, expected: object, got: object) -> None:
    """Compare what the ledger says with what came.

    Raises:
        DifferenceError: they differ.

    """
    if expected != got:
        raise DifferenceError(what, expected, got)


def holds(what: str, truth: object) -> None:
    """Claim that something is so.

    Raises:
        DifferenceError: it is not.

    """
    if not truth:
        raise DifferenceError(what, "yes", "no")


def differs(what: str, expected: str, got: object) -> NoReturn:
    """Say that something else came.

    Raises:
        DifferenceError: always.

    """
    raise DifferenceError(what, expected, got)


@dataclass(frozen=True)
class Answer:
    """A response. ``headers`` have names in small letters."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def json(self) -> Any:
        """The body.

        Raises:
            DifferenceError: it is no JSON.

        """
        try:
            return json.loads(self.text)
        except ValueError:
            return differs("body", "JSON", f"none, with status {self.status}")

    def at(self, *place: str | int) -> Any:
        """Return a part of the body, None where there is none."""
        found = self.json
        for step in place:
            inside = isinstance(found, Mapping) or (isinstance(found, list) and isinstance(step, int))
            if not inside or (step not in found if isinstance(found, Mapping) else not -1 < int(step) < len(found)):
                return None
            found = found[step]
        return found

    def header(self, name: str) -> str:
        """Return a header, empty where it did not come."""
        return self.headers.get(name.lower(), "")

    def expect(self, status: int) -> "Answer":
        """Claim a status.

        Raises:
            DifferenceError: it is another one.

        """
        expect("status", status, self.status)
        return self

    def needed(self, what: str) -> "Answer":
        """Return this success, without which the probe cannot go on.

        Raises:
            NotProbedError: it is none.

        """
        if not 200 <= self.status < 300:
            msg = f"{what} got status {self.status}"
            raise NotProbedError(msg)
        return self


@dataclass(frozen=True)
class Probing:
    """How the probes of a CRM make, find and remove appointments of their own.

    ``hello`` is a path that any valid credential may read. ``create`` is the method and the path that makes one,
    ``body`` what a new one has, its title the account's mark. ``made`` finds its id in the response. ``path`` is that
    of one by id, ``change`` the method that changes it. ``find`` returns the ids of those that have the mark and stand.
    ``over`` tells whether one is over that a DELETE did not remove; ``cancelled`` are fields that cancel such a one.
    ``wrap`` puts fields into a body; ``queries`` are paths that are read by POST.
    """

    hello: str
    create: tuple[str, str]
    body: Callable[["Account"], Mapping[str, Any]]
    made: Callable[[Answer], str]
    path: Callable[[str], str]
    change: str
    find: Callable[["Account"], Iterable[str]]
    wrap: Callable[[Mapping[str, Any]], Any] = dict
    queries: tuple[str, ...] = ()
    over: Callable[["Account", str], bool] = lambda account, key: account.show(key).status in (404, 410)
    cancelled: Mapping[str, Any] | None = None


class Account:
    """Somebody's account during a run. It writes to what it made and to nothing else.

    ``mark`` begins the title of all that it makes; it is drawn for the run. ``day`` is the day of its appointments.
    ``known`` keeps what probes have found out.
    """

    def __init__(self, probing: Probing, send: Send, mark: str, day: date) -> None:
        self.probing, self.mark, self.day = probing, mark, day
        self.known: dict[str, Any] = {}
        self._send = send
        self._kept: dict[str, str] = {}
        self._stands: dict[str, bool] = {}
        self._creating = 0
        """Creations without a response that says what became of them."""

    @property
    def made(self) -> tuple[str, ...]:
        """The ids of all that it made."""
        return tuple(self._stands)

    def get(self, path: str, **more: Any) -> Answer:
        """Read something."""
        return self._send("GET", path, **more)

    def options(self, path: str) -> Answer:
        """Ask what a path can do."""
        return self._send("OPTIONS", path)

    def query(self, path: str, **more: Any) -> Answer:
        """Read by POST, where the CRM does so.

        Raises:
            UnsafeError: it does not.

        """
        if path not in self.probing.queries:
            msg = f"'{path}' is not read by POST"
            raise UnsafeError(msg)
        return self._send("POST", path, **more)

    def show(self, key: str, **more: Any) -> Answer:
        """Read an appointment."""
        return self.get(self.probing.path(key), **more)

    def create(self, fields: Mapping[str, Any] = NOTHING, way: tuple[str, str] | None = None, **more: Any) -> Answer:
        """Try to make an appointment: the usual one, with these fields. None leaves a field out.

        ``way`` is another method and path that make one.
        """
        whole = {**self.probing.body(self), **fields}
        body = self.probing.wrap({name: value for name, value in whole.items() if value is not None})
        method, path = way or self.probing.create
        self._creating += 1
        answer = self._send(method, path, **{"json": body, **more})
        if 200 <= answer.status < 300:
            self._stands[self.probing.made(answer)] = True
        if answer.status < 300 or 400 <= answer.status < 500:
            self._creating -= 1
        return answer

    def make(self, fields: Mapping[str, Any] = NOTHING, **more: Any) -> str:
        """Make an appointment and return its id.

        Raises:
            NotProbedError: it could not be made.

        """
        try:
            self.create(fields, **more).needed("making an appointment")
        except DifferenceError as error:
            msg = f"the response to making an appointment names no id ({error})"
            raise NotProbedError(msg) from None
        return self.made[-1]

    def shared(self) -> str:
        """Return the id of an appointment that no probe changes."""
        return self._kept_one("shared")

    def two(self) -> list[str]:
        """Return the ids of two appointments that no probe changes, in order."""
        return sorted([self._kept_one("shared"), self._kept_one("second")], key=lambda key: (len(key), key))

    def _kept_one(self, name: str) -> str:
        if name not in self._kept:
            self._kept[name] = self.make()
        return self._kept[name]

    def write(self, method: str, key: str, **more: Any) -> Answer:
        """Send a write about an appointment that it made, or about several with commas between.

        Raises:
            UnsafeError: it made no such one.

        """
        keys = key.split(",")
        if not set(keys) <= set(self._stands):
            msg = "a probe may only write to appointments that it made"
            raise UnsafeError(msg)
        self._stands.update(dict.fromkeys(keys, True))
        answer = self._send(method, self.probing.path(key), **more)
        if method == "DELETE" and 200 <= answer.status < 300:
            self._stands.update(dict.fromkeys(keys, False))
        return answer

    def change(self, key: str, fields: Mapping[str, Any], **more: Any) -> Answer:
        """Change fields of an appointment that it made."""
        return self.write(self.probing.change, key, **{"json": self.probing.wrap(fields), **more})

    def remove(self, key: str, **more: Any) -> Answer:
        """Delete an appointment that it made."""
        return self.write("DELETE", key, **more)

    def removed(self) -> str:
        """Return the id of an appointment that it made and deleted.

        Raises:
            NotProbedError: it could not be deleted.

        """
        key = self.make()
        self.remove(key).needed("deleting an appointment")
        return key

    def tidy(self) -> None:
        """Remove what the last probe made, but for what others go on with. The end does what fails here."""
        for key in set(self.made) - set(self._kept.values()):
            if self._stands[key]:
                self._cleaned(key)

    def clean(self) -> list[str]:
        """Remove all that it made and that still stands. Return a line for each thing that may be left."""
        if not self._stands and not self._creating:
            return []
        left = [line for key in self.made if self._stands[key] for line in self._cleaned(key)]
        return [*left, *self._looked()]

    def _looked(self) -> list[str]:
        """Look for what has the mark and still stands: a creation may have been done without a response."""
        try:
            found = [key for key in self.probing.find(self) if not self._stands.get(key)]
        except (NotProbedError, DifferenceError) as error:
            return [f"whether more is titled '{self.mark}' is not known: {error}"]
        self._stands.update(dict.fromkeys(found, True))
        return [line for key in found for line in self._cleaned(key)]

    def _cleaned(self, key: str) -> list[str]:
        try:
            answer = self.remove(key)
            over = not self._stands[key] or self._ended(key)
        except (NotProbedError, DifferenceError) as error:
            return [f"appointment {key}, titled '{self.mark}': {error}"]
        self._stands[key] = not over
        return [] if over else [f"appointment {key}, titled '{self.mark}': DELETE got status {answer.status}"]

    def _ended(self, key: str) -> bool:
        """Tell whether one is over that a DELETE did not remove; cancel it where it can be cancelled."""
        if self.probing.over(self, key):
            return True
        return bool(self.probing.cancelled) and self.change(key, self.probing.cancelled or {}).status < 300
