"""An appointment as App Connect's interfaces have it: how the CRM holds it at a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenroom.simulators.core.appointment import CANCELLED, Appointment, written, zone
from greenroom.simulators.core.calendar import readable
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.world import World


def as_app_connect(appointment: Appointment) -> dict[str, Any]:
    """Return an appointment as App Connect's interface documentation describes it."""
    minutes = (appointment.end - appointment.start).total_seconds() / 60
    return {
        "id": appointment.id,
        "thirdPartyAppointmentId": appointment.id,
        "title": appointment.title,
        "description": appointment.description,
        "startTimeUtc": written(appointment.start),
        "durationMinutes": round(minutes),
        "status": _status(appointment),
        "contactId": next(iter((*appointment.contacts, *(str(each["id"]) for each in appointment.people))), ""),
        "attendees": [dict(person) for person in appointment.people],
    }


def as_held(appointment: Appointment) -> dict[str, Any]:
    """Return it with what clauses need beside, as call records hold it (``schemas/call.json``)."""
    named = list(appointment.contacts)
    return {**as_app_connect(appointment), "allDay": appointment.all_day, "namedContacts": named}


def _status(appointment: Appointment) -> str:
    if appointment.state == CANCELLED:
        return "cancelled"
    return "confirmed" if appointment.confirmed else "scheduled"


@dataclass(frozen=True)
class Standing:
    """How an appointment stands: its state, and the appointment as the CRM holds it (None: it holds none)."""

    state: str
    appointment: dict[str, Any] | None


NOWHERE = Standing("none", None)
"""How things stand where there is no appointment in particular."""
Standings = Mapping[str, Standing]
"""How several appointments stand, by id."""


def ids(crm: Crm, world: World) -> frozenset[str]:
    """Return the ids of all appointments that a world has."""
    return frozenset(str(record["id"]) for record in world.store.all(crm.profile.table))


def standing(crm: Crm, world: World, key: str) -> Standing:
    """Return how an appointment stands now."""
    record = world.store.get(crm.profile.table, key)
    if record is None:
        return Standing(crm.state(world, key), None)
    return Standing(crm.state(world, key), as_held(readable(crm, world, record, zone("UTC"))))
