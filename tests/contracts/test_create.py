"""A new appointment against what was asked for: on calls made by hand, and on a connector in the harness."""

from pathlib import Path
from typing import Any

import pytest

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.harness.payload import new_payload
from greenroom.contracts.interfaces import CHANGES, CREATE, LIST, OF_ONE, WITH_SUBJECT, WRITES
from greenroom.contracts.interfaces.same import contact_ids
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.scenarios.create_contacts import rounded
from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from tests.contracts.runs import certificate, failed
from tests.contracts.test_clauses import LOST as LOSS
from tests.contracts.test_clauses import call, entry, no, outcome, yes
from tests.contracts.test_doubt import request

PAYLOAD = {
    "title": "Intake call",
    "summary": "Bring the file.\nAnd a pen.",
    "startTimeUtc": "2027-03-02T09:00:00-08:00",
    "durationMinutes": 60,
    "contacts": ["1", {"id": 2, "type": "Contact"}, 1],
}
HELD = {
    "id": "7",
    "thirdPartyAppointmentId": "7",
    "title": "Intake call",
    "description": "Bring the file.\nAnd a pen.",
    "startTimeUtc": "2027-03-02T17:00:00Z",
    "durationMinutes": 60,
    "status": "scheduled",
    "contactId": "1",
    "attendees": [{"id": 1, "name": "Ann", "type": "Contact"}, {"id": "2", "name": "Bob", "type": "Contact"}],
    "allDay": False,
}
LOST: dict[str, Any] = LOSS
SENDS_TWICE = Path(__file__).parents[1] / "faulty" / "create.names-each-contact-once.clio.py"
NONE = {"before": None, "after": None, "final": None}


def made(key: str = "7", status: int = 201, **more: Any) -> dict[str, Any]:
    """Return the request that made a record."""
    change = {"table": "t", "id": key, "field": "*", "before": None, "after": {"id": key}}
    return entry("create", status, record=key, changes=[change], **more)


def removed(key: str) -> dict[str, Any]:
    change = {"table": "t", "id": key, "field": "*", "before": {"id": key}, "after": None}
    return entry("cancel", 204, record=key, changes=[change])


def done(key: Any = "7", **more: Any) -> dict[str, Any]:
    return {**yes(), "appointmentId": key, **more}


def creates(value: Any, *journal: dict[str, Any], payload: Any = None, **more: Any) -> Call:
    """Return a create that made what was asked for, but for ``held``; without ``held`` it made nothing."""
    held = more.pop("held", {})
    appointment = {"before": None, **dict.fromkeys(("after", "final"), None if held is None else {**HELD, **held})}
    more = {"access": "create", "before": "none", "after": "live", "appointment": appointment, **more}
    params = {"payload": {**PAYLOAD, **(payload or {})}}
    return call(value, *(journal or (made(),)), interface=CREATE.name, params=params, **more)


def nothing(value: Any, *journal: dict[str, Any], **more: Any) -> Call:
    subject = {"id": "", "issuable": True, "title": PAYLOAD["title"]}
    return creates(value, *journal, held=None, after="none", subject=subject, appointment=NONE, **more)


def right(value: Any = None, *journal: dict[str, Any], **more: Any) -> Call:
    return creates(value or done(), *journal, **more)


@pytest.mark.parametrize(
    ("status", "names", "expected"),
    [(422, 2, "failed"), (400, 2, "failed"), (422, 1, "passed"), (201, 2, "passed"), (503, 2, "passed")],
)
def test_a_contact_who_is_given_twice_is_sent_once(status: int, names: int, expected: str) -> None:
    """Advice where the CRM refuses it: whether it does so is not known, so no must depends on it."""
    body = ",".join(['{"id":"1"}'] * names) + ',{"id":"11"}'
    sent = request(body=body)
    asked = right(done(), made(**sent)) if status == 201 else nothing(no(), entry("create", status, **sent))

    assert outcome("create.names-each-contact-once", asked) == expected


def test_no_must_depends_on_whether_the_crm_takes_a_contact_twice() -> None:
    found = certificate(str(SENDS_TWICE), "clio", scenarios=("create-contact-twice",))

    assert set(failed(found)) == {"create.names-each-contact-once"}
    assert found.verdict == "holds"


def test_which_interfaces_are_about_one_record() -> None:
    assert CREATE.creates
    assert not LIST.creates
    assert set(OF_ONE) == {*WITH_SUBJECT, CREATE.name}
    assert set(WRITES) - set(CHANGES) == {CREATE.name}


