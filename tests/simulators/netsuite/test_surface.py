"""Nothing of NetSuite's surface is dropped in silence: each listed name is used, kept, refused or loud."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
import requests

from greenroom.simulators import CRMS
from greenroom.simulators.core.app import build_app
from greenroom.simulators.core.surface import SHAPE, SIMULATED, UNSIMULATED, Operation, paths, pattern
from greenroom.simulators.netsuite.surface import EVENTS, RECORDS, SURFACE
from tests.fakes import Fake

OFF = {"Host": "1000001.restlets.api.netsuite.com"}
JOB = "/services/rest/async/v1/job"
LISTED = [operation for operation in SURFACE if operation.path.startswith(EVENTS) and operation.klass == SIMULATED]
EACH = pytest.mark.parametrize("one", LISTED, ids=str)
NAMED = {
    "q": 'title IS "Filing deadline"',
    "limit": "2",
    "offset": "3",
    "ids": "12346",
    "expandRecords": "true",
    "expandSubResources": "true",
    "simpleEnumFormat": "true",
    "fields": "title,attendee",
    "replace": "attendee",
    "replaceSelectedFields": "true",
    "Prefer": "respond-async",
    "X-NetSuite-Idempotency-Key": "cac827ea-3543-4cda-add2-bae634326c27",
    "X-NetSuite-PropertyNameValidation": "Error",
    "X-NetSuite-PropertyValueValidation": "Ignore",
    "Accept": "application/vnd.oracle.resource+json; type=select-options",
}
"""For each parameter and header a value that makes a difference."""
WITH: Mapping[str, dict[str, str]] = {
    "offset": {"limit": "3"},
    "expandSubResources": {"fields": "attendee"},
    "X-NetSuite-Idempotency-Key": {"Prefer": "respond-async"},
    "replaceSelectedFields": {"replace": "location"},
}
"""What some of them need beside them."""
FIELDS: Mapping[str, Any] = {
    "accessLevel": {"id": "SHOW AS BUSY"},
    "allDayEvent": True,
    "attendee": {
        "items": [{"attendee": {"id": "{owner}"}, "attendance": {"id": "OPTIONAL"}, "response": {"id": "DECLINED"}}]
    },
    "company": {"id": "55"},
    "completedDate": "2027-03-03",
    "contact": {"id": "55"},
    "customForm": {"id": "-111"},
    "endTime": "16:45",
    "externalId": "mine",
    "location": "Room 77",
    "message": "Bring a pen.",
    "organizer": {"id": "{colleague}"},
    "recurrence": "weekly",
    "reminderMinutes": {"id": "15"},
    "reminderType": {"id": "EMAIL"},
    "response": {"id": "DECLINED"},
    "startDate": "2027-04-01",
    "startTime": "13:15",
    "status": {"id": "TENTATIVE"},
    "supportCase": {"id": "7"},
    "timedEvent": False,
    "timezone": "Europe/Paris",
    "title": "Renamed",
    "transaction": {"id": "8"},
}
"""For each field that is kept a value other than the seed's."""
READ_ONLY = {"id", "links", "refName", "owner", "createdDate", "lastModifiedDate"}


def send(netsuite: Fake, one: Operation, sent: Any = None, **more: Any) -> requests.Response:
    """Send an operation's request about the target and its attendee."""
    path = re.sub("{line}", "55", re.sub("{id}", "eid:own" if one.method == "PUT" else "12346", one.path))
    body = {} if sent is None and one.method in ("POST", "PATCH", "PUT") else sent
    return netsuite.ask(one.method, re.sub("{.*?}", "1", path), json=body, **more)


def loud(answer: requests.Response) -> str | None:
    return answer.headers.get("X-Greenroom-Unsimulated") if answer.status_code == 501 else None


