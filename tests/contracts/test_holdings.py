"""What a person may see, and what somebody enters, in every CRM alike."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from greenroom.contracts.harness.holdings import days_around, held
from greenroom.simulators.core.appointment import Draft
from tests.fakes import Fake

NOON = datetime(2027, 3, 2, 20, 0, tzinfo=UTC)


@pytest.fixture(params=["clio", "netsuite"])
def fake(request: pytest.FixtureRequest) -> Fake:
    found: Fake = request.getfixturevalue(request.param)
    return found


def enter(fake: Fake, draft: Draft) -> str:
    crm, person = fake.simulator.crm, fake.world.people["owner"]
    return crm.add(fake.world, person, crm.drafted(person, draft), "")


def test_what_is_entered_is_held_as_entered(fake: Fake) -> None:
    key = enter(fake, Draft("Call", NOON, 45, "Ask first."))
    (item,) = [each for each in held(fake.simulator.crm, fake.world, fake.world.people["owner"]) if each["id"] == key]

    assert (item["title"], item["description"]) == ("Call", "Ask first.")
    assert (item["startTimeUtc"], item["durationMinutes"]) == ("2027-03-02T20:00:00Z", 45)
    assert (item["own"], item["exact"], item["allDay"], item["series"]) == (True, True, False, False)


def test_a_whole_day_is_one_where_the_person_is(fake: Fake) -> None:
    key = enter(fake, Draft("Out", NOON, all_day=True))
    (item,) = [each for each in held(fake.simulator.crm, fake.world, fake.world.people["owner"]) if each["id"] == key]

    assert (item["startTimeUtc"], item["allDay"]) == ("2027-03-02T08:00:00Z", True)


def test_the_right_to_see_none_is_not_an_empty_calendar(fake: Fake) -> None:
    crm, person = fake.simulator.crm, fake.world.people["owner"]
    nobody = replace(person, rights=dict.fromkeys(("calendars", "events"), "none"))

    assert crm.holdings(fake.world, nobody) is None
    assert held(crm, fake.world, nobody) == []


def test_only_ones_own_are_surely_to_be_listed(fake: Fake) -> None:
    crm, world = fake.simulator.crm, fake.world
    theirs = crm.holdings(world, world.people["colleague"]) or {}

    assert theirs
    assert not any(holding.own for holding in theirs.values())


def test_the_days_around_an_appointment(fake: Fake) -> None:
    key = enter(fake, Draft("Call", NOON))

    assert days_around(fake.simulator.crm, fake.world, key) == {"startDate": "2027-03-01", "endDate": "2027-03-03"}
    assert days_around(fake.simulator.crm, fake.world, fake.world.profile.ids.absent) is None


def test_wall_times_of_another_zone_are_not_exact(netsuite: Fake) -> None:
    crm, world = netsuite.simulator.crm, netsuite.world
    abroad = replace(world.people["owner"], timezone="Asia/Kolkata")

    assert not any(holding.exact for holding in (crm.holdings(world, abroad) or {}).values())
    assert all(holding.exact for holding in (crm.holdings(world, world.people["owner"]) or {}).values())
