"""Requirement sets: frozen, named lists of what a certificate rests on. A set is one JSON file in this folder."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.errors import ConfigError

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class RequirementSet:
    """One set: its name, its clauses by id, the ids of its scenarios, and the digests of its schemas."""

    name: str
    clauses: Mapping[str, Mapping[str, Any]]
    scenarios: tuple[str, ...]
    schemas: Mapping[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 of the set's canonical form."""
        return digest(self.to_json())

    def scores(self, clause: Clause, interface: str) -> bool:
        """Return whether the set holds a clause, as strict as it is today, for an interface."""
        row = self.clauses.get(clause.id)
        return row is not None and same(row, clause) and interface in row["interfaces"]

    def to_json(self) -> dict[str, Any]:
        """Return the set as its file holds it."""
        rows = [{"id": name, **row} for name, row in self.clauses.items()]
        schemas = dict(sorted(self.schemas.items()))
        return {"name": self.name, "clauses": rows, "scenarios": list(self.scenarios), "schemas": schemas}


def same(row: Mapping[str, Any], clause: Clause) -> bool:
    """Return whether a clause is as strict as a set's row says."""
    return (row["strength"], row["level"]) == (clause.strength, clause.level)


def digest(value: Any) -> str:
    """Return the SHA-256 of a JSON value: keys sorted, no blanks, ASCII."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def from_json(found: Mapping[str, Any]) -> RequirementSet:
    """Return the set that a file holds."""
    rows = {row["id"]: {name: value for name, value in row.items() if name != "id"} for row in found["clauses"]}
    return RequirementSet(found["name"], rows, tuple(found["scenarios"]), found["schemas"])


def known() -> dict[str, RequirementSet]:
    """Return all sets by name, the newest last: names end in their month."""
    sets = [from_json(json.loads(file.read_text("utf-8"))) for file in FOLDER.glob("*.json")]
    return {each.name: each for each in sorted(sets, key=lambda each: each.name.rpartition("/")[2])}


def find(name: str = "") -> RequirementSet:
    """Return the set of that name; empty: the newest.

    Raises:
        ConfigError: there is none of that name.

    """
    sets = known()
    if name and name not in sets:
        raise ConfigError(f"unknown requirement set '{name}'; use one of: {', '.join(sets)}")
    return sets[name or next(reversed(sets))]
