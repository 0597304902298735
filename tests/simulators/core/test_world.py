"""Worlds: isolated, repeatable, and nothing secret in a journal."""

import gc
import json
import weakref
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from greenroom.simulators import CRMS
from greenroom.simulators.core import snapshot
from greenroom.simulators.core.clock import Clock
from greenroom.simulators.core.journal import KEPT
from greenroom.simulators.core.secrets import Secrets
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import offset
from tests.fakes import Fake


def test_secrets_follow_from_the_seed_and_differ_between_worlds() -> None:
    def tokens(seed: int) -> list[str]:
        with Simulator(CRMS["clio"], seed=seed) as simulator:
            return [simulator.new_world().log_in("owner").token for _ in range(3)]

    assert tokens(1) == tokens(1)
    assert len({*tokens(1), *tokens(2)}) == 6


def test_every_secret_of_a_user_is_a_canary_of_its_own(clio: Fake) -> None:
    user = clio.login.user
    secrets = [user["accessToken"], user["refreshToken"], user["rcAccountId"]]

    assert len(set(secrets)) == 3
    assert clio.login.auth_header == f"Bearer {user['accessToken']}"
    assert clio.world.secrets.mask(" ".join(secrets)) == "<owner.accessToken> <owner.refreshToken> <owner.rcAccountId>"


def test_whoever_logs_in_again_is_the_same_user_of_ringcentral(clio: Fake) -> None:
    users = [clio.world.log_in(role).user for role in ("owner", "owner", "colleague")]

    for name in ("rcAccountId", "hashedRcExtensionId"):
        assert [user[name] == users[0][name] for user in users] == [True, True, False]
    assert len({user["accessToken"] for user in users}) == 3


def test_what_a_log_in_keeps_is_known_again_in_a_saved_world() -> None:
    with Simulator(CRMS["clio"]) as simulator:
        before = simulator.current.log_in("owner").user["rcAccountId"]
        again = simulator.load(snapshot.dump(simulator.current))

        assert again.log_in("owner").user["rcAccountId"] == before


@pytest.mark.parametrize("crm", CRMS)
def test_a_world_that_is_over_leaves_nothing_for_the_garbage_collector(crm: str) -> None:
    with Simulator(CRMS[crm]) as simulator:
        world = simulator.new_world()
        world.log_in("owner")
        simulator.new_world()
        there = weakref.ref(world)
        gc.disable()
        try:
            simulator.forget(world)
            del world
            assert there() is None
        finally:
            gc.enable()


@pytest.mark.parametrize(
    ("crm", "user_id", "zone", "offset", "additional"),
    [
        ("clio", "101-clio", "America/Los_Angeles", "-8", {}),
        (
            "netsuite",
            "101-1000001-netsuite",
            None,
            None,
            {"email": "ada@account-1.example", "name": "Ada Accountant", "subsidiaryId": "1", "oneWorldEnabled": True},
        ),
    ],
)
def test_the_user_is_as_this_crms_log_in_stores_it(
    crm: str, user_id: str, zone: str | None, offset: str | None, additional: dict[str, object]
) -> None:
    with Simulator(CRMS[crm]) as simulator:
        world = simulator.current
        world.clock.freeze(datetime(2027, 1, 15, tzinfo=UTC))
        user = world.log_in("owner").user

    assert (user["id"], user["timezoneName"], user["timezoneOffset"]) == (user_id, zone, offset)
    assert user["platformAdditionalInfo"] == additional
    assert user["createdAt"] == "2027-01-15T00:00:00.000Z"


@pytest.mark.parametrize(
    ("zone", "month", "unit", "text"),
    [("America/Los_Angeles", 7, 3600, "-7"), ("Asia/Kathmandu", 1, 3600, "5.75"), ("America/New_York", 1, 60, "-300")],
)
def test_an_offset_is_text_in_the_unit_of_the_log_in(zone: str, month: int, unit: int, text: str) -> None:
    assert offset(zone, datetime(2027, month, 15, tzinfo=UTC), unit) == text


