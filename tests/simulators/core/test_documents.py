"""Saved worlds that are not whole are refused as they are loaded, so that nothing fails later."""

import copy
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenroom.simulators import CRMS
from greenroom.simulators.bullhorn.entities import ENTITIES
from greenroom.simulators.core import snapshot
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.control.routes import ROUTES
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.state import StateFile
from tests.catalogue import examples
from tests.fakes import ENTRIES, EVENTS, Fake
from tests.greenroom.shell import greenroom

JSON = {"Content-Type": "application/json"}
RECORDS = {
    "clio": ("calendar_entries", "1750624234"),
    "netsuite": ("calendarEvent", "12346"),
    "bullhorn": ("Appointment", "20417"),
}


class Loading:
    """A running fake with its control API, a document of its first world, and every look at what was loaded."""

    def __init__(self, simulator: Simulator, control: Control) -> None:
        self.fake, self.control = Fake(simulator), control.url
        self.crm = simulator.crm.profile.crm
        simulator.current.flip(simulator.crm.profile.unlimited)
        self.good = json.loads(json.dumps(snapshot.dump(simulator.current)))

    def load(self, document: Any) -> requests.Response:
        return requests.put(f"{self.control}/document", data=json.dumps(document), headers=JSON, timeout=30)

    def record(self, document: Any) -> Any:
        table, key = RECORDS[self.crm]
        return document["records"][table][key]

    def failures(self) -> list[tuple[str, int]]:
        """Look at everything that can be looked at, as everybody; return what was answered with 5xx."""
        world = self.fake.simulator.current
        answers = [self._get(self.control, path, {}) for path in self._control_paths()]
        for role in list(world.people):
            token = requests.post(f"{self.control}/worlds/current/users/{role}/tokens", json={}, timeout=10)
            headers = self._headers(token.json())
            answers += [(f"log in {role}", token.status_code)]
            answers += [self._get(self.fake.url, path, headers) for path in self._paths()]
            answers += [(f"write {role}", self._written(headers))]
        answers += [self._get(self.control, "/worlds/current/journal", {})]
        return [(path, status) for path, status in answers if status >= 500]

    def _headers(self, told: Any) -> dict[str, str]:
        if self.crm != "bullhorn":
            return {"Authorization": told.get("authHeader", "")}
        return {"BhRestToken": told.get("user", {}).get("platformAdditionalInfo", {}).get("bhRestToken", "")}

    def _get(self, url: str, path: str, headers: dict[str, str]) -> tuple[str, int]:
        return path, requests.get(url + path, headers=headers, timeout=10).status_code

    def _control_paths(self) -> Iterator[str]:
        world = self.fake.simulator.current
        for route in ROUTES:
            if route.method == "GET" and "{table}" not in route.path:
                key = RECORDS[self.crm][1]
                yield route.path.format(world="current", role="owner", id=key, seq=1, day="nearest")
        for table, rows in world.store.dump().items():
            yield from (f"/worlds/current/records/{table}{tail}" for tail in ("", *(f"/{key}" for key in rows)))

    def _paths(self) -> Iterator[str]:
        rows = self.fake.simulator.current.store.dump()
        if self.crm == "netsuite":
            yield from (EVENTS, f"{EVENTS}?expandRecords=true&expandSubResources=true")
            yield f'{EVENTS}?q=startDate AFTER "1/1/2020" AND title CONTAIN "a"'
            yield "/app/site/hosting/restlet.nl?script=customscript_gettimezone&deploy=1"
            yield (
                "/app/site/hosting/restlet.nl?script=customscript_rcfetchcalendarevents&deploy=1"
                "&startDate=2020-01-01&endDate=2030-01-01"
            )
            for key in rows.get("calendarEvent", {}):
                yield from (f"{EVENTS}/{key}{tail}" for tail in ("?expandSubResources=true", "/attendee"))
        elif self.crm == "bullhorn":
            every = ",".join(ENTITIES["Appointment"].fields)
            yield f"{self.fake.api}/query/Appointment?where=subject<>'x' OR lead.id>1&orderBy=-dateEnd&fields={every}"
            yield f"{self.fake.api}/query/AppointmentAttendee?where=attendee.lastName<>'x'&fields=attendee,appointment"
            yield f"{self.fake.api}/query/CorporateUser?where=masterUserID>1&fields=name,timeZoneOffsetEST"
            for entity in ("Appointment", "Candidate", "ClientContact", "Lead"):
                known = ",".join(ENTITIES[entity].fields)
                yield from (f"{self.fake.api}/entity/{entity}/{key}?fields={known}" for key in rows.get(entity, {}))
        else:
            every = ",".join(name for name in FIELDS)
            yield from (f"{ENTRIES}.json?fields={every}&{more}" for more in ("a=b", "expanded=true", "query=x"))
            yield from ("/api/v4/contacts.json", "/api/v4/calendars.json", "/api/v4/users.json")
            yield "/api/v4/users/who_am_i.json?fields=id,time_zone"
            yield from (f"{ENTRIES}/{key}.json?fields={every}" for key in rows.get("calendar_entries", {}))
            yield from (f"/api/v4/contacts/{key}.json?fields=id,name,phone_numbers" for key in rows.get("contacts", {}))

    def _written(self, headers: dict[str, str]) -> int:
        if self.crm == "netsuite":
            query = {"q": "SELECT id, title, startdate FROM calendarevent"}
            path = "/services/rest/query/v1/suiteql"
            prefer = {**headers, "Prefer": "transient"}
            told = requests.post(self.fake.url + path, json=query, headers=prefer, timeout=10).status_code
            made = requests.post(self.fake.url + EVENTS, json={"title": "n"}, headers=headers, timeout=10).status_code
            return max(told, made)
        if self.crm == "bullhorn":
            url, link = f"{self.fake.url}{self.fake.api}/entity", {"appointment": {"id": 20417}, "attendee": {"id": 72}}
            sent = (("Appointment", {"subject": "n"}), ("AppointmentAttendee", link))
            answers = [requests.put(f"{url}/{name}", json=body, headers=headers, timeout=10) for name, body in sent]
            answers.append(requests.delete(f"{url}/Appointment/20417", headers=headers, timeout=10))
            return max(int(answer.status_code) for answer in answers)
        data = {"summary": "n", "start_at": "2027-01-01T10:00:00Z", "end_at": "2027-01-01T11:00:00Z"}
        whole = {"data": {**data, "calendar_owner": {"id": 6101}, "attendees": [{"id": 4401, "type": "Contact"}]}}
        return requests.post(f"{self.fake.url}{ENTRIES}.json", json=whole, headers=headers, timeout=10).status_code


