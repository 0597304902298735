"""The fake CRMs. A CRM of this repository is one folder and one row here; another package adds its own through the
entry-point group ``greenroom.simulators``.

A CRM is loaded when it is asked for: its languages (SuiteQL, say) are a third of a start.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.metadata import entry_points

from greenroom.simulators.core.crm import Crm


class _Own(Mapping[str, Crm]):
    """CRMs by the name of their folder here."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def __getitem__(self, name: str) -> Crm:
        if name not in self._names:
            raise KeyError(name)
        found: Crm = import_module(f"{__name__}.{name}").CRM
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


CRMS = _Own("clio", "netsuite")


def known_crms() -> dict[str, Crm]:
    """Return every CRM by name: our own, then those that installed packages offer (ours win a name clash)."""
    found = {point.name: point.load() for point in entry_points(group="greenroom.simulators")}
    return {**found, **CRMS}


def find_crm(name: str) -> Crm:
    """Return the CRM of that name.

    Raises:
        LookupError: no such CRM; the message lists the names that exist.

    """
    if name in CRMS:
        return CRMS[name]
    crms = known_crms()
    if name not in crms:
        msg = f"unknown CRM '{name}'; use one of: {', '.join(sorted(crms))}"
        raise LookupError(msg)
    return crms[name]
