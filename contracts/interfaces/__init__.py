"""The interfaces of App Connect. An interface is one file and one row here."""

from collections.abc import Mapping

from greenroom.contracts.interfaces.cancel import CANCEL
from greenroom.contracts.interfaces.confirm import CONFIRM
from greenroom.contracts.interfaces.create import CREATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.interfaces.list import LIST
from greenroom.contracts.interfaces.refresh import REFRESH
from greenroom.contracts.interfaces.update import UPDATE

INTERFACES: Mapping[str, Interface] = {each.name: each for each in (CANCEL, LIST, REFRESH, CONFIRM, CREATE, UPDATE)}
"""Those that are judged, in the order of the reports."""

__all__ = [
    "ALL", "CANCEL", "CHANGES", "CONFIRM", "CREATE", "INTERFACES", "LIST", "OF_ONE", "READS", "REFRESH", "UPDATE",
    "WITH_SUBJECT", "WRITES",
]  # fmt: skip

ALL = tuple(INTERFACES)
"""Every interface that is judged: for promises that hold whatever is called."""
WRITES = tuple(name for name, interface in INTERFACES.items() if not interface.only_reads)
"""Those that change something."""
READS = tuple(name for name in ALL if name not in WRITES)
"""Those that only read."""
WITH_SUBJECT = tuple(name for name, interface in INTERFACES.items() if interface.subject)
"""Those that name a record."""
CHANGES = tuple(name for name in WRITES if name in WITH_SUBJECT)
"""Those that change a record which is there."""
OF_ONE = tuple(name for name, interface in INTERFACES.items() if interface.of_one)
"""Those that are about one record, which they name or make."""
