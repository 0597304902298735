"""What worlds are filled with: friendly without a seed, drawn from one otherwise, in the vendor's own shapes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import World
from tests.catalogue import examples

SEEDS = st.integers(1, 10**9)
EACH = pytest.mark.parametrize("crm", list(CRMS))
FRIENDLY = {
    "clio": ("1750624234", "1999999999"),
    "netsuite": ("12346", "999999"),
    "bullhorn": ("20417", "1999999"),
}
DIGITS = {"clio": (10, 10), "netsuite": (5, 7), "bullhorn": (5, 7)}
"""How long the ids of an ordinary appointment and of one that never was are."""
OFFICE = ZoneInfo("America/Los_Angeles")


@contextmanager
def worlds(crm: str, seed: int, count: int = 1) -> Iterator[list[World]]:
    """Fill some worlds; no listener is needed to look at them."""
    with Simulator(CRMS[crm], port=None, seed=seed) as simulator:
        yield [simulator.current, *(simulator.new_world() for _ in range(count - 1))]


def texts(world: World) -> list[Any]:
    """Return everything of a world that people wrote or that was given to them."""
    people = [(person.id, person.name, person.email) for person in world.people.values()]
    login = world.log_in("owner")
    return [world.account, people, world.store.dump(), world.grants.client_id, login.token, world.profile]


def same(one: World, other: World) -> bool:
    return texts(one) == texts(other)


@EACH
def test_without_a_seed_worlds_are_those_of_the_documentation(crm: str) -> None:
    with worlds(crm, 0) as (world,):
        assert (world.appointments["target"], world.profile.ids.absent) == FRIENDLY[crm]
        assert (world.account, world.grants.client_id) == ("1000001", "greenroom")


@EACH
def test_the_same_seed_is_the_same_and_another_one_another(crm: str) -> None:
    with worlds(crm, 7) as (one,), worlds(crm, 7) as (two,), worlds(crm, 8) as (other,):
        assert same(one, two)
        for mine, theirs in zip(texts(one), texts(other), strict=True):
            assert mine != theirs
        titles = [[r.get(one.profile.title_field) for r in w.store.all(one.profile.table)] for w in (one, other)]
        assert titles[0] != titles[1]
        assert not set(one.appointments.values()) & set(other.appointments.values())
        assert (one.profile.ids.absent, one.profile.prefix) != (other.profile.ids.absent, other.profile.prefix)


@EACH
@settings(max_examples=examples(150), deadline=None)
@given(seed=SEEDS)
def test_look_alikes_keep_their_relation_to_the_target(crm: str, seed: int) -> None:
    with worlds(crm, seed) as (world,):
        ids, absent = world.appointments, world.profile.ids.absent
        target = ids["target"]
        longest, longest_absent = DIGITS[crm]

        assert target.startswith(ids["shorter-id"])
        assert len(ids["shorter-id"]) == len(target) - 1
        assert ids["longer-id"].startswith(target)
        assert len(ids["longer-id"]) == len(target) + 1
        assert int(ids["same-title"]) == int(target) + 1
        assert ids["same-title"][:-1] == target[:-1]
        assert (len(target), len(absent)) == (longest, longest_absent)
        assert len({key for role, key in ids.items() if role != "hidden"}) == len(ids) - 1
        assert all(world.profile.ids.issues(key) and int(target) < 2**31 for key in (*ids.values(), absent))
        assert not world.store.existed(world.profile.table, absent)
        record = {role: world.store.get(world.profile.table, key) or {} for role, key in ids.items()}
        field = world.profile.title_field
        assert record["target"][field] == record["same-title"][field] != record["shorter-id"][field]


@settings(max_examples=examples(150), deadline=None)
@given(seed=SEEDS)
def test_a_long_id_is_more_than_a_number_of_javascript_holds(seed: int) -> None:
    with worlds("clio", seed) as (world,):
        key = str(world.profile.ids.long)

        assert len(key) == 19
        assert int(float(key)) != int(key) < 2**63
        assert world.profile.ids.issues(key)


@EACH
@settings(max_examples=examples(60), deadline=None)
@given(seed=SEEDS)
def test_worlds_share_ids_of_appointments_and_nothing_else(crm: str, seed: int) -> None:
    with worlds(crm, seed, 4) as found:
        people = [person.id for world in found for person in world.people.values()]
        accounts = {world.account for world in found}

        assert len({tuple(world.appointments.items()) for world in found}) == 1
        assert len(set(people)) == len(people)
        assert len(accounts) == len(found)
        assert all(re.fullmatch(r"[1-9]\d{6}", account) for account in accounts)
        assert not set(people) & set(found[0].appointments.values())


@EACH
@settings(max_examples=examples(60), deadline=None)
@given(seed=SEEDS)
def test_appointments_are_at_working_hours_to_come(crm: str, seed: int) -> None:
    with worlds(crm, seed) as (world,):
        now, show = datetime.now(UTC), CRMS[crm].appointment
        for record in world.store.all(world.profile.table):
            shown = show(world, record)
            first, last = shown.start.astimezone(OFFICE), shown.end.astimezone(OFFICE)

            assert now < shown.start < now + timedelta(days=62)
            assert first.weekday() < 5
            assert shown.all_day or (8 <= first.hour <= 15 and first < last and first.date() == last.date())


@EACH
@settings(max_examples=examples(60), deadline=None)
@given(seed=SEEDS)
def test_canaries_are_reference_numbers_of_the_world(crm: str, seed: int) -> None:
    """Each stands in one record only, and says nothing of Greenroom."""
    with worlds(crm, seed) as (world,):
        written = [str(dict(record)) for record in world.store.all(world.profile.table)]
        for role in ("target", "longer-id", "same-title"):
            canary = world.canary(world.appointments[role])
            assert re.fullmatch(rf"[A-Z]{{4}}-{world.number}-\d+", canary)
            assert sum(re.search(rf"{canary}\b", text) is not None for text in written) == 1
        assert not re.search(r"green|exam\b|fake|clio|netsuite|bullhorn|canary", " ".join(written), re.IGNORECASE)


@EACH
def test_a_reset_world_is_as_it_was_drawn(crm: str) -> None:
    with Simulator(CRMS[crm], port=None, seed=5) as simulator:
        before = simulator.current.store.dump()
        fresh = simulator.reset(simulator.current)

        assert fresh.store.dump() == before
        assert fresh.grants.client_id == simulator.crm.profile.client_id
