"""A certificate cannot lie: whatever single thing is changed in it or in its report is found."""

import base64
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from greenroom.contracts.attestation import covered, envelope, verify
from greenroom.contracts.attestation.statement import statement
from greenroom.contracts.attestation.verify import Claim, problems
from greenroom.contracts.reports import open_report
from greenroom.contracts.run.certificate import written
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.runner import certify
from tests.catalogue import examples, sample

CONNECTOR = """
import requests

def cancel_appointment(*, user, auth_header, appointment_id):
    host = user["hostname"]
    answer = requests.delete(
        f"https://{host}/api/v4/calendar_entries/{appointment_id}.json", headers={"Authorization": auth_header}, timeout=9
    )
    return {"successful": answer.ok, "returnMessage": {"messageType": "success", "message": "x", "ttl": 2000}}
"""
CHANGES = 600
"""Single changes of a certificate or a report: each is verified, and a third of them at a commit."""
KEY = Ed25519PrivateKey.generate()
Report = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A connector's folder after one small run: its report and its certificate, not yet signed."""
    found = tmp_path_factory.mktemp("connector")
    (found / "connector.py").write_text(CONNECTOR)
    (found / "own_part.py").write_text("A = 1\n")
    (found / "requirements.txt").write_text("requests==2.32.0\n")
    (found / "node_modules").mkdir()
    (found / "node_modules" / "other.js").write_text("")
    reports = [open_report(str(found / name)) for name in ("result.json", "result.intoto.json")]
    for event in certify(RunConfig(str(found / "connector.py"), "clio", level="documented")):
        for report in reports:
            report.handle(event)
    return found


@pytest.fixture(scope="module")
def claim(folder: Path) -> Claim:
    """The signed certificate with its report."""
    signed = envelope.signed((folder / "result.intoto.json").read_bytes(), KEY)
    return Claim(signed, (folder / "result.json").read_text(), KEY.public_key())


def first(claim: Claim) -> str | None:
    return next(problems(claim), None)


def test_a_true_certificate_has_no_problem(claim: Claim, folder: Path) -> None:
    assert list(problems(replace(claim, connector=folder / "connector.py"))) == []


def test_it_covers_the_connectors_folder_and_its_lock_file(folder: Path) -> None:
    found = json.loads((folder / "result.intoto.json").read_text())

    assert [each["name"] for each in found["subject"]] == ["connector.py", "own_part.py", "requirements.txt"]
    assert found["predicate"]["covers"] == covered.RULE


@pytest.mark.parametrize(("name", "wrong"), [("../package-lock.json", False), ("package-lock.json", True)])
def test_a_lock_file_that_lies_about_above_the_folder_changes_nothing(
    name: str, wrong: bool, claim: Claim, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = covered.files(folder / "connector.py")
    monkeypatch.setattr(verify, "files", lambda _connector: {**here, name: "0"})

    assert bool(list(problems(replace(claim, connector=folder / "connector.py")))) == wrong


def test_every_single_change_is_found(claim: Claim, capsys: pytest.CaptureFixture[str]) -> None:
    changed = [*changes(claim)]
    tried = sample(changed, examples(len(changed)))
    unfound = [what for what, make in tried if first(make()) is None]
    with capsys.disabled():
        print(f"\n{len(tried) - len(unfound)} of {len(tried)} single changes found")

    assert len(changed) >= CHANGES
    assert unfound == []


def changes(claim: Claim) -> Iterator[tuple[str, Callable[[], Claim]]]:
    """Yield what makes changed certificates and reports: bytes at random places, values of the report one by one."""
    drawn = random.Random(21)
    for place in drawn.sample(range(len(claim.certificate)), 200):
        yield f"byte {place} of the certificate", partial(replace, claim, certificate=flipped(claim.certificate, place))
    for place in drawn.sample(range(len(claim.report)), 150):
        yield f"byte {place} of the report", partial(replace, claim, report=flipped(claim.report, place))
    payload = envelope.unchecked(claim.certificate).decode()
    for place in drawn.sample(range(len(payload)), 100):
        changed = base64.b64encode(flipped(payload, place).encode()).decode()
        text = json.dumps({**json.loads(claim.certificate), "payload": changed}, indent=2) + "\n"
        yield f"byte {place} of the statement", partial(replace, claim, certificate=text)
    for what, report in reports(json.loads(claim.report)):
        yield what, partial(reported, claim, report)
    yield "another key", partial(replace, claim, key=Ed25519PrivateKey.generate().public_key())


def reported(claim: Claim, report: Report) -> Claim:
    return replace(claim, report=written(report))


def flipped(text: str, place: int) -> str:
    return text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]


