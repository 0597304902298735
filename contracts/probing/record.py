"""Records of what was seen live: JSON without a secret, an address or an id, that two people's runs merge into one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from greenroom.contracts import schemas
from greenroom.contracts.errors import RecordError

Record = Mapping[str, Any]
FORMAT = "greenroom-probe/1"


def record(crm: str, version: str, rows: Iterable[Mapping[str, Any]]) -> Record:
    """Return a record of some rows, each with ``behaviour``, ``by``, ``at``, ``outcome``, ``expected`` and ``got``."""
    return {"format": FORMAT, "crm": crm, "greenroom": version, "rows": sorted(rows, key=_key)}


def read(path: Path) -> Record:
    """Return a stored record.

    Raises:
        RecordError: the file holds none.

    """
    try:
        found: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RecordError(f"record '{path}' cannot be read: {error}") from None
    if wrong := schemas.problem("probe", found, "it"):
        raise RecordError(f"'{path}' is no record of 'greenroom probe': {wrong}")
    return dict(found)


def write(path: Path, what: Record) -> None:
    """Store a record.

    Raises:
        RecordError: it cannot be written.

    """
    try:
        path.write_text(json.dumps(what, indent=2, ensure_ascii=False) + "\n", "utf-8", newline="\n")
    except OSError as error:
        raise RecordError(f"record '{path}' cannot be written: {error.strerror}") from None


def merged(records: Sequence[Record]) -> Record:
    """Return records of one CRM as one. Of what one person saw of one row, the last time counts.

    Raises:
        RecordError: they are of several CRMs.

    """
    crms = sorted({each["crm"] for each in records})
    if len(crms) != 1:
        raise RecordError(f"the records are about different CRMs: {', '.join(crms)}")
    last: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in sorted((row for each in records for row in each["rows"]), key=_moment):
        last[_key(row)] = row
    return record(crms[0], max(str(each["greenroom"]) for each in records), last.values())


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["behaviour"], row["by"]


def _moment(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Order rows by time; the rest makes the order certain, so that it never matters which record comes first."""
    return tuple(str(row[name]) for name in ("at", "outcome", "expected", "got"))


def seen(records: Iterable[Record], behaviour: str) -> str:
    """Say when and by how many a row was seen live, empty where nobody has probed it."""
    rows = [row for each in records for row in each["rows"] if row["behaviour"] == behaviour]
    said = [_said(rows, outcome, word) for outcome, word in (("seen", "seen"), ("differs", "differs"))]
    return "; ".join(filter(None, said))


def _said(rows: Sequence[Mapping[str, Any]], outcome: str, word: str) -> str:
    found = [row for row in rows if row["outcome"] == outcome]
    return f"{word} {max(row['at'] for row in found)[:10]} by {len({r['by'] for r in found})}" if found else ""
