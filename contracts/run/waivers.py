"""Waivers: known failures that may pass for a while, each with a reason and a last day."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.judge import Verdict
from greenroom.contracts.interfaces import INTERFACES
from greenroom.simulators.core.names import did_you_mean

KEYS = ("clause", "scenario", "reason", "expires", "interface")
FORMER = {"situation": "scenario"}
"""Former names of keys."""


class WaiverError(ValueError):
    """A file holds no valid waivers. The message names the error."""


@dataclass(frozen=True)
class Waiver:
    """Lets violations of one clause pass, in the scenarios that a glob matches, through the day ``expires``.

    ``interface``: in calls of that one only; None: of all.
    """

    clause: str
    scenario: str
    reason: str
    expires: date
    interface: str | None = None

    def concerns(self, verdict: Verdict) -> bool:
        """Return whether it is about a clause and, if it names one, an interface."""
        return self.clause == verdict.clause.id and self.interface in (None, verdict.interface)

    def covers(self, scenario: str) -> bool:
        """Return whether it covers a violation of its clause."""
        return fnmatchcase(scenario, self.scenario)


@dataclass(frozen=True)
class Applied:
    """A waiver after a run: the number of violations that it covered, and its problem or None."""

    waiver: Waiver
    used: int
    problem: str | None


def load(path: str) -> tuple[Waiver, ...]:
    """Read ``[[waiver]]`` tables from a TOML file.

    Raises:
        WaiverError: it cannot be read, or holds something else.

    """
    try:
        document = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WaiverError(f"waivers '{path}' cannot be read: {error}") from None
    tables = document.get("waiver")
    if set(document) != {"waiver"} or not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise WaiverError(f"waivers '{path}': use [[waiver]] tables, and nothing else")
    return tuple(_waiver(path, place, table) for place, table in enumerate(tables, start=1))


def like_clause(name: object) -> str:
    """Return what to say of a clause that does not exist."""
    meant = did_you_mean(name, [clause.id for clause in CLAUSES], "")
    return meant if meant.startswith("did") else "'greenroom clauses' lists them"


def _waiver(path: str, place: int, table: dict[str, Any]) -> Waiver:
    where = f"waivers '{path}', number {place}"
    table = {FORMER.get(key, key): value for key, value in table.items()}
    unknown = sorted(set(table) - set(KEYS))
    if unknown:
        raise WaiverError(f"{where}: unknown key '{unknown[0]}'; {did_you_mean(unknown[0], KEYS, 'use ')}")
    clause, scenario, reason = (table.get(key, "") for key in KEYS[:3])
    if clause not in [known.id for known in CLAUSES]:
        raise WaiverError(f"{where}: no clause '{clause}'; {like_clause(clause)}")
    if not isinstance(scenario, str) or not scenario or not isinstance(reason, str):
        raise WaiverError(f"{where}: scenario (an id or a glob such as 'lost-*') and reason must be text")
    if table.get("interface") not in (None, *INTERFACES):
        raise WaiverError(
            f"{where}: no interface '{table['interface']}'; {did_you_mean(table['interface'], INTERFACES)}"
        )
    if type(table.get("expires")) is not date:
        raise WaiverError(f"{where}: expires must be a date, such as expires = 2027-01-31")
    return Waiver(clause, scenario, reason.strip(), table["expires"], table.get("interface"))


def apply(waivers: Sequence[Waiver], verdicts: Sequence[Verdict], today: date) -> tuple[list[Verdict], list[Applied]]:
    """Return the verdicts without the waived violations, and the result of each waiver.

    A waiver that expired, has no reason or covers nothing is a problem. The first two kinds cover nothing.
    """
    valid = [waiver for waiver in waivers if waiver.reason and today <= waiver.expires]
    judged = [_waived(valid, verdict) for verdict in verdicts]
    return judged, [_applied(waiver, verdicts, today) for waiver in waivers]


def _waived(waivers: Sequence[Waiver], verdict: Verdict) -> Verdict:
    mine = [waiver for waiver in waivers if waiver.concerns(verdict)]
    covered = [v for v in verdict.violations if any(w.covers(v.scenario) for w in mine)]
    left = tuple(violation for violation in verdict.violations if violation not in covered)
    if not covered:
        return verdict
    if left:
        return replace(verdict, violations=left, waived=tuple(covered))
    return replace(verdict, outcome="waived", reason=mine[0].reason)


def _applied(waiver: Waiver, verdicts: Sequence[Verdict], today: date) -> Applied:
    broken = [v for verdict in verdicts if waiver.concerns(verdict) for v in verdict.violations]
    used = sum(waiver.covers(violation.scenario) for violation in broken)
    if not waiver.reason:
        return Applied(waiver, used, "it has no reason")
    if today > waiver.expires:
        return Applied(waiver, used, f"it expired on {waiver.expires}")
    return Applied(waiver, used, None if used else "it is not used: nothing is broken there")