def test_contacts_come_in_three_forms() -> None:
    assert contact_ids(PAYLOAD) == ["1", "2"]
    assert contact_ids({}) == []


@pytest.mark.parametrize(
    ("clause", "held", "expected"),
    [
        ("keeps-the-title", {}, "passed"),
        ("keeps-the-title", {"title": " Intake  call"}, "passed"),
        ("keeps-the-title", {"title": "Intake"}, "failed"),
        ("keeps-the-title", {"title": "Intake call!"}, "failed"),
        ("keeps-the-summary", {}, "passed"),
        ("keeps-the-summary", {"description": "<p>Bring the file.<br>And a pen.</p>"}, "passed"),
        ("keeps-the-summary", {"description": "Bring the file.\nAnd a pen. [mark]"}, "passed"),  # advice
        ("keeps-the-summary", {"description": "Bring the file."}, "failed"),
        ("keeps-the-summary", {"description": ""}, "failed"),
        ("adds-no-words", {"description": "Bring the file.\r\nAnd a pen. "}, "passed"),
        ("adds-no-words", {"description": "Bring the file.\nAnd a pen. [mark]"}, "failed"),
        ("adds-no-words", {"title": "Intake call [mark]"}, "failed"),
        ("keeps-the-start", {}, "passed"),
        ("keeps-the-start", {"startTimeUtc": "2027-03-02T17:00:59Z"}, "passed"),  # some CRMs keep no seconds
        ("keeps-the-start", {"startTimeUtc": "2027-03-02T17:01:00Z"}, "failed"),
        ("keeps-the-start", {"startTimeUtc": "2027-03-02T09:00:00Z"}, "failed"),
        ("keeps-the-duration", {}, "passed"),
        ("keeps-the-duration", {"durationMinutes": 59}, "failed"),
        ("invites-the-contacts", {}, "passed"),
        ("invites-the-contacts", {"attendees": [{"id": "2"}]}, "failed"),
        ("invites-nobody-else", {}, "passed"),
        ("invites-nobody-else", {"attendees": [{"id": "2"}]}, "passed"),
        ("invites-nobody-else", {"attendees": [{"id": "1"}, {"id": "2"}, {"id": "1"}]}, "failed"),
        ("invites-nobody-else", {"attendees": [{"id": "3"}]}, "failed"),
    ],
)
def test_contents(clause: str, held: dict[str, Any], expected: str) -> None:
    assert outcome(f"create.{clause}", creates(done(), held=held)) == expected


def test_contents_are_those_of_a_success_that_nobody_edited() -> None:
    wrong = {"title": "Other"}

    assert outcome("create.keeps-the-title", creates(no(), held=wrong)) == "skipped"
    assert outcome("create.keeps-the-title", nothing(done(), entry("create", 403))) == "skipped"
    edited = made(fault="edited@before-commit")
    assert outcome("create.keeps-the-title", creates(done(), edited, held=wrong)) == "skipped"


def test_whoever_is_not_invited_is_told_of() -> None:
    """By a failure, or by a success with a warning. The user may be an attendee; nobody asked for is none."""
    alone = {"attendees": [{"id": "1"}]}
    warned = {**yes(messageType="warning"), "appointmentId": "7"}

    assert outcome("create.invites-the-contacts", creates(warned, held=alone)) == "passed"
    assert outcome("create.invites-the-contacts", creates(no(), held=alone)) == "skipped"
    assert outcome("truth.failure-is-true", creates(no(), held=alone)) == "passed"
    assert outcome("create.invites-nobody-else", creates(no(), held={"attendees": [{"id": "9"}]})) == "failed"
    bare = creates(done(), held={"attendees": [{"id": "1"}]}, payload={"contacts": []})
    assert outcome("create.invites-nobody-else", bare) == "passed"  # person 1 calls
    assert outcome("create.invites-the-contacts", bare) == "skipped"


def test_a_plain_create_makes_an_appointment() -> None:
    assert outcome("create.creates", right()) == "passed"
    assert outcome("create.creates", nothing(done(), entry("read", 200))) == "failed"
    assert outcome("create.creates", creates(done(), after="transitioned")) == "failed"
    assert outcome("create.creates", nothing(no(), entry("create", 403), access="forbidden")) == "skipped"
    assert outcome("create.creates", nothing(no(), variant={"appointment": "odd"})) == "skipped"


def test_one_at_most() -> None:
    assert outcome("create.once", right()) == "passed"
    assert outcome("create.once", right(done(), made("7", **LOST), made("8"))) == "failed"
    assert outcome("create.once", right(no(), made("7", **LOST), made("8"))) == "failed"
    assert outcome("create.once", right(done(), made("8"), removed("8"), made("7"))) == "passed"
    assert outcome("create.once", nothing(no(), entry("create", 503))) == "skipped"
    elsewhere = made("8", world="other")
    assert outcome("create.once", right(done(), made(), elsewhere)) == "passed"


