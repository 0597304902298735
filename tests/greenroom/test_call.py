"""``greenroom call`` and ``greenroom clauses``."""

from pathlib import Path

import pytest

from greenroom.contracts.clauses import CLAUSES
from tests.catalogue import HERE, NEEDS_NODE
from tests.greenroom.shell import greenroom

REFERENCE = str(HERE.parent / "connectors" / "reference" / "netsuite.py")
BROKEN = str(HERE / "faulty" / "effect.only-the-status.netsuite.py")
CALL = ("cancelAppointment", "--crm", "netsuite")


def test_a_good_call_shows_everything() -> None:
    said = greenroom("call", REFERENCE, *CALL)

    assert (said.code, said.err) == (0, "")
    for piece in (
        "asked     cancelAppointment of appointment 12346",
        '{"status": {"id": "CANCELLED"}} -> 204',
        "changed   calendarEvent/12346 status: 'CONFIRMED' became 'CANCELLED'",
        "the appointment was live, is transitioned",
        "the user  [success] Appointment cancelled in NetSuite.",
        "0 broken",
    ):
        assert piece in said.out


def test_a_create_shows_what_was_made() -> None:
    payload = '{"title": "Intake", "summary": "", "startTimeUtc": "2027-03-02T19:00:00+01:00", "durationMinutes": 30}'
    create = ("call", REFERENCE, "createAppointment", "--crm", "netsuite")
    said = greenroom(*create, "--params", f'{{"payload": {payload}}}')

    assert (said.code, said.err) == (0, "")
    for piece in (
        "asked     createAppointment of a new appointment, 'Intake'",
        '"startTime": "10:00"',
        "changed   calendarEvent/200001 is new",
        "CRM       appointment 200001 was made, is live",
        "the user  [success] Appointment created in NetSuite.",
        "0 broken",
    ):
        assert piece in said.out
    assert "no appointment was made" in greenroom(*create, "--fault", "status=403").out


PATCH = '{"patchBody": {"startTimeUtc": "2027-06-01T20:00:00+02:00", "durationMinutes": 45, "contacts": []}}'


def test_an_update_takes_its_patch() -> None:
    said = greenroom("call", REFERENCE, "updateAppointment", "--crm", "netsuite", "--params", PATCH)

    assert said.code == 0
    for piece in (
        "changed   calendarEvent/12346 startTime: '14:30' became '11:00'",
        "changed   calendarEvent/12346 endTime: '15:30' became '11:45'",
        "the user  [success] Appointment updated in NetSuite.",
    ):
        assert piece in said.out


@pytest.mark.parametrize(
    "patch", ["{}", '{"title": ""}', '{"title": "x", "status": "confirmed"}', '{"contacts": ["x"]}']
)
def test_a_patch_that_app_connect_never_passes_is_refused(patch: str) -> None:
    said = greenroom(
        "call", REFERENCE, "updateAppointment", "--crm", "netsuite", "--params", f'{{"patchBody": {patch}}}'
    )

    assert said.code == 2
    assert "App Connect never passes that" in said.err


def test_faults_are_armed_by_name_and_shown() -> None:
    said = greenroom("call", REFERENCE, *CALL, "--fault", "reset,stage=after-commit", "--fault", "none,on=read")

    assert said.code == 0
    for piece in (
        "-> no response [fault reset@after-commit; it was done]",
        "the appointment was live, is transitioned",
        "the user  [success] Appointment cancelled in NetSuite.",
    ):
        assert piece in said.out


def test_a_lie_under_a_fault_is_told() -> None:
    liar = str(HERE / "faulty" / "truth.lost-is-not-done.clio.py")
    said = greenroom("call", liar, CALL[0], "--crm", "clio", "--fault", "reset,stage=before-commit")

    assert said.code == 1
    assert "the appointment was live, is live" in said.out
    assert "BROKEN    truth.lost-is-not-done" in said.out


def test_a_broken_call_is_judged() -> None:
    said = greenroom("call", BROKEN, *CALL)

    assert said.code == 1
    assert "BROKEN    effect.only-the-status" in said.out


@pytest.mark.parametrize(
    ("suffix", "source", "sentences"),
    [
        (
            "py",
            "import os, sys\ndef cancel_appointment(**given):\n    sys.stderr.write('no licence\\n'); sys.stderr.flush(); os._exit(7)",
            ["crashed   exit code 7", "with exit code 7; on stderr: no licence"],
        ),
        (
            "py",
            "import os, signal\ndef cancel_appointment(**given):\n    os.kill(os.getpid(), signal.SIGTERM)",
            ["crashed   SIGTERM", "the call crashed with SIGTERM"],
        ),
        (
            "py",
            "def cancel_appointment(**given):\n    return given['nope']",
            ["raised    KeyError: 'nope' at ", "c.py:2"],
        ),
        pytest.param(
            "cjs",
            "exports.cancelAppointment = () => new Promise(() => {\n  setTimeout(() => { throw new Error('pool is closed') })\n});",
            ["crashed   exit code 1", "| Error: pool is closed |"],
            marks=NEEDS_NODE,
        ),
        pytest.param(
            "cjs",
            "exports.cancelAppointment = async ({ user }) =>\n  user.nope.nada;",
            ["reading 'nada') at ", "c.cjs:2"],
            marks=NEEDS_NODE,
        ),
    ],
)
def test_how_it_ended_and_where(suffix: str, source: str, sentences: list[str], tmp_path: Path) -> None:
    path = tmp_path / f"c.{suffix}"
    path.write_text(source)
    said = greenroom("call", str(path), "cancelAppointment", "--crm", "clio")

    assert said.code == 1
    for sentence in sentences:
        assert sentence in said.out


