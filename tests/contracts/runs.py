"""Certification runs as tests use them, and what must come out of those of faulty and of correct connectors."""

import json
from pathlib import Path
from typing import Any

from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.clause import LEVELS
from greenroom.contracts.clauses.judge import Verdict
from greenroom.contracts.harness.testbed import judged
from greenroom.contracts.interfaces import CANCEL, CONFIRM, CREATE
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.rejudge import rejudge
from greenroom.contracts.run.runner import certify
from greenroom.simulators import CRMS
from tests.catalogue import HERE, LONG, WHOLE, Specimen, its_turn, sample
from tests.once import Once

REFERENCE = HERE.parent / "connectors" / "reference"

STRENGTH = {clause.id: clause.strength for clause in CLAUSES}
DEADLINES = {"lock-hangs": 3.0, "hangs": 0.4, "drips": 2.0, "repeats": 5.0}
"""Seconds that those faulty ones are waited for who would wait for ever."""
PATIENT = 30.0
"""Seconds for correct ones that wait twenty seconds; the others give up earlier."""
WHOLE_RUN = "a whole run of Clio's"
"""The group of those tests that ask for all interfaces of the reference connector for Clio."""


def certificate(target: str, crm: str, level: str = "documented", **more: Any) -> Certificate:
    """Run a certification to its end."""
    return run(RunConfig(target, crm, level=level, **more))


def run(config: RunConfig) -> Certificate:
    """Run what is ordered to its end."""
    *_, last = certify(config)
    assert isinstance(last, RunFinished)
    return last.certificate


class Recorded:
    """Runs of the reference connectors, each played once for all processes of a test run, and judged again.

    Clio's cancels only, which is played at each commit. ``whole`` plays all interfaces, and costs a minute: a test that
    asks for it is marked ``in_turn(WHOLE_RUN, every=LONG)``. The others play two interfaces and one of the rest, and
    tests that ask for them are marked, too.
    """

    def __init__(self, once: Once) -> None:
        self._once = once
        self._judged: dict[Path, Certificate] = {}

    def __call__(self, crm: str) -> Certificate:
        """Return the certificate; who asks first plays, the others wait for the record. Nobody changes it."""
        return self._judge(self._record(crm, _interfaces(crm)))

    def whole(self, crm: str) -> Certificate:
        """Return the certificate of all interfaces."""
        return self._judge(self._record(crm, ()))

    def report(self, crm: str) -> dict[str, Any]:
        """Return the report alone, which nobody judges again."""
        report: dict[str, Any] = json.loads(self._record(crm, _interfaces(crm)).read_text())
        return report

    def _judge(self, path: Path) -> Certificate:
        if path not in self._judged:
            self._judged[path] = rejudge(json.loads(path.read_text()))
        return self._judged[path]

    def _record(self, crm: str, interfaces: tuple[str, ...]) -> Path:
        def play(folder: Path) -> None:
            found = certificate(str(REFERENCE / f"{crm}.py"), crm, LEVELS[-1], interfaces=interfaces)
            (folder / "report.json").write_text(json.dumps(found.report()))

        return self._once(f"{crm}-{len(interfaces) or 'all'}", play) / "report.json"


def _interfaces(crm: str) -> tuple[str, ...]:
    """Return those that are played at this commit, all by no name: a whole run is there for others where it is played."""
    if WHOLE or (crm == "clio" and its_turn(WHOLE_RUN, LONG)):
        return ()
    if crm == "clio":
        return (CANCEL.name,)
    known = judged(CRMS[crm])
    first = (CANCEL.name, CONFIRM.name if CONFIRM.name in known else CREATE.name)
    return (*first, *sample([name for name in known if name not in first], 1, LONG))


def failed(found: Certificate, strength: str | None = None) -> dict[str, Verdict]:
    """Return the failed clauses by id, of one strength or of both."""
    wanted = [v for v in found.verdicts if v.outcome == "failed" and strength in (None, v.clause.strength)]
    return {verdict.clause.id: verdict for verdict in wanted}


def configured(specimen: Specimen) -> RunConfig:
    """Return the order for a connector, where its story says that its bug shows or its style matters."""
    if specimen.clause is None:
        deadline = PATIENT if "twenty" in specimen.story else 12.0
    else:
        deadline = next((seconds for word, seconds in DEADLINES.items() if word in specimen.path.stem), 30.0)
    level = "documented" if specimen.clause and not specimen.scenarios else LEVELS[-1]
    return RunConfig(
        specimen.target,
        specimen.crm,
        level=level,
        runtime=specimen.runtime,
        deadline=deadline,
        scenarios=specimen.scenarios,
    )


def misplaced(specimen: Specimen, found: Certificate) -> str | None:
    """Say where a bug was reported, if its line is marked and another one was named; else return None."""
    violations = next(verdict.violations for verdict in found.verdicts if verdict.clause.id == specimen.clause)
    named = {violation.at for violation in violations}
    right = {f"{specimen.path.relative_to(Path.cwd())}:{number}" for number in specimen.marked}
    return f"{sorted(map(str, named))}, not {sorted(right)}" if right and not named <= right else None


def wrong(specimen: Specimen, found: Certificate) -> str | None:
    """Say what is wrong with what was found in a connector, or return None.

    A faulty one is caught by its own clause: a broken must refuses the certificate, a broken should is advice. A correct
    one is certified; reference connectors get no advice either.
    """
    errored = [v.reason for v in found.verdicts if v.outcome == "errored"]
    if specimen.clause in failed(found):  # who hangs again and again is called no more, and asks for what is not there
        errored = [why for why in errored if not any(word in str(why) for word in ("not made", "not simulated"))]
    if errored:
        return f"could not be judged: {errored}"
    if specimen.clause is None:
        caught = failed(found, None if specimen.path.parent.name == "reference" else "must")
        reached = found.verdict == "holds" if found.partial else found.reached == LEVELS[-1]
        return None if reached and not caught else f"{found.verdict}: {sorted(caught)}"
    if specimen.clause not in failed(found):
        return f"{specimen.clause} did not catch it, but {sorted(failed(found))}"
    expected = "not-certified" if STRENGTH[specimen.clause] == "must" else "certified"
    return f"{found.verdict}, not {expected}" if not specimen.scenarios and found.verdict != expected else None