FIELDS = (
    "id", "etag", "summary", "description", "location", "start_at", "end_at", "start_date", "end_time", "all_day",
    "recurrence_rule", "parent_calendar_entry_id", "court_rule", "permission", "calendar_owner_id", "created_at",
    "updated_at", "attendees{id,name,email}", "external_properties{id,name,value}", "calendar_owner{id,name}",
    "matter{id,display_number}",
)  # fmt: skip


@pytest.fixture(scope="module", params=list(CRMS))
def loading(request: pytest.FixtureRequest) -> Iterator[Loading]:
    with Simulator(CRMS[request.param]) as simulator, closing(Control(simulator)) as control:
        yield Loading(simulator, control)


def without(name: str) -> Callable[[Loading, Any], None]:
    return lambda loading, document: loading.record(document).pop(name)


def put(name: str, value: Any) -> Callable[[Loading, Any], None]:
    return lambda loading, document: loading.record(document).__setitem__(name, value)


def zone(loading: Loading, document: Any) -> None:
    document["people"]["viewer"]["timezone"] = "Mars/Olympus"


BROKEN: dict[str, tuple[Callable[[Loading, Any], None], str]] = {
    "a field is missing": (without("location"), r"{place}: 'location' is a required property"),
    "a field too much": (put("colour", "red"), r"{place}: .*'colour'"),
    "another type": (put("location", 7), r"{place}.location: 7 is not of type"),
    "another id": (put("id", "77"), r"{place}.id: it is kept under the id"),
    "a list is none": (put("location", []), r"{place}.location: \[\]"),
    "unknown zone": (zone, r"people.viewer.timezone: 'Mars/Olympus' is not a 'time zone'"),
    "no owner": (lambda _, document: document["people"].pop("owner"), r"people: 'owner' is a required"),
    "no such table": (lambda _, d: d["records"].update(albums={}), r"records.albums: there is no such table"),
    "gone ids": (lambda loading, d: d["gone"].update({RECORDS[loading.crm][0]: ["²"]}), r"gone\..*\.0: '²'"),
    "a word as secret": (lambda _, d: d["secrets"].update({"operation": "a.b"}), r"secrets: the one called a.b"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_named(loading: Loading, name: str) -> None:
    document = copy.deepcopy(loading.good)
    break_it, told = BROKEN[name]
    break_it(loading, document)
    before = snapshot.dump(loading.fake.simulator.current)
    answer = loading.load(document)

    assert answer.status_code == 400
    place = r"records\.{}\.{}".format(*RECORDS[loading.crm])
    assert answer.json()["error"].startswith(f"this is no saved world of {loading.crm}: ")
    assert re.search(told.format(place=place), answer.json()["error"])
    assert snapshot.dump(loading.fake.simulator.current) == before


@pytest.mark.parametrize("levels", [70, 300, 900, 5_000, 200_000])
def test_what_nests_too_deep_is_refused(loading: Loading, levels: int) -> None:
    """However deep: as a document, as a record of the control API, as a body that the CRM gets."""
    deep = "[" * levels + "]" * levels
    table, key = RECORDS[loading.crm]
    record = f"{loading.control}/worlds/current/records/{table}/{key}"
    whole = json.dumps({**loading.good, "records": "deep"}).replace('"deep"', deep)
    loading.load(loading.good)
    target = loading.fake.url + loading.fake.entry()
    sent, verb = {**loading.fake.headers, **JSON}, "POST" if loading.crm == "bullhorn" else "PATCH"

    assert requests.put(f"{loading.control}/document", data=whole, headers=JSON, timeout=10).status_code == 400
    assert (
        requests.patch(record, data='{"external_properties": ' + deep + "}", headers=JSON, timeout=10).status_code
        == 400
    )
    assert (
        requests.request(verb, target, data='{"data": {"summary": ' + deep + "}}", headers=sent, timeout=10).status_code
        == 400
    )


def test_a_state_file_with_such_a_record_is_refused(tmp_path: Path) -> None:
    """As the server starts: exit code 2, the file, the record and the field named."""
    path = tmp_path / "state.db"
    with closing(StateFile(path)) as state, Simulator(CRMS["clio"], state=state):
        pass
    with closing(sqlite3.connect(path)) as database, database:
        change = (
            "UPDATE records SET document = json_remove(document, '$.etag') WHERE kind = 'calendars' AND id = '6101'"
        )
        database.execute(change)
    said = greenroom("serve", "clio", "--state", str(path))

    assert said.code == 2
    assert (
        f"state file {path} cannot be used: this is no saved world of clio: records.calendars.6101: 'etag'" in said.err
    )


VALUES = st.sampled_from(
    [None, "", "x", "²", "7", 0, -1, 7, 10**25, 1.5, True, [], {}, [7], {"a": 7}, [{"a": 7}], "Mars/Olympus", "\ud800",
     "2027-13-45", "2027-03-02", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "25:00", "9:5", "Asia/Tokyo",
     "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "a\nb"]
)  # fmt: skip


def change(data: st.DataObject, document: Any) -> None:
    """Remove a random part of a document, or put something else in its place."""
    place: Any = document
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 5)) == 0:
            break
        place = inner
    if data.draw(st.booleans()) and data.draw(st.booleans()):
        del place[key]
    else:
        place[key] = copy.deepcopy(data.draw(VALUES))  # a second change may look into it


@given(data=st.data(), times=st.integers(1, 2))
@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_loaded_fails_nowhere(loading: Loading, data: st.DataObject, times: int) -> None:
    """Any field of a world changed or left out: it is refused, or whatever is asked afterwards is answered."""
    document = copy.deepcopy(loading.good)
    for _ in range(times):
        change(data, document)
    answer = loading.load(document)

    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert loading.failures() == []


def test_a_whole_document_is_loaded_and_looked_at(loading: Loading) -> None:
    """The looks themselves find nothing wrong with what is right."""
    assert loading.load(loading.good).status_code == 200
    assert loading.failures() == []
