"""When events begin and end: what is filled in, what is refused."""

from typing import Any

import pytest

from tests.fakes import EVENTS, Fake

DAY = {"title": "Late", "startDate": "2027-05-03"}


def made(netsuite: Fake, **fields: Any) -> Any:
    answer = netsuite.ask("POST", EVENTS, json={**DAY, **fields})
    assert answer.status_code == 204
    return netsuite.ask("GET", EVENTS + "/" + answer.headers["Location"].rsplit("/", 1)[1]).json()


@pytest.mark.parametrize(
    ("start", "kept", "crossing"),
    [
        ("22:59", "23:59", "23:59"),
        ("23:00", "23:59", "00:00"),
        ("23:30", "23:59", "00:30"),
        ("23:59", "23:59", "00:59"),
    ],
)
def test_a_late_event_without_an_end(netsuite: Fake, start: str, kept: str, crossing: str) -> None:
    ends = [made(netsuite, startTime=start)["endTime"]]
    netsuite.world.flip({"past-midnight": "accepted"})
    ends.append(made(netsuite, startTime=start)["endTime"])

    assert ends == [kept, crossing]


def test_an_end_of_the_next_day(netsuite: Fake) -> None:
    """Refused, or taken for one of the next day: whoever looks at the calendar sees the difference."""
    night = {**DAY, "startTime": "23:00", "endTime": "00:30"}
    refused = netsuite.ask("POST", EVENTS, json=night)
    netsuite.world.flip({"past-midnight": "accepted"})
    key = netsuite.ask("POST", EVENTS, json=night).headers["Location"].rsplit("/", 1)[1]
    shown = netsuite.simulator.crm.appointment(netsuite.world, netsuite.world.store.get("calendarEvent", key) or {})

    assert refused.status_code == 400
    assert (shown.end - shown.start).total_seconds() == 5400
    assert netsuite.ask("POST", EVENTS, json={**night, "endTime": "23:00"}).status_code == 400


def test_a_late_event_can_be_changed_afterwards(netsuite: Fake) -> None:
    link = made(netsuite, startTime="23:59")["links"][0]["href"].partition(".com")[2]

    assert netsuite.ask("PATCH", link, json={"title": "Later"}).status_code == 204
    assert netsuite.ask("PATCH", link, json={"status": "CANCELLED"}).status_code == 204


@pytest.mark.parametrize("sent", [{}, {"startTime": "10:00"}, {"startTime": "10:00", "endTime": "11:00"}])
def test_all_day_events_have_times(netsuite: Fake, sent: dict[str, str]) -> None:
    event = made(netsuite, allDayEvent=True, timedEvent=False, **sent)

    assert (event["startTime"], event["endTime"], event["allDayEvent"]) == ("08:00", "18:00", True)


def test_an_event_can_become_an_all_day_one(netsuite: Fake) -> None:
    netsuite.ask("PATCH", netsuite.entry(), json={"allDayEvent": True})

    assert (netsuite.record()["startTime"], netsuite.record()["endTime"]) == ("08:00", "18:00")


@pytest.mark.parametrize(("choice", "times"), [("timed", ("10:00", "10:30")), ("all day", ("08:00", "18:00"))])
def test_timed_alone_follows_its_switch(netsuite: Fake, choice: str, times: tuple[str, str]) -> None:
    netsuite.world.flip({"all-day-made-timed": choice})
    netsuite.ask("PATCH", netsuite.entry(), json={"allDayEvent": True, "timedEvent": False})
    netsuite.ask("PATCH", netsuite.entry(), json={"timedEvent": True, "startTime": "10:00", "endTime": "10:30"})

    assert (netsuite.record()["startTime"], netsuite.record()["endTime"]) == times
    assert netsuite.record()["allDayEvent"] is (choice == "all day")


def test_the_time_zone_is_a_preference(netsuite: Fake) -> None:
    path = "/app/site/hosting/restlet.nl?script=customscript_gettimezone&deploy=x"
    before = netsuite.ask("GET", path).json()["userTimezone"]
    netsuite.world.flip({"time-zone": "Asia/Kolkata"})

    assert (before, netsuite.ask("GET", path).json()["userTimezone"]) == ("America/Los_Angeles", "Asia/Kolkata")
    assert made(netsuite, startTime="09:00")["timezone"] == "Asia/Kolkata"
