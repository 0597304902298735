"""The calendar of a world: what people see of its records."""

import gc
import weakref
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from greenroom.simulators import CRMS
from greenroom.simulators.core.calendar import Calendar
from greenroom.simulators.core.control import views
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import World

DAY = date(2027, 3, 2)


def calendar(crm: str) -> tuple[Calendar, World]:
    simulator = Simulator(CRMS[crm], port=None)
    return Calendar(CRMS[crm], simulator.current), simulator.current


@pytest.mark.parametrize(("crm", "hour"), [("clio", 17), ("netsuite", 22), ("bullhorn", 17)])
def test_an_appointment_is_shown_as_people_know_it(crm: str, hour: int) -> None:
    shown, world = calendar(crm)
    found = shown.find(world.appointments["target"])

    assert found is not None
    assert found.start.astimezone(UTC) == datetime(2027, 3, 2, hour, 30 if crm == "netsuite" else 0, tzinfo=UTC)
    assert found.end - found.start == timedelta(hours=1)
    assert [person["name"] for person in found.people] == ["Casey Client"]
    assert found.state == "live"
    assert found.calendar.startswith("Ada")


@pytest.mark.parametrize(("crm", "state"), [("clio", "gone"), ("netsuite", "cancelled"), ("bullhorn", "cancelled")])
def test_what_was_cancelled_is_shown_as_the_crm_leaves_it(crm: str, state: str) -> None:
    shown, world = calendar(crm)
    key = world.appointments["target"]
    before = shown.find(key)
    CRMS[crm].cancel(world, world.people["owner"], key)
    after = shown.find(key)

    assert before is not None
    assert after is not None
    assert (after.state, after.title, after.start) == (state, before.title, before.start)


@pytest.mark.parametrize("crm", list(CRMS))
def test_all_day_appointments_stand_on_one_day(crm: str) -> None:
    shown, world = calendar(crm)
    found = shown.find(world.appointments["minimal"])

    assert found is not None
    assert found.all_day
    assert found.days(shown.zone) == (date(2027, 3, 5), date(2027, 3, 5))


def test_a_day_knows_its_neighbours() -> None:
    shown, _ = calendar("clio")

    assert shown.nearest() == DAY
    assert len(shown.day(DAY).appointments) == 5
    assert (shown.day(DAY).previous, shown.day(DAY).following) == (None, date(2027, 3, 5))
    assert (shown.day(date(2027, 3, 3)).previous, shown.day(date(2027, 3, 3)).following) == (DAY, date(2027, 3, 5))
    assert shown.day(date(2027, 3, 5)).following is None


def test_an_appointment_over_midnight_stands_on_both_days() -> None:
    shown, world = calendar("clio")
    times = {"summary": "Night", "start_at": "2027-04-02T06:00:00Z", "end_at": "2027-04-02T09:00:00Z"}
    CRMS["clio"].add(world, world.people["owner"], times, "77")

    for day in (date(2027, 4, 1), date(2027, 4, 2)):
        assert [each.id for each in shown.day(day).appointments] == ["77"]


def test_the_nearest_day_is_the_last_one_when_all_is_over() -> None:
    shown, world = calendar("clio")
    world.clock.freeze(datetime(2030, 1, 1, tzinfo=UTC))

    assert shown.nearest() == date(2027, 3, 5)


def test_appointments_are_found_by_what_they_hold() -> None:
    shown, world = calendar("clio")

    assert {each.id for each in shown.matching("DEPOSITION")} == {world.appointments["longer-id"]}
    assert len(shown.matching("casey")) == 5
    assert {each.calendar for each in shown.matching("olga")} == {"Olga Outsider"}
    assert shown.matching("nothing like it") == []


def test_only_what_changed_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, world = calendar("clio")
    first = {each.id: each for each in shown.all()}
    key = world.appointments["target"]
    CRMS["clio"].edit(world, world.people["owner"], key, {"location": "Elsewhere"})

    assert [each.id for each in shown.all() if each is not first[each.id]] == [key]


@pytest.mark.parametrize(
    ("crm", "fields"),
    [
        ("clio", {"start_at": None}),
        ("clio", {"start_at": "2027-03-02T17:00:00"}),
        ("clio", {"attendees": "nobody"}),
        ("clio", {"start_at": "0001-01-01T00:00:00Z"}),
        ("netsuite", {"startDate": None}),
        ("netsuite", {"startDate": "0001-01-01", "timezone": "Asia/Tokyo"}),
        ("netsuite", {"status": "LOST"}),
    ],
)
def test_a_record_that_cannot_be_read_keeps_its_id_and_title(crm: str, fields: dict[str, Any]) -> None:
    """A loaded world may hold anything."""
    shown, world = calendar(crm)
    key = world.appointments["target"]
    with world.store.commit() as commit:
        commit.update(world.profile.table, key, fields)
    found = shown.find(key)

    assert found is not None
    assert found.title
    assert "cannot be read" in found.description
    assert len(shown.all()) >= 6


def test_a_record_without_an_id_leaves_the_others() -> None:
    shown, world = calendar("clio")
    with world.store.commit() as commit:
        commit.insert(world.profile.table, "77", {"summary": "lost"})

    assert len(shown.all()) == 7
    assert shown.find(world.appointments["target"]) is not None


@pytest.mark.parametrize("name", ["Mars/Olympus", "America", "x" * 300, "../../etc/passwd"])
def test_a_time_zone_that_does_not_exist_is_shown_in_utc(name: str) -> None:
    """NetSuite's field takes any text; some names are folders of the zone files, or too long for a file's name."""
    shown, world = calendar("netsuite")
    key = world.appointments["target"]
    CRMS["netsuite"].edit(world, world.people["owner"], key, {"timezone": name})
    found = shown.find(key)

    assert found is not None
    assert found.start == datetime(2027, 3, 2, 14, 30, tzinfo=UTC)


def test_a_calendar_keeps_no_world() -> None:
    """Many worlds come and go while a fake is looked at."""
    with Simulator(CRMS["clio"], port=None) as simulator:
        world = simulator.new_world()
        views.calendar(simulator.crm, world).all()
        gone = weakref.ref(world)
        simulator.forget(world)
        del world
        gc.collect()

    assert gone() is None
