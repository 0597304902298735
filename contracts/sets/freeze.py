"""The requirement set that today's tree would make, and how it differs from a frozen one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from greenroom.contracts import schemas
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.scenarios import SCENARIOS
from greenroom.contracts.sets import RequirementSet, digest

OPEN = "app-connect-1.7.41/2026-12"
"""The set that is not released yet: ``make docs`` writes it anew. A released set never changes."""
OUR_FORMS = ("call", "certificate", "fuzz", "probe", "report", "story")
"""Schemas of what Greenroom writes. They ask nothing of a connector."""


def today(name: str) -> RequirementSet:
    """Return the set of today's clauses, scenarios and schemas."""
    files = sorted(Path(schemas.__file__).parent.glob("*.json"))
    found = {file.stem: digest(schemas.load(file.stem)) for file in files if file.stem not in OUR_FORMS}
    return RequirementSet(name, {c.id: _row(c) for c in CLAUSES}, tuple(s.id for s in SCENARIOS), found)


def text(requirements: RequirementSet) -> str:
    """Return a set as its file holds it."""
    return json.dumps(requirements.to_json(), indent=2) + "\n"


def _row(clause: Clause) -> dict[str, Any]:
    return {
        "strength": clause.strength,
        "level": clause.level,
        "interfaces": list(clause.interfaces),
        "text": digest(_stated(clause)),
    }


def _stated(clause: Clause) -> list[Any]:
    """Return what a clause states. How its code is written, and its examples, may change."""
    sources = [clause.source.of(name) for name in clause.interfaces]
    return [clause.title, clause.why, *([each.kind, each.text, each.url] for each in sources)]


def newer(frozen: RequirementSet, current: RequirementSet) -> list[str]:
    """Return, in words, what today's tree has otherwise than a frozen set."""
    scenarios = (dict.fromkeys(frozen.scenarios, ""), dict.fromkeys(current.scenarios, ""))
    return [
        *_changes("clause", frozen.clauses, current.clauses),
        *_changes("scenario", *scenarios),
        *_changes("schema", frozen.schemas, current.schemas),
    ]


def _changes(kind: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [
        f"{kind} {name}: {'new' if name not in before else 'gone' if name not in now else 'changed'}"
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name) or (name in before) != (name in now)
    ]
