"""Tries changes one after the other: what holds in a certified copy stays, all else is taken back."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import Any

from greenroom.connectors.bridges.target import Target, parse
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.compare import compare
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.runner import certify
from greenroom.simulators import find_crm
from greenroom.suggest import javascript, python
from greenroom.suggest.copying import copied

Change = Callable[[str, Sequence[str]], str]
"""Takes a source and the names of the interfaces in which a promise is broken, and returns the changed source."""
LIMIT = 10
"""Seconds that a request may take in a suggested change."""


@dataclass(frozen=True)
class Cause:
    """A known cause: its name, the clauses that it breaks, and the change of each language."""

    name: str
    clauses: tuple[str, ...]
    changes: Mapping[str, Change]


@dataclass(frozen=True)
class Suggestion:
    """A change that held in a copy: the causes it is for, the clauses that hold then, and the difference."""

    causes: tuple[str, ...]
    kept: tuple[str, ...]
    diff: tuple[str, ...]


def causes(crm: str, deadline: float) -> tuple[Cause, ...]:
    """Return the causes for which a change is known."""
    profile = find_crm(crm).profile
    way, title = profile.cancellation.name, profile.title
    seconds = max(1, int(min(LIMIT, deadline / 3)))  # a look after the time-out must fit in as well
    ends = ("bounds.comes-to-an-end", "shape.returns", "bounds.gives-up-on-a-drip")
    messages = ("shape.reaches-the-user", "shape.refusal-reaches-the-user")
    return (
        _cause("a request without a time-out", ends, lambda of, source, _: of.limit(source, seconds)),
        _cause("an id that is not encoded", ("safety.odd-ids-stay-inside",), lambda of, source, _: of.encode(source)),
        _cause("a missing message", messages, lambda of, source, _: of.tell(source, title)),
        _cause(
            "a refusal that escapes",
            ("truth.no-wrong-logout",),
            lambda of, source, names: of.explain(source, names, title),
        ),
        _cause("a missing declaration", ("effect.declares-behaviour",), lambda of, source, _: of.declare(source, way)),
    )


def _cause(name: str, clauses: tuple[str, ...], change: Callable[[Any, str, Sequence[str]], str]) -> Cause:
    """Return a cause. Both languages have a function of the same name for each change."""
    return Cause(name, clauses, {"python": partial(change, python), "javascript": partial(change, javascript)})


def suggest(config: RunConfig, found: Certificate, progress: Callable[[str], None]) -> Suggestion | None:
    """Return a change that holds, or None. The connector itself stays as it is."""
    target = parse(config.target)
    if target.path is None:
        return None
    language = "python" if target.path.suffix == ".py" else "javascript"
    with copied(target.path) as file:
        trial = _Trial(config, target, file, found)
        for cause in causes(config.crm, config.deadline):
            if broken(found, cause):
                progress(f"trying a change for {cause.name} in a copy")
                trial.attempt(cause, cause.changes[language])
        return trial.suggestion()


def broken(found: Certificate, cause: Cause) -> set[tuple[str, str]]:
    """Return the clauses of a cause that are broken, by id and scenario."""
    failed = [v for v in found.verdicts if v.outcome == "failed" and v.clause.id in cause.clauses]
    return {(verdict.clause.id, violation.scenario) for verdict in failed for violation in verdict.violations}


def concerned(found: Certificate, cause: Cause) -> list[str]:
    """Return the interfaces in which the clauses of a cause are broken."""
    failed = (v.interface for v in found.verdicts if v.outcome == "failed" and v.clause.id in cause.clauses)
    return list(dict.fromkeys(filter(None, failed)))


def _errored(found: Certificate) -> set[tuple[str, str]]:
    return {(verdict.clause.id, verdict.interface) for verdict in found.verdicts if verdict.outcome == "errored"}


class _Trial:
    """The copy as it is by now, and its certificate."""

    def __init__(self, config: RunConfig, target: Target, file: Path, found: Certificate) -> None:
        attribute = f":{target.attribute}" if target.attribute else ""
        self._config = replace(config, target=f"{file}{attribute}", seed=found.seed)
        self._file, self._name = file, config.target
        self._first = self._source = file.read_text("utf-8")
        self._found = found
        self._causes: list[str] = []
        self._kept: dict[str, None] = {}

    def attempt(self, cause: Cause, change: Change) -> None:
        """Keep a change if promises of its cause hold then, and no other is broken."""
        changed = change(self._source, concerned(self._found, cause))
        if changed == self._source:
            return
        self._file.write_text(changed, "utf-8")
        now = self._certified()
        if now is None or not self._holds(now, cause):
            self._file.write_text(self._source, "utf-8")
            return
        mended = broken(self._found, cause) - broken(now, cause)
        self._kept |= dict.fromkeys(sorted(clause for clause, _ in mended))
        self._causes.append(cause.name)
        self._source, self._found = changed, now

    def _holds(self, now: Certificate, cause: Cause) -> bool:
        errored = _errored(now) - _errored(self._found)
        newly = compare(self._found.report(), now.report()).broken
        return not errored and not newly and broken(now, cause) < broken(self._found, cause)

    def _certified(self) -> Certificate | None:
        try:
            with closing(certify(self._config)) as events:
                return next((event.certificate for event in events if isinstance(event, RunFinished)), None)
        except (BridgeError, ConfigError):
            return None

    def suggestion(self) -> Suggestion | None:
        """Return what was kept, if anything was."""
        if not self._causes:
            return None
        name = self._name.removeprefix("./")
        first, last = self._first.splitlines(), self._source.splitlines()
        diff = tuple(unified_diff(first, last, f"a/{name}", f"b/{name}", lineterm=""))
        return Suggestion(tuple(self._causes), tuple(self._kept), diff)
