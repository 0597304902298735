"""The fake CRMs. A CRM of this repository is one folder and one row here; another package adds its own through the
entry-point group ``greenroom.simulators``.
"""

from importlib.metadata import entry_points

from greenroom.simulators.clio import CRM as CLIO
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.netsuite import CRM as NETSUITE

CRMS: dict[str, Crm] = {crm.profile.crm: crm for crm in (CLIO, NETSUITE)}


def known_crms() -> dict[str, Crm]:
    """Return every CRM by name: our own, then those that installed packages offer (ours win a name clash)."""
    found = {point.name: point.load() for point in entry_points(group="greenroom.simulators")}
    return {**found, **CRMS}


def find_crm(name: str) -> Crm:
    """Return the CRM of that name.

    Raises:
        LookupError: no such CRM; the message lists the names that exist.

    """
    crms = known_crms()
    if name not in crms:
        msg = f"unknown CRM '{name}'; use one of: {', '.join(sorted(crms))}"
        raise LookupError(msg)
    return crms[name]
