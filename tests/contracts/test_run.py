"""Runs: repeatable, judged again from their records alone, honest about what was left out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from greenroom.contracts import schemas
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.judge import judge
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.harness.testbed import judged as known
from greenroom.contracts.interfaces import CANCEL, INTERFACES, LIST
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.scenarios import SCENARIOS
from greenroom.simulators import CRMS
from tests.catalogue import HERE, LONG, NEEDS_NODE, TURNS, sample
from tests.contracts.runs import WHOLE_RUN, Recorded, certificate, failed

REFERENCE = str(HERE.parent / "connectors" / "reference" / "clio.py")
BROKEN = str(HERE / "faulty" / "truth.no-wrong-logout.clio.py")
TURN = (CANCEL.name, *sample([name for name in known(CRMS["clio"]) if name != CANCEL.name], 1, TURNS))
"""The interfaces of runs on plain days: one, and another one each time."""


@pytest.fixture(scope="module")
def resilient(recorded: Recorded) -> Certificate:
    return recorded("clio")


WHOLE_CLIO = pytest.mark.in_turn(WHOLE_RUN, every=LONG)
NEVER_ASKED = ("reset", "closed", "status=503", "page=502")
"""Faults of a cancellation that a connector which reads first never sends: there is nothing to cancel."""
LISTED_AT_ONCE = {
    ("redirected", "redirect=302,on=read,times=50"),
    ("expires-midway", "none,on=any then expired,on=any"),
    ("lost-requests", "none,on=any then reset,on=any,times=50"),
}
"""Faults of a read of one record, and of a second request: a short list needs neither."""


@pytest.fixture(scope="module")
def bad() -> Certificate:
    return certificate(BROKEN, "clio")


@WHOLE_CLIO
def test_every_scenario_is_played_and_recorded(recorded: Recorded) -> None:
    calls = [*recorded.whole("clio").calls, *recorded.report("netsuite")["calls"]]
    played = {call["scenario"] for call in calls}

    assert played == {scenario.id for scenario in SCENARIOS}


@NEEDS_NODE
@WHOLE_CLIO
def test_every_clause_holds_on_some_recorded_call(recorded: Recorded) -> None:
    """Nine runs of correct connectors; that each clause also fails on one is shown by the faulty ones."""
    follows = certificate(str(HERE / "correct" / "clio.bubbles.py"), "clio", "resilient", scenarios=("redirected",))
    chatty = certificate(
        str(HERE / "correct" / "netsuite.looks_twice.py"), "netsuite", "resilient", scenarios=("plain",)
    )
    steps = certificate(
        str(HERE / "correct" / "clio.update_two_steps.py"), "clio", "resilient", scenarios=("update-second-step",)
    )
    waits = certificate(
        str(HERE / "correct" / "clio.list_waits.py"), "clio", "resilient", scenarios=("list-second-page",)
    )
    contacts = certificate(str(Path(REFERENCE).with_name("bullhorn.py")), "bullhorn", "documented")
    statuses = certificate(
        str(Path(REFERENCE).with_name("netsuite.py")), "netsuite", "documented", scenarios=("update-status",)
    )
    conflicts = certificate(
        str(HERE / "correct" / "clio.update_if_match.mjs"), "clio", "resilient", scenarios=("update-edited-meanwhile",)
    )
    runs = (recorded.whole("clio"), recorded("netsuite"), follows, chatty, steps, waits, contacts, statuses, conflicts)
    passed = {v.clause.id for found in runs for v in found.verdicts if v.outcome == "passed"}

    assert passed == {clause.id for clause in CLAUSES}


def test_calls_come_in_the_order_of_the_scenarios(resilient: Certificate) -> None:
    """Lanes end when they end; the record does not tell."""
    assert places(resilient) == sorted(places(resilient))


@WHOLE_CLIO
def test_calls_come_in_the_order_of_the_interfaces(recorded: Recorded) -> None:
    assert places(recorded.whole("clio")) == sorted(places(recorded.whole("clio")))


def places(found: Certificate) -> list[tuple[int, int, int]]:
    config, called = [scenario.id for scenario in SCENARIOS], list(INTERFACES)
    return [(called.index(c["interface"]), config.index(c["scenario"]), c["step"]) for c in found.calls]


def test_the_report_tells_where_the_time_went(resilient: Certificate) -> None:
    told = {timing.id: timing for timing in resilient.played if timing.interface == "cancelAppointment"}

    offered = {timing.interface for timing in resilient.played}
    assert {timing.id for timing in resilient.played} == {s.id for s in SCENARIOS if offered & set(s.interfaces)}
    assert sum(timing.calls for timing in resilient.played) == len(resilient.calls)
    assert 0 < told["silent-after-commit"].seconds < resilient.seconds < sum(t.seconds for t in resilient.played)


def test_every_fault_that_is_armed_strikes_a_connector_that_reads_first(resilient: Certificate) -> None:
    """A scenario whose fault never strikes would judge nothing."""
    missed, armed = missed_and_armed(resilient, CANCEL.name)

    assert missed <= {
        *(("lost-and-absent", f"{fault},stage=before-authentication") for fault in NEVER_ASKED),
        ("silent-and-absent", "hang,stage=before-authentication"),
        ("unusable-reads", "none,on=read then status=503,on=read,times=50"),  # after its write it need not look
    }
    assert armed > 30


@WHOLE_CLIO
def test_every_fault_that_is_armed_strikes_a_list(recorded: Recorded) -> None:
    missed, armed = missed_and_armed(recorded.whole("clio"), LIST.name)

    assert missed == LISTED_AT_ONCE
    assert armed > 20


def missed_and_armed(found: Certificate, interface: str) -> tuple[set[tuple[str, str]], int]:
    """Return the scenarios and faults of an interface that never struck, and how many calls had one."""
    armed = [call for call in found.calls if call["interface"] == interface and "faults" in call["variant"]]
    missed = [call for call in armed if not any(entry["fault"] for entry in call["journal"])]
    return {(call["scenario"], call["variant"]["faults"]) for call in missed}, len(armed)


def test_reports_and_calls_follow_their_schemas(bad: Certificate, resilient: Certificate) -> None:
    for found in (bad, resilient):
        report = json.loads(json.dumps(found.report()))
        assert schemas.problem("report", report) is None
        for call in report["calls"]:
            assert schemas.problem("call", call) is None


def test_a_stored_run_is_judged_again_to_the_same_verdicts(bad: Certificate, resilient: Certificate) -> None:
    """Clauses are pure: the records alone, read back from JSON, give the same outcome of every clause."""
    for found in (bad, resilient):
        calls = [Call(record) for record in json.loads(json.dumps(found.report()["calls"]))]
        again = [judge(verdict.clause, calls, verdict.interface) for verdict in found.verdicts]

        assert [(v.clause.id, v.outcome, v.judged) for v in again] == [
            (v.clause.id, v.outcome, v.judged) for v in found.verdicts
        ]


def test_no_secret_is_in_a_report(bad: Certificate) -> None:
    """Every token that a connector was given appears by its label only."""
    text = json.dumps(bad.report())

    assert "<owner.accessToken>" in text
    assert "Bearer <" in text
    for call in bad.calls:
        assert call["params"]["user"]["accessToken"] in (None, f"<{call['actor']['role']}.accessToken>")


def test_the_evidence_tells_the_whole_story(bad: Certificate) -> None:
    violation = failed(bad)["truth.no-wrong-logout"].violations[0]

    assert violation.scenario == "absent"
    (line,) = violation.evidence["exchange"]
    assert line.startswith("DELETE https://app.clio.com/api/v4/calendar_entries/")
    assert line.endswith('.json -> 404 {"error":{"type":"NotFoundError","message":"Not Found"}}')
    assert "Authorization error" in violation.got
    assert "Logout" in violation.evidence["user_sees"]


def test_a_selection_is_no_certificate(resilient: Certificate) -> None:
    assert resilient.verdict == "certified"
    found = certificate(REFERENCE, "clio", only=("shape.*",), interfaces=(CANCEL.name,))

    assert (found.verdict, found.reached, failed(found)) == ("holds", "none", {})
    assert {v.reason for v in found.verdicts if not v.clause.id.startswith("shape.")} == {"not selected"}


def test_an_interface_that_is_not_exported_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.py"
    path.write_text("def log_call(**given): return {}")

    with pytest.raises(ConfigError, match="exports none of: cancelAppointment"):
        certificate(str(path), "clio")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"level": "perfect"}, "unknown level 'perfect'; use one of: runtime, documented, resilient"),
        ({"scenarios": ("drip",)}, "no scenario of level documented matches 'drip'; there are: plain"),
        ({"only": ("nothing.*",)}, "no clause matches 'nothing.*'"),
        ({"interfaces": ("makeCoffee",)}, "interface 'makeCoffee' is not judged"),
        ({"deadline": 0.0}, "cannot be kept"),
        ({"deadline": float("nan")}, "cannot be kept"),
    ],
)
def test_orders_that_cannot_be_carried_out(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence.replace("*", r"\*")):
        RunConfig("x.py", "clio", **{"level": "documented", **options})  # type: ignore[arg-type]


@pytest.mark.in_turn
def test_the_same_seed_gives_the_same_run() -> None:
    """Everything but times and free ports repeats."""

    def told(found: Certificate) -> list[object]:
        return [(c["scenario"], c["outcome"], c["actor"], [changed(c, e) for e in c["journal"]]) for c in found.calls]

    def changed(call: Mapping[str, Any], entry: Mapping[str, Any]) -> list[object]:
        """What the CRM sets itself are times, by the second."""
        others = (change for change in entry["changes"] if change["field"] not in call["crm"]["own_fields"])
        return [(change["table"], change["id"], change["field"]) for change in others]

    one, other = (certificate(REFERENCE, "clio", interfaces=TURN) for _ in range(2))
    assert told(one) == told(other)


def test_what_a_connector_deletes_cannot_be_reinstated(tmp_path: Path) -> None:
    """In a CRM that keeps what is cancelled: it is a broken promise, no trouble of ours."""
    path = tmp_path / "deletes.py"
    path.write_text(
        "import requests\n"
        "def cancel_appointment(*, user, auth_header, appointment_id):\n"
        "    host = user['hostname'].split('.')[0] + '.suitetalk.api.netsuite.com'\n"
        "    url = f'https://{host}/services/rest/record/v1/calendarEvent/{appointment_id}'\n"
        "    try:\n"
        "        done = requests.delete(url, headers={'Authorization': auth_header}, timeout=5).ok\n"
        "    except requests.RequestException:\n"
        "        done = False\n"
        "    return {'successful': done, 'returnMessage': {'message': 'm', 'messageType': 'info', 'ttl': 1}}\n"
    )
    found = certificate(str(path), "netsuite", "resilient", scenarios=("lost-then-reinstated",))

    assert "effect.right-way" in failed(found)
    assert [call["state"]["before"] for call in found.calls] == ["live", "removed"]


def test_what_is_sent_and_printed_at_loading_is_the_first_call_s(tmp_path: Path) -> None:
    """And it takes nothing of that call away."""
    path = tmp_path / "loads.py"
    path.write_text(
        "import requests\n"
        "print('loading')\n"
        "requests.post('https://config.example/start', data='hello', timeout=5)\n"
        "def cancel_appointment(*, user, auth_header, appointment_id):\n"
        "    url = f\"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json\"\n"
        "    requests.delete(url, headers={'Authorization': auth_header}, timeout=5)\n"
        "    return {'successful': True, 'returnMessage': {'message': 'm', 'messageType': 'success', 'ttl': 1}}\n"
    )
    first, second, *_ = certificate(str(path), "clio", "documented", scenarios=("plain", "look-alikes")).calls

    assert [entry["operation"] for entry in first["journal"]] == ["external_host", "cancel"]
    assert first["printed"]["stdout"] == "loading"
    assert [entry["operation"] for entry in second["journal"]] == ["cancel"]
    assert second["printed"]["stdout"] == ""