def reports(report: Report) -> Iterator[tuple[str, Report]]:
    """Yield reports with one value changed or dropped, or with a call at another place."""
    for part in ("calls", "scenarios", "clauses"):
        for place in range(len(report[part])):
            yield f"{part} {place} dropped", without(report, part, place)
    for place in range(1, len(report["calls"])):
        calls = report["calls"]
        yield (
            f"call {place} is the first",
            {**report, "calls": [calls[place], *without(report, "calls", place)["calls"]]},
        )
    for place, clause in enumerate(report["clauses"]):
        for name in clause:
            yield (
                f"{name} of clause {place} dropped",
                with_clause(report, place, {k: clause[k] for k in clause if k != name}),
            )
    for name in report:
        yield f"{name} dropped", {key: report[key] for key in report if key != name}
    yield "seed", {**report, "seed": report["seed"] + 1}


def without(report: Report, part: str, place: int) -> Report:
    """Return a report without one item of a list."""
    return {**report, part: [each for number, each in enumerate(report[part]) if number != place]}


def with_clause(report: Report, place: int, clause: Report) -> Report:
    """Return a report with one clause in place of another."""
    return {**report, "clauses": [clause if n == place else each for n, each in enumerate(report["clauses"])]}


def lying(report: Report, folder: Path) -> str | None:
    """Say what is wrong with a changed report whose liar has the key: digest and signature fit it."""
    found = statement(report, written(report), covered.files(folder / "connector.py"), covered.RULE)
    signed = envelope.signed(json.dumps(found).encode(), KEY)
    return first(Claim(signed, written(report), KEY.public_key()))


def test_who_has_the_key_cannot_lie_about_what_the_calls_show(claim: Claim, folder: Path) -> None:
    true = json.loads(claim.report)
    assert lying(true, folder) is None

    opposite = {"passed": "failed", "failed": "passed", "skipped": "passed"}
    lies = [{**true, "verdict": "certified" if true["verdict"] != "certified" else "not-certified"}]
    for place, clause in enumerate(true["clauses"]):
        lies.append(with_clause(true, place, {**clause, "outcome": opposite.get(clause["outcome"], "passed")}))
    lies += [without(true, "calls", place) for place in range(len(true["calls"]))]
    for name in dict.fromkeys(each["id"] for each in true["scenarios"]):
        left = [each for each in true["scenarios"] if each["id"] != name]
        lies.append({**true, "scenarios": left, "calls": [c for c in true["calls"] if c["scenario"] != name]})
    told = random.Random(21).sample(lies[1:], examples(40))  # each is judged whole: all of them take half a minute

    assert [lie for lie in (lies[0], *told) if lying(lie, folder) is None] == []


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("connector.py", CONNECTOR + "\n", "was changed"),
        ("own_part.py", None, "is missing"),
        ("helper.js", "1", "is new"),
        ("requirements.txt", "requests==9\n", "was changed"),
    ],
)
def test_a_changed_folder_is_found(
    claim: Claim, folder: Path, tmp_path: Path, name: str, text: str | None, what: str
) -> None:
    for each in ("connector.py", "own_part.py", "requirements.txt"):
        (tmp_path / each).write_bytes((folder / each).read_bytes())
    (tmp_path / name).write_text(text) if text else (tmp_path / name).unlink()

    found = list(problems(replace(claim, connector=tmp_path / "connector.py")))

    assert found == [f"the connector's file '{name}' {what} since it was certified"]


def test_a_key_is_for_its_owner_only_and_never_overwritten(tmp_path: Path) -> None:
    public = envelope.new_key(tmp_path / "my.key")

    assert (tmp_path / "my.key").stat().st_mode & 0o777 == 0o600
    assert envelope.public_key(public) == envelope.private_key(tmp_path / "my.key").public_key()
    with pytest.raises(envelope.SignatureError, match="is there already"):
        envelope.new_key(tmp_path / "my.key")
