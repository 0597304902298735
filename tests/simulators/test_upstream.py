"""The requests that App Connect's own connectors send (method, path, headers, body) get answers that their code reads.

Taken from ``src/connectors/clio/index.ts`` and ``src/connectors/netsuite/index.ts`` of
``ringcentral/rc-unified-crm-extension`` at fa94f96c; the headers are axios's defaults.
"""

from typing import Any

import pytest

from tests.fakes import ENTRIES, EVENTS, Fake

AXIOS = {"Accept": "application/json, text/plain, */*", "User-Agent": "axios/1.12.2"}
JSON = {**AXIOS, "Content-Type": "application/json"}
SHOWN = "id,summary,description,start_at,end_at,attendees{id,name,type},external_properties,calendar_owner_id"
WRITTEN = "id,summary,description,start_at,end_at,attendees,external_properties,calendar_owner_id"


LISTED = "id,summary,start_at,end_at,description,attendees{id,name,type}"
CALENDAR = "writeable=true&visible=true&order=id(desc)&limit=1&fields=id,type,permission,visible"
CLIO = [
    ("GET", f"{ENTRIES}.json?fields={LISTED}", None),
    ("GET", f"/api/v4/calendars.json?owner=true&type=UserCalendar&{CALENDAR}", None),
    ("GET", f"/api/v4/calendars.json?{CALENDAR}", None),
    ("GET", "/api/v4/contacts.json?query=+16505550100&fields=type,id,name,created_at,updated_at", None),
    ("GET", "/api/v4/users/who_am_i.json?fields=id,name,time_zone", None),
    ("GET", "/api/v4/users.json?enabled=true&order=name(asc)&fields=id,name,email", None),
]
RESTLET = "/app/site/hosting/restlet.nl?script=customscript_"
USERS = {"q": "SELECT id, firstname,middlename, lastname, email, giveaccess, isinactive FROM employee"}
NETSUITE = [
    (
        "GET",
        f"{RESTLET}rcfetchcalendarevents&deploy=customdeploy_rcfetchcalendarevents"
        "&startDate=2027-01-01&endDate=2027-12-31&page=0&pageSize=1000",
        None,
    ),
    ("GET", f"{RESTLET}gettimezone&deploy=customdeploy_gettimezone", None),
    ("GET", f"{RESTLET}getcurrentuser&deploy=customdeploy_getcurrentuser", None),
    ("GET", f"{RESTLET}getoneworldlicense_scriptid&deploy=customdeploy_getoneworldlicense_deployid", None),
    (
        "POST",
        f"{RESTLET}checkrolepermissionscriptid&deploy=customdeploy_checkrolepermissiondeployid",
        {"requiredPermissions": ["LIST_CONTACT", "LIST_CALL"]},
    ),
    ("POST", "/services/rest/query/v1/suiteql", USERS),
]


@pytest.mark.parametrize(("method", "path", "body"), CLIO)
def test_what_clio_is_asked_beside_writes(clio: Fake, method: str, path: str, body: Any) -> None:
    answer = clio.ask(method, path, json=body, headers=AXIOS)

    assert answer.status_code == 200
    assert answer.json()["data"]


@pytest.mark.parametrize(("method", "path", "body"), NETSUITE)
def test_what_netsuite_is_asked_beside_writes(netsuite: Fake, method: str, path: str, body: Any) -> None:
    service = "restlets" if path.startswith("/app") else "suitetalk"
    host = {"Host": f"1000001.{service}.api.netsuite.com"}
    headers = {**JSON, **host, **({"Prefer": "transient"} if body == USERS else {})}
    answer = netsuite.ask(method, path, json=body, headers=headers)

    assert answer.status_code == 200
    assert answer.json()


def test_clio_cancel(clio: Fake) -> None:
    answer = clio.ask("DELETE", clio.entry(), headers=AXIOS)

    assert (answer.status_code, answer.content) == (204, b"")


def test_clio_refresh(clio: Fake) -> None:
    """getCalendarEntryById; braces come raw or percent-encoded."""
    for fields in (SHOWN, SHOWN.replace("{", "%7B").replace("}", "%7D")):
        data = clio.ask("GET", f"{clio.entry()}?fields={fields}", headers=AXIOS).json()["data"]
        assert data["attendees"] == [{"id": 4401, "name": "Casey Client", "type": "Contact"}]
        assert data["calendar_owner_id"] == 6101
        assert (data["id"], data["summary"]) == ("1750624234", "Hearing on motion")


def test_clio_create_and_update(clio: Fake) -> None:
    """createAppointment sends no attendees where there are none, and the same start and end without a duration."""
    data = {
        "calendar_owner": {"id": 6101},
        "summary": "Strategy call",
        "description": "",
        "start_at": "2027-07-20T19:00:00.000Z",
        "end_at": "2027-07-20T19:00:00.000Z",
        "send_email_notification": False,
    }
    made = clio.ask("POST", f"{ENTRIES}.json?fields={WRITTEN}", json={"data": data}, headers=JSON)
    key = made.json()["data"]["id"]
    patch = {"attendees": [{"id": 4401, "type": "Contact"}], "summary": "Moved"}
    changed = clio.ask("PATCH", f"{ENTRIES}/{key}.json?fields={WRITTEN}", json={"data": patch}, headers=JSON)

    assert made.status_code == 201
    assert (changed.status_code, changed.json()["data"]["summary"]) == (200, "Moved")
    assert changed.json()["data"]["attendees"] == [{"id": 4401, "type": "Contact"}]


def test_netsuite_cancel_and_confirm(netsuite: Fake) -> None:
    for status in ("CANCELLED", "CONFIRMED"):
        answer = netsuite.ask("PATCH", netsuite.entry(), json={"status": {"id": status}}, headers=JSON)
        assert (answer.status_code, answer.content) == (204, b"")
        assert netsuite.record()["status"] == status


def test_netsuite_create_then_get(netsuite: Fake) -> None:
    """The id is read from the last segment of Location."""
    body = {
        "title": "Strategy call",
        "startDate": "2027-07-20",
        "startTime": "12:00:00",
        "endTime": "12:30:00",
        "timedEvent": True,
        "message": "Discuss",
        "status": {"id": "CONFIRMED"},
        "attendee": {"items": [{"attendee": {"id": "55"}}]},
    }
    made = netsuite.ask("POST", EVENTS, json=body, headers=JSON)
    key = made.headers["Location"].rstrip("/").rsplit("/", 1)[1]
    read = netsuite.ask("GET", f"{EVENTS}/{key}", headers=AXIOS).json()

    assert (read["id"], read["title"], read["message"]) == (key, "Strategy call", "Discuss")
    assert (read["startDate"], read["startTime"], read["endTime"]) == ("2027-07-20", "12:00", "12:30")
    assert read["status"]["id"] == "CONFIRMED"


def test_netsuite_update_replaces_attendees(netsuite: Fake) -> None:
    body = {"title": "Moved", "attendee": {"items": []}}
    answer = netsuite.ask("PATCH", f"{netsuite.entry()}?replace=attendee", json=body, headers=JSON)

    assert answer.status_code == 204
    assert netsuite.record()["attendee"] == ()


def test_netsuite_failures_are_told_by_o_errordetails(netsuite: Fake) -> None:
    """The connector joins ``o:errorDetails[].detail`` of the body."""
    answer = netsuite.ask("PATCH", f"{EVENTS}/999999", json={"status": {"id": "CANCELLED"}}, headers=JSON)

    assert " ".join(item["detail"] for item in answer.json()["o:errorDetails"]).strip()