def seen(netsuite: Fake, one: Operation, names: dict[str, str], about: str) -> Any:
    """Return all that a request with these parameters and headers leads to, in a world of its own."""
    netsuite.world = netsuite.simulator.new_world(number=1)
    netsuite.act_as("owner")
    split = [{n: v for n, v in names.items() if (n in one.parameters) == there} for there in (True, False)]
    sent: dict[str, Any] = {"message": "x", "unheard": 1, "attendee": {"items": []}}
    sent |= {"status": "NOTHING"} if "X-NetSuite-PropertyValueValidation" in (*names, about) else {}
    if one.method == "PUT":  # one that is there
        netsuite.ask("PATCH", netsuite.entry(), json={"externalId": "own"})
    answer = send(netsuite, one, sent if one.method != "GET" else None, params=split[0], headers=split[1])
    told = {name: value for name, value in answer.headers.items() if name not in ("X-N-OperationId", "Date")}
    return loud(answer), answer.status_code, told, answer.text, str(netsuite.world.store.all("calendarEvent"))


def names(one: Operation, *kinds: str, classes: tuple[str, ...] = (SIMULATED, SHAPE)) -> list[tuple[str, str]]:
    return [(kind, name) for kind, name, klass in one.names if kind in kinds and klass in classes]


@EACH
def test_each_parameter_and_header_makes_a_difference(netsuite: Fake, one: Operation) -> None:
    for _, name in names(one, "parameters", "headers", classes=(SIMULATED,)):
        beside = {key: value for key, value in WITH.get(name, {}).items() if key in {**one.parameters, **one.headers}}
        without, with_it = (seen(netsuite, one, sent, name) for sent in (beside, {**beside, name: NAMED[name]}))
        if name != "X-NetSuite-Idempotency-Key":
            assert without != with_it, name
        else:  # what counts is that it is there a second time
            again = send(netsuite, one, {}, headers={"Prefer": "respond-async", name: NAMED[name]})
            assert again.status_code == 400


@pytest.mark.parametrize("one", [each for each in SURFACE if each.klass == SIMULATED], ids=str)
def test_each_name_that_is_not_simulated_is_loud(netsuite: Fake, one: Operation) -> None:
    """Fields in capitals as well: NetSuite reads them in any case."""
    for kind, name in names(one, "parameters", "headers", "fields", classes=(UNSIMULATED,)):
        sent: dict[str, Any] = {"parameters": {"params": {name: "1"}}, "headers": {"headers": {name: "1"}}}.get(
            kind, {}
        )
        answer = send(netsuite, one, {name.upper(): {"id": "1"}} if kind == "fields" else None, **sent)

        assert name in str(loud(answer)), name
        assert not netsuite.world.journal.since()[-1].changes


def test_each_operation_that_is_not_simulated_is_loud(netsuite: Fake) -> None:
    for one in (each for each in SURFACE if each.klass == UNSIMULATED):
        host = OFF if one.path.startswith(("/rest/", "/app/site")) else {}
        for path in (one.path, *([] if one.path.endswith(".nl") else [one.path + "/"])):
            assert loud(send(netsuite, Operation(one.method, path, one.klass), headers=host)), path


@EACH
def test_each_field_is_kept(netsuite: Fake, one: Operation) -> None:
    """What somebody writes is in the record afterwards; read-only fields are left alone (``test_events``)."""
    for _, name in names(one, "fields"):
        top = name.partition(".")[0]
        if top in READ_ONLY:
            continue
        netsuite.world = netsuite.simulator.new_world(number=1)
        netsuite.act_as("owner")
        before = dict(netsuite.record() or {})
        answer = send(netsuite, one, {top: filled(netsuite, FIELDS[top])})
        assert answer.status_code == 204, (name, answer.text)
        record = netsuite.world.store.get("calendarEvent", answer.headers["Location"].rsplit("/", 1)[1]) or {}
        assert record[top] != before.get(top), name
        if top == "attendee":
            line = {"attendee": netsuite.login.person, "attendance": "OPTIONAL", "response": "DECLINED"}
            assert record[top][-1] == line


def filled(netsuite: Fake, value: Any) -> Any:
    """Return a value with the ids of this world's people."""
    people = {f"{{{role}}}": person.id for role, person in netsuite.world.people.items()}
    return json.loads(re.sub("{owner}|{colleague}", lambda found: people[found[0]], json.dumps(value)))


@pytest.mark.parametrize("name", ["resource", "timeItem", "attendee,resource"])
def test_replacing_other_sublists_is_loud(netsuite: Fake, name: str) -> None:
    assert loud(netsuite.ask("PATCH", netsuite.entry(), json={}, params={"replace": name}))


