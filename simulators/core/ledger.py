"""The fidelity ledger: what a simulator does, how we know, and the test that pins it."""

from dataclasses import dataclass

MARKS = ("verified", "likely", "unknown")


@dataclass(frozen=True)
class Row:
    """One simulated behaviour: its source, how sure the source is, and the test that pins it (``file.py::name``).

    ``routes`` are those it is about, as ``METHOD path``.
    """

    behaviour: str
    mark: str
    source: str
    test: str
    routes: tuple[str, ...] = ()


def row(behaviour: str, mark: str, source: str, test: str, *routes: str) -> Row:
    """Make a row."""
    return Row(behaviour, mark, source, test, routes)