def test_masking_takes_the_longest_secret_first() -> None:
    secrets = Secrets("x")
    short = secrets.make("short")
    secrets.make("long", lambda core: f"{short}-{core}")
    long = next(iter([v for v in secrets._labels if v.startswith(f"{short}-")]))

    assert secrets.mask(f"{long} {short}") == "<long> <short>"


def test_the_journal_shows_no_secret(clio: Fake) -> None:
    clio.ask("PATCH", clio.entry(), json={"data": {"description": f"token {clio.login.token}"}})
    shown = json.dumps([entry.to_json(clio.world.secrets.mask) for entry in clio.world.journal.since()])

    assert clio.login.token not in shown
    assert "Bearer <owner.accessToken>" in shown


def test_equal_ids_different_users_and_accounts() -> None:
    with Simulator(CRMS["netsuite"]) as simulator:
        first, second = simulator.new_world(), simulator.new_world(site="sandbox")

    assert first.appointments == second.appointments
    assert first.people["owner"].id != second.people["owner"].id
    assert first.account != second.account
    assert second.hostname.endswith("-sb1.app.netsuite.com")


def test_a_clock_can_be_frozen_and_moved() -> None:
    clock = Clock()
    clock.freeze()
    start = clock.now()
    clock.advance(90)

    assert (clock.now() - start).total_seconds() == 90


@pytest.mark.parametrize(
    "move",
    [
        lambda clock: clock.freeze(datetime(1, 1, 1, tzinfo=UTC)),
        lambda clock: clock.freeze(datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=2)))),
        lambda clock: clock.freeze(datetime(9000, 1, 1, tzinfo=UTC)),
        lambda clock: clock.freeze(datetime(2027, 1, 1)),
        lambda clock: clock.advance(1e300),
        lambda clock: clock.advance(-3e9),
        lambda clock: clock.load({"offset": 1e300, "frozen": None}),
        lambda clock: clock.load({"offset": 0, "frozen": "2027-01-01T00:00:00"}),
        lambda clock: clock.load({"offset": 5, "frozen": "0001-01-01T00:00:00+00:00"}),
    ],
)
def test_a_clock_refuses_what_nobody_can_reckon_with(move: Callable[[Clock], None]) -> None:
    clock = Clock()
    with pytest.raises(ValueError, match="clock"):
        move(clock)

    assert clock.dump() == {"offset": 0, "frozen": None}


def test_tokens_expire_with_the_clock(clio: Fake) -> None:
    clio.world.clock.advance(3601)

    assert clio.ask("GET", clio.entry()).status_code == 401


def test_a_journal_keeps_the_latest_at_their_positions(clio: Fake) -> None:
    """A fake that runs for weeks does not grow for ever."""
    clio.ask("GET", clio.entry())
    journal = clio.world.journal
    first = journal.since()[0]
    for _ in range(2 * KEPT):
        journal.add(first)

    assert len(journal) == 2 * KEPT + 1
    assert len(journal.since()) == KEPT
    assert journal.since(len(journal) - 1) == [first]
    assert journal.since(len(journal)) == []


def test_one_entry_goes_for_each_that_comes(clio: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many at once would hold up a request."""
    monkeypatch.setattr("greenroom.simulators.core.journal.KEPT", 3)
    clio.ask("GET", clio.entry())
    journal = clio.world.journal
    first = journal.since()[0]
    entries = [first, *(replace(first, seq=number) for number in range(10, 19))]
    for number, entry in enumerate(entries[1:], start=2):
        journal.add(entry)
        assert journal.since() == entries[:number][-3:]

    assert journal.wait(2, 0, 2) == (7, entries[7:9])


def test_many_worlds_seed_without_a_clash() -> None:
    """Ids of people follow from the world's number; none may meet a fixed id of the seed."""
    for crm in CRMS.values():
        with Simulator(crm) as simulator:
            for _ in range(200):
                simulator.new_world()
