import pytest

from tests.fakes import EVENTS, Fake


def test_sublists_inline(netsuite: Fake) -> None:
    attendee = netsuite.ask("GET", netsuite.entry(), params={"expandSubResources": "true"}).json()["attendee"]

    assert (attendee["count"], attendee["hasMore"], attendee["totalResults"]) == (1, False, 1)
    assert attendee["items"][0]["attendee"] == {"links": [], "id": "55", "refName": "Casey Client"}
    assert attendee["items"][0]["response"] == {"id": "ACCEPTED", "refName": "Accepted"}


def test_fields(netsuite: Fake) -> None:
    body = netsuite.ask("GET", netsuite.entry() + "?fields=title,STATUS").json()

    assert sorted(body) == ["links", "status", "title"]
    assert body["links"][0]["href"].endswith("?fields=title,STATUS")


def test_simple_enum_format(netsuite: Fake) -> None:
    body = netsuite.ask("GET", netsuite.entry(), params={"simpleEnumFormat": "true"}).json()

    assert (body["status"], body["accessLevel"]) == ("CONFIRMED", "PUBLIC")


@pytest.mark.parametrize("name", ["expandRecords", "expandSubResources", "simpleEnumFormat"])
@pytest.mark.parametrize("value", ["True", "1", ""])
def test_a_flag_that_is_neither_true_nor_false_gets_501(netsuite: Fake, name: str, value: str) -> None:
    """Clients of Python's requests send ``True``; nobody has recorded what NetSuite makes of it."""
    path = EVENTS if name == "expandRecords" else netsuite.entry()
    answer = netsuite.ask("GET", path, params={name: value})

    assert answer.status_code == 501
    assert name in answer.headers["X-Greenroom-Unsimulated"]
    assert netsuite.ask("GET", path, params={name: "false"}).status_code == 200


def test_sublist_and_line(netsuite: Fake) -> None:
    whole = netsuite.ask("GET", netsuite.entry() + "/attendee").json()
    line = netsuite.ask("GET", netsuite.entry() + "/attendee/55").json()

    assert whole["items"] == [line]
    assert netsuite.ask("GET", netsuite.entry() + "/attendee/7").status_code == 404


def test_wall_clock_times(netsuite: Fake) -> None:
    """Dates and times come back as they were written, whatever the zone; only date-times are UTC."""
    body = {"title": "x", "startDate": "2027-07-01", "startTime": "23:00", "endTime": "23:30", "timezone": "Asia/Tokyo"}
    key = netsuite.ask("POST", EVENTS, json=body).headers["Location"].rsplit("/", 1)[1]
    read = netsuite.ask("GET", f"{EVENTS}/{key}").json()

    assert {name: read[name] for name in body} == body
    assert read["createdDate"].endswith("Z")
