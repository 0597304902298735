"""Two reports of one connector: what is newly broken, what is newly kept, and what is no longer played."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Report = Mapping[str, Any]
"""A report (``schemas/report.json``)."""
ANY = "*"
"""The scenario of a clause whose violations are waived: the report does not name them."""


class CompareError(ValueError):
    """Two reports cannot be compared. The message gives the reason."""


@dataclass(frozen=True, order=True)
class Broken:
    """A must that is broken: of which interface, by which clause, in which scenario."""

    interface: str
    clause: str
    scenario: str

    def __str__(self) -> str:
        return f"{self.clause} ({self.interface}) in '{self.scenario}'"


@dataclass(frozen=True)
class Comparison:
    """What became of the musts: ``broken`` and ``kept`` are new, ``unplayed`` was played before and is no more."""

    broken: tuple[Broken, ...]
    kept: tuple[Broken, ...]
    unplayed: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return it in words: each kind, with what belongs to it below; or that nothing changed."""
        kinds = {"newly broken": self.broken, "newly kept": self.kept, "no longer played": self.unplayed}
        found = [line for name, each in kinds.items() if each for line in (f"{name}:", *(f"  {one}" for one in each))]
        return found or ["nothing changed"]


def compare(old: Report, new: Report) -> Comparison:
    """Compare two reports. Only a must that held before, or was not judged, is newly broken; a waived one never is.

    Raises:
        CompareError: they are about different CRMs.

    """
    if old["crm"] != new["crm"]:
        raise CompareError(f"the reports are about different CRMs: {old['crm']} and {new['crm']}")
    before, now = set(_broken(old)), set(_broken(new))
    played = set(_played(new))
    known = {(each.interface, each.clause) for each in before if each.scenario == ANY}
    fresh = sorted(each for each in now - before if (each.interface, each.clause) not in known)
    gone = sorted(each for each in before - now if each.scenario == ANY or (each.interface, each.scenario) in played)
    missing = sorted(set(_played(old)) - played)
    kept = (each for each in gone if not _waived(new, each))
    return Comparison(
        tuple(each for each in fresh if each.scenario != ANY),
        tuple(kept),
        tuple(f"'{scenario}' ({interface})" for interface, scenario in missing),
    )


def _broken(report: Report) -> Iterator[Broken]:
    for clause in report["clauses"]:
        if clause["strength"] == "must" and clause.get("scored", True):
            if clause["outcome"] == "waived":
                yield Broken(clause["interface"], clause["id"], ANY)
            for violation in clause["violations"]:
                yield Broken(clause["interface"], clause["id"], violation["scenario"])


def _waived(report: Report, broken: Broken) -> bool:
    same = [c for c in report["clauses"] if (c["interface"], c["id"]) == (broken.interface, broken.clause)]
    return any(clause["outcome"] in ("waived", "errored") for clause in same) or (broken.scenario == ANY and not same)


def _played(report: Report) -> Iterator[tuple[str, str]]:
    for played in report["scenarios"]:
        yield played["interface"], played["id"]