def test_params_replace_the_ready_ones() -> None:
    said = greenroom("call", REFERENCE, *CALL, "--params", '{"appointmentId": "999999"}')

    assert said.code == 0
    assert "the appointment was never, is never" in said.out
    assert "[warning] Appointment not found in NetSuite." in said.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--params", "{"), "--params is not JSON"),
        (("--params", "[]"), "must be a JSON object; it may have: user, authHeader, appointmentId"),
        (("--params", '{"id": 1}'), "has an unknown field 'id'; it may have: user, authHeader, appointmentId"),
        (("--fault", "lost"), "no fault 'lost'; there are: status, page,"),
        (("--fault", "status=200"), "fault 'status' has no value '200'; use one of: 503, 400,"),
        (("--fault", "status=404,stage=after-commit"), "no CRM refuses what it has done"),
        (("--fault", "garbage,stage=before-commit"), "cannot fire at before-commit; use one of: after-commit"),
        (
            ("--fault", "reset,on=lunch"),
            "cannot meet 'lunch'; use cancel, confirm, create, update, read, write, any, or a method and path",
        ),
        (("--fault", "reset,count=2"), "'count=2' of fault 'reset,count=2' is not KEY=VALUE; use one of: stage, on"),
        (("--fault", "reset,times=0"), "a fault meets 1 to 1000 requests, not 0"),
        (("--fault", "reset,times=two"), "times=two: a whole number is needed"),
        (("--fault", "delay=soon"), "takes 0 to 120 seconds, not 'soon'"),
        (
            ("--params", '{"authHeader": 5}'),
            "params.authHeader: 5 is not of type 'string'; App Connect never passes that",
        ),
        (("--params", '{"user": {}}'), "'id' is a required property"),
        (("--params", '{"appointmentId": null}'), "params.appointmentId"),
    ],
)
def test_what_cannot_be_called(words: tuple[str, ...], sentence: str) -> None:
    said = greenroom("call", REFERENCE, *CALL, *words)

    assert said.code == 2
    assert sentence in said.err


DAYS = '{"range": {"startDate": "2027-03-01", "endDate": "%s"%s}}'


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("interface", "params", "sentence"),
    [
        ("listAppointments", '{"days": 3}', "unknown field 'days'; it may have: user, authHeader, range"),
        ("listAppointments", DAYS % ("2027-03-02", ', "mineOnly": true'), "it may have: startDate, endDate; App"),
        (
            "listAppointments",
            '{"range": {"startDate": "2027-03-01"}}',
            "'endDate' is a required property; it may have:",
        ),
        (
            "listAppointments",
            DAYS % ("2027-02-30", ""),
            "'2027-02-30' is not a day of the form YYYY-MM-DD that exists;",
        ),
        ("listAppointments", DAYS % ("2027-02-28", ""), "range.startDate is after range.endDate; App Connect never"),
        ("listAppointments", '{"range": null}', "params.range: None is not of type 'object'"),
        ("refreshAppointment", '{"appointmentId": ""}', "params.appointmentId: '' should be non-empty"),
        ("confirmAppointment", '{"id": "7"}', "unknown field 'id'; it may have: user, authHeader, appointmentId"),
        ("createAppointment", '{"title": "x"}', "unknown field 'title'; it may have: user, authHeader, payload"),
        ("createAppointment", '{"payload": {"titel": "x"}}', "it may have: title, summary, startTimeUtc,"),
        (
            "createAppointment",
            '{"payload": {"title": "x", "summary": "", "durationMinutes": 30}}',
            "params.payload: 'startTimeUtc' is a required property; it may have: title, summary, startTimeUtc,",
        ),
        ("updateAppointment", '{"patch": {}}', "unknown field 'patch'; did you mean 'patchBody'?"),
        (
            "updateAppointment",
            '{"patchBody": {"titel": "x"}}',
            "; it may have: title, summary, contacts, startTimeUtc, durationMinutes, startTime, status; App Connect never",
        ),
    ],
)
def test_what_app_connect_would_refuse_is_never_sent(interface: str, params: str, sentence: str) -> None:
    said = greenroom("call", REFERENCE, interface, "--crm", "netsuite", "--params", params)

    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


def test_a_list_of_given_days() -> None:
    words = ("listAppointments", "--crm", "netsuite", "--params", DAYS % ("2027-03-02", ""))
    said = greenroom("call", REFERENCE, *words)

    assert said.code == 0
    assert "asked     listAppointments from 2027-03-01 to 2027-03-02" in said.out


def test_an_unknown_interface() -> None:
    said = greenroom("call", REFERENCE, "makeCoffee", "--crm", "netsuite")

    assert said.code == 2
    assert "interface 'makeCoffee' is not judged" in said.err


def test_clauses_lists_every_promise_with_its_source_and_reason() -> None:
    said = greenroom("clauses")

    assert said.code == 0
    for clause in CLAUSES:
        assert f"{clause.id}  [{clause.level}, {clause.strength}]" in said.out
        assert clause.why in said.out


def test_clauses_by_id_and_by_glob() -> None:
    assert greenroom("clauses", "truth.*").out.count("why:") == len([c for c in CLAUSES if c.id.startswith("truth.")])
    assert greenroom("clauses", "effect.cancelled").out.startswith("effect.cancelled  [runtime, must]")
    assert "no clause matches 'nothing'" in greenroom("clauses", "nothing").err


def test_help_and_version() -> None:
    assert "Exit codes" in greenroom("--help").out
    assert greenroom("--version").out.startswith("greenroom")
    for command in ("certify", "call", "clauses", "serve"):
        assert "Example: greenroom" in greenroom(command, "--help").out
