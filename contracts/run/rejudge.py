"""Judge a stored report again: from its calls alone, without the connector."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from greenroom.contracts import schemas
from greenroom.contracts.interfaces import INTERFACES
from greenroom.contracts.run.certificate import Certificate, Options, ScenarioPlayed
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.runner import judged
from greenroom.contracts.run.version1 import upgraded
from greenroom.contracts.run.waivers import Waiver


class StoredError(ValueError):
    """A file is no report that Greenroom can judge again. The message gives the reason."""


def load(path: str) -> dict[str, Any]:
    """Read a report with its calls.

    Raises:
        StoredError: the file cannot be read, or is no report of this version.

    """
    try:
        stored = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoredError(f"report '{path}' cannot be read: {error}") from None
    return checked(stored, f"'{path}'")


def checked(stored: Any, named: str) -> dict[str, Any]:
    """Return a report that can be judged again, in today's form.

    Raises:
        StoredError: it is no report of this version.

    """
    stored = upgraded(stored)
    if not isinstance(stored, dict) or "greenroom" not in stored:
        raise StoredError(f"{named} is no report: use one from 'greenroom certify TARGET --report FILE.json'")
    problems = (schemas.problem("report", stored), _missing(stored), *map(_call_problem, _calls(stored)))
    wrong = next((problem for problem in problems if problem), None)
    if wrong:
        raise StoredError(
            f"{named} is no report of this version: {wrong}; certify again with --report into another file"
        )
    found: dict[str, Any] = stored
    return found


def _calls(stored: Any) -> list[Any]:
    calls = stored.get("calls") if isinstance(stored, Mapping) else None
    return calls if isinstance(calls, list) else []


def _missing(stored: Any) -> str | None:
    needed = ("day", "selection", "scenarios", "waivers")
    missing = [name for name in needed if not isinstance(stored, Mapping) or name not in stored]
    return f"result: without {', '.join(missing)}" if missing else None


def _call_problem(call: Any) -> str | None:
    if wrong := schemas.problem("call", call):
        return wrong
    name = call["interface"]
    return None if name in INTERFACES else f"a call of '{name}', which this version does not judge"


def rejudge(stored: Mapping[str, Any]) -> Certificate:
    """Judge a stored report's calls again, at its level, with its selection and its waivers."""
    chosen: dict[str, Any] = {name: tuple(globs) for name, globs in stored["selection"].items()}
    waivers = tuple(_waiver(each) for each in stored["waivers"])
    name, crm, level, seed = stored["target"]["name"], stored["crm"], stored["level"], stored["seed"]
    by = stored.get("set", {}).get("name", "")
    config = RunConfig(
        name, crm, level, seed, waivers=waivers, isolated=stored.get("isolated", False), requirements=by, **chosen
    )
    played = [ScenarioPlayed(**timing) for timing in stored["scenarios"]]
    day = date.fromisoformat(stored["day"])
    options = Options(**stored.get("options", {}))
    found = judged(config, stored["target"], stored["calls"], played, stored["seconds"], day, options)
    return replace(found, failure=stored.get("failure"))


def _outcomes(report: Mapping[str, Any]) -> dict[str, str]:
    """Return the outcome of each clause of each interface, by its name in sentences."""
    return {f"{clause['interface']} {clause['id']}": clause["outcome"] for clause in report["clauses"]}


def _waiver(fields: Mapping[str, Any]) -> Waiver:
    return Waiver(
        fields["clause"],
        fields["scenario"],
        fields["reason"],
        date.fromisoformat(fields["expires"]),
        fields.get("interface"),
    )


def differences(stored: Mapping[str, Any], again: Certificate) -> list[str]:
    """Return the differences between the new judgement and the stored one."""
    new = again.report()
    if (stored["verdict"], new["verdict"]) == ("not-certified", "holds"):  # as earlier versions said of a selection
        new["verdict"] = stored["verdict"]
    before, now = _outcomes(stored), _outcomes(new)
    changed = [
        f"{name}: {stored[name]} became {new[name]}" for name in ("verdict", "reached") if stored[name] != new[name]
    ]
    names = sorted({*before, *now})
    return changed + [
        f"{name}: {before.get(name, 'not there')} became {now.get(name, 'not there')}"
        for name in names
        if before.get(name) != now.get(name)
    ]