def test_the_id_is_that_of_the_new_record() -> None:
    names = "create.names-the-record"

    assert outcome(names, right(done(7))) == "passed"
    assert outcome(names, right(done("8"))) == "failed"
    assert outcome(names, right(done(appointment={"id": "x", "thirdPartyAppointmentId": 7}))) == "passed"
    assert outcome(names, right(done(appointment={"id": "8"}))) == "failed"
    assert outcome(names, right({"successful": True})) == "failed"
    assert outcome(names, right(no())) == "skipped"


def test_the_appointment_is_returned_beside_the_id() -> None:
    returns = "create.returns-the-appointment"

    assert outcome(returns, right()) == "failed"
    assert outcome(returns, right(done(appointment={"id": "7"}))) == "passed"
    assert outcome(returns, right(done(), made(**LOST))) == "skipped"


@pytest.mark.parametrize("clause", ["truth.success-is-backed", "truth.lost-is-not-done", "truth.refused-is-not-done"])
def test_a_success_needs_a_new_record(clause: str) -> None:
    """Also where somebody else's looks like it: a read that shows that one backs nothing."""
    faults = {"truth.lost-is-not-done": LOST, "truth.refused-is-not-done": {"fault": "status=403@before-commit"}}
    status = {"truth.lost-is-not-done": 0, "truth.refused-is-not-done": 403}.get(clause, 200)
    tried = entry("create", status, record=None, **faults.get(clause, {}))
    look = entry("read", 200, record="6", shows="live")

    assert outcome(clause, nothing(done("6"), tried if status != 200 else look, look)) == "failed"
    there = right(done(), made(status=status, **faults.get(clause, {})))
    assert outcome(clause, there) == "passed"


def test_a_failure_is_said_of_what_was_not_made() -> None:
    true = "truth.failure-is-true"

    assert outcome(true, right(no())) == "failed"
    assert outcome(true, right(no(), made(**LOST))) == "passed"  # in doubt
    assert outcome(true, nothing(no(), made(), removed("7"))) == "passed"  # taken back
    assert outcome(true, nothing(no(), entry("create", 403, record=None))) == "passed"


def test_no_error_escapes_once_it_is_made() -> None:
    means = "create.error-means-not-made"
    raised = {"kind": "raised", "error": {"type": "E", "message": "m", "status": 500}}

    assert outcome(means, right(raised)) == "failed"
    assert outcome(means, right()) == "passed"
    assert outcome(means, right(raised, made(**LOST))) == "skipped"
    assert outcome(means, creates(raised, held={"attendees": []})) == "passed"  # half of it: an error may say so


def test_own_work_is_recognized_by_a_mark() -> None:
    """A list of everything, in which the new record happens to be, shows nothing."""
    recognizes, mark = "create.recognizes-its-own", "mark-0123456789"
    lost = made(**LOST)
    lost["request"] = {**lost["request"], "body": f'{{"name": "{mark}"}}'}
    look = entry("other", 200, record=None)
    look["answer"] = {**look["answer"], "body": '{"id": "7"}'}

    def looked(query: str, value: Any, **more: Any) -> Call:
        return right(value, lost, {**look, "request": {**look["request"], "query": query}, **more})

    assert outcome(recognizes, looked(f"value={mark}", no())) == "failed"
    assert outcome(recognizes, looked(f"value={mark}", done())) == "passed"
    assert outcome(recognizes, looked("order=id", no())) == "skipped"
    assert outcome(recognizes, looked(f"value={mark}", no(), received="status")) == "skipped"


@pytest.mark.parametrize(("sent", "expected"), [("9007199254740993017", "passed"), ("9007199254740993000", "failed")])
def test_long_ids_are_sent_unchanged(sent: str, expected: str) -> None:
    request = made()
    request["request"] = {**request["request"], "body": sent}

    asked = right(done(), request, payload={"contacts": ["9007199254740993017"]})
    assert outcome("create.sends-long-ids", asked) == expected
    assert outcome("create.sends-long-ids", right(done(), request)) == "skipped"


