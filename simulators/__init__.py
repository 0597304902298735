"""The fake CRMs. A CRM of this repository is one folder and one row here; another package adds its own through the
entry-point group ``greenroom.simulators``.

A CRM is loaded when it is asked for: its languages (SuiteQL, say) are a third of a start.
"""

import warnings
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.names import did_you_mean

GROUP = "greenroom.simulators"
"""Where packages offer a CRM: the name, and the module and variable of its :class:`Crm`."""


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


CRMS = _Own("clio", "netsuite", "bullhorn")


def _plugins() -> dict[str, EntryPoint]:
    """Return what installed packages offer, by name; ours win a name clash."""
    return {point.name: point for point in entry_points(group=GROUP) if point.name not in CRMS}


def known_crms() -> dict[str, Crm]:
    """Return every CRM by name. A plugin that does not load is named in a warning; the others are there."""
    found: dict[str, Crm] = dict(CRMS)
    for name, point in _plugins().items():
        try:
            found[name] = _loaded(point)
        except LookupError as error:
            warnings.warn(str(error), RuntimeWarning, stacklevel=2)
    return found


def find_crm(name: str) -> Crm:
    """Return the CRM of that name. No other one is loaded.

    Raises:
        LookupError: no such CRM, and the message lists the names that exist; or it does not load.

    """
    if name in CRMS:
        return CRMS[name]
    plugins = _plugins()
    if name not in plugins:
        msg = f"unknown CRM '{name}'; {did_you_mean(name, sorted([*CRMS, *plugins]))}"
        raise LookupError(msg)
    return _loaded(plugins[name])


def _loaded(point: EntryPoint) -> Crm:
    """Return a plugin's CRM.

    Raises:
        LookupError: it cannot be imported, contradicts itself, or is none.

    """
    package = point.dist.name if point.dist else "an unknown package"
    try:
        found = point.load()
    except Exception as error:  # whatever the other package does as it is imported
        msg = f"the CRM '{point.name}' of {package} ({point.value}) does not load: {type(error).__name__}: {error}"
        raise LookupError(msg) from error
    if not isinstance(found, Crm):
        msg = f"the CRM '{point.name}' of {package} is no Crm: {point.value} is a {type(found).__name__}"
        raise LookupError(msg)
    return found
