"""Attribution: which call a request belongs to, rule by rule."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from greenroom.contracts.harness.attribution import Moment, attribute
from greenroom.simulators.core.journal import Entry, unanswered


@dataclass(eq=False)
class Made:
    """A call by hand: its token, its appointment, what it has asked already, and until which moment it was under way."""

    token: str
    key: str = "1"
    world: str = "w"
    closed: bool = False
    until: float = 0.0
    owes: bool = False
    hosts: tuple[str, ...] = field(default=("h",))

    def carries(self, token: str) -> bool:
        return token == self.token

    def fits(self, entry: Entry) -> bool:
        return entry.record in (None, self.key) and entry.host in self.hosts

    def in_flight(self, entry: Entry) -> bool:
        return entry.moment < self.until

    def still_owes(self, entry: Entry) -> bool:
        return self.owes and self.fits(entry)


def asked(token: str | None, record: str | None = "1", **more: Any) -> Entry:
    """Make a request by hand, at moment 5 unless it is said otherwise."""
    made = unanswered(1, "w", datetime.now(UTC), "h", None)
    for name, value in {"token": token, "record": record, "operation": "cancel", "moment": 5.0, **more}.items():
        setattr(made, name, value)
    return made


def owner(entry: Entry, calls: list[Made], ended: list[Made] | None = None) -> Made | None:
    return attribute(entry, Moment(calls, ended or [], [entry]))


def test_a_request_belongs_to_the_call_whose_token_it_carries() -> None:
    one, other = Made("a"), Made("b", key="2")

    assert owner(asked("a"), [one, other], [one, other]) is one
    assert owner(asked("b", "2"), [one, other], [one, other]) is other


def test_of_several_with_one_token_it_is_the_latest_whose_appointment_is_named() -> None:
    first, second, third = Made("a", "1"), Made("a", "2"), Made("a", "1")

    assert owner(asked("a", "1"), [first, second, third]) is third
    assert owner(asked("a", "2"), [first, second, third]) is second
    assert owner(asked("a", None), [first, second, third]) is third


def test_late_work_is_the_earlier_calls() -> None:
    early, now = Made("a", until=1), Made("b", "2", until=9)

    assert owner(asked("a"), [early, now], [now]) is early


@pytest.mark.parametrize(("own", "found"), [(True, "early"), (False, "now")])
def test_a_token_of_long_ago_is_late_work_unless_it_is_all_that_a_call_uses(own: bool, found: str) -> None:
    """A connector that remembers a token sends it for another call; one that is late has sent its own as well."""
    early, now = Made("a", closed=True), Made("b", until=9)
    late, mine = asked("a"), asked("b")
    moment = Moment([early, now], [now], [late, mine] if own else [late])

    assert attribute(late, moment) is {"early": early, "now": now}[found]


def test_a_borrowed_token_belongs_to_the_call_under_way_that_it_fits() -> None:
    answered, now = Made("a", "1", until=1), Made("b", "2", until=9)

    assert owner(asked("a", "2"), [answered, now], [now]) is now


def test_what_an_earlier_call_still_owes_is_its_own() -> None:
    early, now = Made("a", owes=True, until=1), Made("b", until=9)

    assert owner(asked("a"), [early, now], [now]) is early


def test_a_request_with_an_unknown_token_names_its_call() -> None:
    one, other, elsewhere = Made("a", "1"), Made("b", "2"), Made("c", "3", world="x")

    assert owner(asked("?", "2"), [one, other, elsewhere], [elsewhere, one, other]) is other
    assert owner(asked("?", "9"), [one, other, elsewhere], [elsewhere, one, other]) is one
    assert owner(asked(None, "9", world="y"), [one, other], [other, one]) is other


def test_between_two_calls_it_is_the_last_one_in_that_world() -> None:
    one, other = Made("a"), Made("b", world="x")

    assert owner(asked("?"), [one, other]) is one
    assert owner(asked("?", world="y"), [one, other]) is None


def test_what_goes_to_other_hosts_in_the_background_is_the_last_calls() -> None:
    one = Made("a")

    assert owner(asked(None, None, world="y", operation="external_host"), [one]) is one
    assert owner(asked(None, None, world="y", operation="external_host"), []) is None
