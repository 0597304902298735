"""The fidelity ledger: what a simulator does, how we know, and the test that pins it."""

from dataclasses import dataclass

MARKS = ("verified", "likely", "unknown")


@dataclass(frozen=True)
class Row:
    """One simulated behaviour: its source, how sure the source is, and the test that pins it (``file.py::name``)."""

    behaviour: str
    mark: str
    source: str
    test: str
