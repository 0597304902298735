"""The turnstile: requests of calls at the same time pass one by one, over real HTTP."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import requests

from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.turnstile import DONE, Pass, Turnstile
from greenroom.simulators.core.world import Login
from tests.fakes import Fake

Send = Callable[[int, str], "Future[requests.Response]"]


@pytest.fixture(params=["clio", "netsuite"])
def fake(request: pytest.FixtureRequest) -> Iterator[Fake]:
    with Simulator(CRMS[request.param]) as simulator:
        yield Fake(simulator)


@pytest.fixture
def logins(fake: Fake) -> list[Login]:
    return [fake.world.log_in("owner") for _ in range(2)]


@pytest.fixture
def turnstile(fake: Fake, logins: list[Login]) -> Iterator[Turnstile]:
    """Two parties, each known by its token, both held."""
    made = Turnstile([login.token.__eq__ for login in logins])
    made.hold(0)
    made.hold(1)
    fake.world.turnstile = made
    yield made
    made.free(0, 1)


@pytest.fixture
def send(fake: Fake, logins: list[Login], turnstile: Turnstile) -> Iterator[Send]:
    """Send a request with the token of a party: read or cancel the appointment."""
    with ThreadPoolExecutor(4) as pool:

        def sent(party: int, what: str) -> "Future[requests.Response]":
            method, body = ("GET", {}) if what == "read" else cancelling(fake)
            headers = {"Authorization": logins[party].auth_header}
            return pool.submit(fake.ask, method, fake.entry(), headers=headers, **body)

        yield sent
        turnstile.free(0, 1)


def cancelling(fake: Fake) -> tuple[str, dict[str, object]]:
    clio = fake.world.profile.crm == "clio"
    return ("DELETE", {}) if clio else ("PATCH", {"json": {"status": {"id": "CANCELLED"}}})


def waits(turnstile: Turnstile, party: int) -> Pass:
    """Wait for a request of a party at the turnstile."""
    with turnstile.changed:
        assert turnstile.changed.wait_for(lambda: turnstile.next_of(party), 10)
    found = turnstile.next_of(party)
    assert found
    return found


def state(fake: Fake) -> str:
    return fake.simulator.crm.state(fake.world, fake.world.appointments["target"])


def test_requests_pass_in_the_order_that_is_prescribed(turnstile: Turnstile, send: Send, fake: Fake) -> None:
    first, second = send(0, "cancel"), send(1, "read")
    mine, other = waits(turnstile, 0), waits(turnstile, 1)

    assert state(fake) == "live"
    turnstile.admit(other)
    assert second.result(10).status_code == 200
    turnstile.admit(mine)
    assert first.result(10).status_code == 204
    assert [entry.operation for entry in fake.world.journal.since()] == ["read", "cancel"]


def test_a_request_is_carried_out_and_its_answer_held(turnstile: Turnstile, send: Send, fake: Fake) -> None:
    first = send(0, "cancel")
    held = waits(turnstile, 0)
    turnstile.admit(held, answers=False)

    assert (held.place, state(fake) == "live", first.done()) == (DONE, False, False)
    assert turnstile.next_of(0) is held
    turnstile.answer(held)
    assert first.result(10).status_code == 204


def test_a_token_counts_as_it_stands_when_its_request_is_let_in(
    turnstile: Turnstile, send: Send, fake: Fake, logins: list[Login]
) -> None:
    first = send(0, "read")
    held = waits(turnstile, 0)
    fake.world.tokens.revoke(logins[0].person)
    turnstile.admit(held)

    assert first.result(10).status_code == 401


def test_what_comes_while_the_others_wait_is_of_the_one_at_work(turnstile: Turnstile, send: Send) -> None:
    """Whatever token it carries: a connector may mix them up."""
    send(1, "read")
    waits(turnstile, 1)
    send(1, "cancel")

    assert waits(turnstile, 0).operation == "cancel"


def test_who_is_free_is_not_held(turnstile: Turnstile, send: Send) -> None:
    first, second = send(0, "read"), send(1, "read")
    waits(turnstile, 0)
    waits(turnstile, 1)
    turnstile.free(1)

    assert second.result(10).status_code == 200
    assert send(1, "read").result(10).status_code == 200
    assert not first.done()


def test_strangers_are_not_held(turnstile: Turnstile, fake: Fake) -> None:
    """Two are at work: what neither carries is nobody's."""
    assert fake.ask("GET", fake.entry()).status_code == 200
    assert turnstile.next_of(0) is None