def test_ids_as_javascript_rounds_them() -> None:
    assert rounded("9007199254740993017") == "9007199254740993000"
    assert rounded("4401") == "4401"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"operation": "read", "record": "6"}, "passed"),
        ({"operation": "update", "record": "7"}, "passed"),  # its own
        ({"operation": "update", "record": "6"}, "failed"),
        ({"operation": "cancel", "record": "6", "answer": {"status": 403, "headers": {}, "body": ""}}, "failed"),
        ({"operation": "write", "record": None}, "failed"),  # a contact, for example
    ],
)
def test_no_other_record_is_touched(other: dict[str, Any], expected: str) -> None:
    touching = {**entry("read", 200), **other}

    assert outcome("effect.only-this-appointment", right(done(), made(), touching)) == expected


def test_a_lost_create_wants_a_look() -> None:
    """A look, or a retry that cannot make a second one: an upsert of its own record."""
    looks, lost = "truth.looks-after-a-lost-answer", made(**LOST)

    assert outcome(looks, right(no(), lost)) == "failed"
    assert outcome(looks, right(no(), lost, entry("other", 200, record=None))) == "passed"
    assert outcome(looks, right(done(), lost, entry("update", 204, record="7"))) == "passed"


def test_refused_creates_that_name_a_wait_are_counted() -> None:
    """They are about no record, so far."""
    told = {"status": 429, "headers": {"Retry-After": "60"}, "body": ""}
    refused = entry("create", 429, record=None, answer=told)
    tried = nothing(no(), refused, {**refused, "after": 0.1}, {**refused, "after": 0.2})

    assert outcome("bounds.does-not-hammer", tried) == "failed"


CONNECTOR = """
import requests
known = []

def create_appointment(*, user, auth_header, payload):
    api, headers = f"https://{user['hostname']}/api/v4", {"Authorization": auth_header}
    calendar = requests.get(f"{api}/calendars.json?writeable=true", headers=headers, timeout=5).json()["data"][0]["id"]
    data = {"summary": payload["title"], "start_at": payload["startTimeUtc"], "end_at": "2030-01-01T00:00:00Z"}
    body = {"data": {**data, "calendar_owner": {"id": calendar}}}
    ids = [
        requests.post(f"{api}/calendar_entries.json", json=body, headers=headers, timeout=5).json()["data"]["id"]
        for _ in range(2)
    ]
    requests.delete(f"{api}/calendar_entries/{ids[0]}.json", headers=headers, timeout=5)
    return {"appointmentId": ids[1]}
"""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A connector that makes two records, and takes the first one back."""
    path = Path(tmp_path_factory.mktemp("creates"), "creates.py")
    path.write_text(CONNECTOR)
    return certificate(str(path), "clio", scenarios=("plain", "forbidden"))


def test_what_a_call_made_is_its_subject(played: Certificate) -> None:
    one = next(each for each in played.calls if each["scenario"] == "plain")
    state, appointment, told = one["state"], one["appointment"], one["outcome"]["value"]["appointmentId"]

    assert one["actor"]["access"] == "create"
    assert one["subject"] == {"id": told, "issuable": True, "title": one["params"]["payload"]["title"]}
    assert state == {"before": "none", "after": "live", "final": "live"}
    assert appointment["before"] is None
    assert appointment["after"] == appointment["final"]
    assert appointment["final"]["id"] == told
    assert len(Call(one).created) == 2
    assert Call(one).kept == [told]


def test_a_call_that_made_nothing_has_no_subject(played: Certificate) -> None:
    one = next(each for each in played.calls if each["scenario"] == "forbidden")

    assert one["actor"]["access"] == "forbidden"
    assert one["subject"]["id"] == ""
    assert set(one["state"].values()) == {"none"}
    assert one["appointment"] == NONE


@pytest.mark.parametrize("crm", CRMS)
def test_what_is_asked_for_follows_from_world_and_word(crm: str) -> None:
    """So two calls with one word ask for the same, and no two users do."""
    with Simulator(CRMS[crm], seed=11) as simulator:
        one, other = simulator.current, simulator.new_world()
        payload = new_payload(simulator.crm, one, "a")

        assert payload == new_payload(simulator.crm, one, "a")
        assert payload["title"] not in (new_payload(simulator.crm, each, "b")["title"] for each in (one, other))
        assert payload["contacts"] == [simulator.crm.invitable(one)[0]]


@pytest.mark.parametrize("crm", CRMS)
def test_who_may_create(crm: str) -> None:
    with Simulator(CRMS[crm]) as simulator:
        world = simulator.current
        may = {role for role, person in world.people.items() if simulator.crm.may_create(world, person)}

        assert may == {"owner", "colleague", "outsider"}
        assert simulator.crm.add_contact
        key = simulator.crm.add_contact(world, "Kim New", "")
        assert simulator.crm.invitable(world)[-1] == key