@pytest.mark.parametrize("form", ["create-form", "edit-form", "select-options"])
def test_forms_are_loud(netsuite: Fake, form: str) -> None:
    accept = {"Accept": f"application/vnd.oracle.resource+json; type={form}"}

    assert loud(netsuite.ask("PATCH", netsuite.entry(), json={"title": "x"}, headers=accept))
    assert netsuite.record()["title"] == "Quarterly review"


def test_batches_are_loud(netsuite: Fake) -> None:
    media = {"Content-Type": "application/vnd.oracle.resource+json; type=collection", "Prefer": "respond-async"}

    assert loud(netsuite.ask("POST", EVENTS, data='{"items": [{"title": "x"}]}', headers=media)) == "a batch of records"


@pytest.mark.parametrize("kind", ["invoice", "PHONECALL", "workOrderIssue", "customrecord_visits", "metadata-catalog"])
def test_other_record_types_are_loud(netsuite: Fake, kind: str) -> None:
    for path in (kind, f"{kind}/1", f"{kind}/1/", f"{kind}/1/addressBook/2/3"):
        assert loud(netsuite.ask("GET", f"{RECORDS}/{path}"))


@pytest.mark.parametrize("script", ["customscript_createusernotes", "CUSTOMSCRIPT_createAppConnectFolder"])
def test_other_restlets_of_app_connect_are_loud(netsuite: Fake, script: str) -> None:
    path = f"/app/site/hosting/restlet.nl?script={script}&deploy=x"

    assert loud(netsuite.ask("POST", path, json={}, headers=OFF)) == f"the RESTlet {script}"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("nothingOfTheKind", 404, "NONEXISTENT_TYPE"),
        ("nothingOfTheKind/1/!transform/invoice", 404, "NONEXISTENT_TYPE"),
        ("calendarEvent/12346/nothing", 400, "INVALID_URL"),
        ("calendarEvent/12346/attendee/55/more", 400, "INVALID_URL"),
    ],
)
def test_nonsense_is_refused_as_netsuite_would(netsuite: Fake, path: str, status: int, code: str) -> None:
    answer = netsuite.ask("GET", f"{RECORDS}/{path}")

    assert (answer.status_code, answer.json()["o:errorDetails"][0]["o:errorCode"]) == (status, code)


def test_routes_and_list_agree() -> None:
    """Each route is in the list, and what is simulated there has a route."""
    simulated = {str(one).replace("calendarEvent", "<kind>") for one in SURFACE if one.klass == SIMULATED}
    real = {
        f"{method} {re.sub('<(?!kind)[^>]*>', '{}', rule.rule.rstrip('/'))}"
        for rule in build_app(CRMS["netsuite"]).url_map.iter_rules()
        if "unsimulated" not in rule.endpoint
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert {re.sub("{[^}]*}", "{}", one) for one in simulated} == real


def test_list_description_and_ledger_agree() -> None:
    """What is simulated is in all three; the fake's own parameters are in none of the vendor's lists."""
    crm = CRMS["netsuite"]
    described = {
        f"{method.upper()} {pattern(path)}": {each["name"].lower() for each in told["parameters"]}
        for path, verbs in crm.openapi()["paths"].items()
        for method, told in verbs.items()
    }
    told = {pattern(route.replace("<kind>", "calendarEvent")) for row in crm.ledger for route in row.routes}

    assert described.keys() == {pattern(str(one)) for one in SURFACE}
    assert told == {pattern(str(one)) for one in SURFACE if one.klass != UNSIMULATED}
    for one in SURFACE:
        assert {name.lower() for name in (*one.parameters, *one.headers)} <= described[pattern(str(one))]


def test_every_field_of_a_response_is_listed(netsuite: Fake) -> None:
    """And of those that are simulated each can be seen."""
    show = SURFACE.at("GET", f"{EVENTS}/{{id}}")
    assert show
    netsuite.ask("PATCH", netsuite.entry(), json={"externalId": "x", "reminderType": "POPUP", "company": {"id": "55"}})
    shown = paths(netsuite.ask("GET", netsuite.entry(), params={"expandSubResources": "true"}).json())
    own = {name for name in shown if name not in show.shows and not re.search(r"links(\.|$)", name)}

    assert own == set()
    assert {name for name, klass in show.shows.items() if klass == SIMULATED} - shown == set()
