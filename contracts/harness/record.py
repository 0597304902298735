"""Call records: completed and masked, so that they can be stored and judged anywhere."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenroom.connectors.bridges.bridge import Reply
from greenroom.connectors.bridges.lines import Lines
from greenroom.connectors.bridges.notes import distinct
from greenroom.simulators.core.journal import Entry

Mask = Callable[[str], str]
LONGEST_TEXT = 4000
"""Characters of an error's text or trace that a record keeps; cut after masking, so that no part of a secret stays."""

OWN = ("crm", "calendar")
"""What a record has from the CRM itself: it is long, and without secrets."""


@dataclass(frozen=True)
class Written:
    """How a record is written: its secrets masked, its times from when the call ``began``, by the connector's clocks.

    ``began`` in seconds of this machine's monotonic clock; ``rate``: how much faster the connector's clocks run;
    ``lines`` knows where its requests came from.
    """

    mask: Mask
    began: float
    rate: float = 1.0
    lines: Lines | None = None

    def entry(self, entry: Entry) -> dict[str, Any]:
        """Return a request and its response."""
        after = round((entry.moment - self.began) * self.rate, 4)
        seconds = round(entry.seconds * self.rate, 6)
        return {**entry.to_json(self.mask), "seconds": seconds, "after": after, **_lines(entry, self.lines, self.began)}


def complete(
    record: dict[str, Any],
    reply: Reply,
    journal: Sequence[Entry],
    late: Sequence[Entry],
    attempts: Sequence[Mapping[str, Any]],
    written: Written,
) -> dict[str, Any]:
    """Add to a record what is known only once late work is over, and mask every secret in it."""
    record["attempts"], record["unseen"] = distinct(attempts), reply.suspects()
    afterwards = reply.printed(late=True)
    record["printed"] = reply.printed() | {f"late_{name}": text for name, text in afterwards.items()}
    record["printed_at"] = _printed_at(record["printed"], written)
    own: dict[str, Any] = {name: record[name] for name in OWN if name in record}
    masked: dict[str, Any] = json.loads(written.mask(json.dumps({k: v for k, v in record.items() if k not in own})))
    masked |= own
    for name, entries in (("journal", journal), ("late", late)):
        masked[name] = [written.entry(entry) for entry in entries]
    error = masked["outcome"].get("error", {})
    for name in ("message", "trace"):
        if name in error:
            error[name] = _ends(error[name])
    return masked


def _lines(entry: Entry, lines: Lines | None, began: float) -> dict[str, Any]:
    """Return the connector's lines from which a request came, where they are known."""
    if lines is None:
        return {}
    came, target = entry.moment - entry.seconds, f"{entry.path}?{entry.query}" if entry.query else entry.path
    found = lines.find(entry.method, target, came, began if came >= began else 0.0)
    return {"lines": list(found)} if found else {}


def _printed_at(printed: Mapping[str, str], written: Written) -> list[dict[str, Any]]:
    """Return where rows of output were printed, if that is known: the stream, the number of the row, and the line."""
    if written.lines is None:
        return []
    rows = ((name, number, row) for name, text in printed.items() for number, row in enumerate(text.splitlines()))
    found = ((*each, written.lines.printed(each[0].removeprefix("late_"), each[2], written.began)) for each in rows)
    return [{"stream": name, "row": number, "at": at} for name, number, _, at in found if at]


def _ends(text: str) -> str:
    """Return a text, or its beginning and its end: some languages say the cause first, some last."""
    half = LONGEST_TEXT // 2
    return text if len(text) <= LONGEST_TEXT else f"{text[:half]}\n…\n{text[-half:]}"
