"""What the CRM holds that a person may see, in App Connect's form: what a list is judged by."""

from datetime import timedelta
from typing import Any

from greenroom.contracts.harness.view import as_held
from greenroom.simulators.core.appointment import zone
from greenroom.simulators.core.calendar import UNKNOWN, readable
from greenroom.simulators.core.crm import Crm, Holding
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import Person, World


def held(crm: Crm, world: World, person: Person) -> list[dict[str, Any]]:
    """Return every record that a person may see, by id, as call records hold them (``schemas/call.json``)."""
    found = crm.holdings(world, person) or {}
    records = [(key, world.store.get(crm.profile.table, key)) for key in sorted(found)]
    return [_item(crm, world, record, found[key]) for key, record in records if record is not None]


def _item(crm: Crm, world: World, record: Record, holding: Holding) -> dict[str, Any]:
    shown = readable(crm, world, record, zone("UTC"))
    return {
        **as_held(shown),
        "series": bool(shown.repeats),
        "own": holding.own,
        "exact": holding.exact and shown.start != UNKNOWN,
    }


def days_around(crm: Crm, world: World, key: str) -> dict[str, str] | None:
    """Return the days from the one before an appointment to the one after it; None where there is no such record."""
    record = world.store.get(crm.profile.table, key)
    if record is None:
        return None
    shown, day = readable(crm, world, record, zone("UTC")), timedelta(days=1)
    return {"startDate": (shown.start - day).date().isoformat(), "endDate": (shown.end + day).date().isoformat()}
