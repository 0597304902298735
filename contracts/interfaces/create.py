"""``createAppointment``: makes an appointment, and returns its id."""

from typing import Any

from greenroom.contracts.interfaces.interface import Interface, Part, Record, truthy
from greenroom.contracts.interfaces.same import contact_ids

THERE = ("live",)
"""The state of an appointment that was made, and takes place."""


def invited(held: Part) -> list[str]:
    """Return the ids of those whom the CRM holds as attendees."""
    return [str(each["id"]) for each in held["attendees"]]


def _fulfilled(record: Record, when: str) -> bool:
    """Tell whether the call has made an appointment, and everybody who is asked for is invited."""
    held = record.get("appointment", {}).get(when)
    there = record["state"][when] in THERE and bool(held)
    return there and set(contact_ids(record["params"]["payload"])) <= set(invited(held))


def _envelope(_params: Part, value: Part) -> dict[str, Any]:
    """Build the response as the route does: appointment and message only where they are truthy."""
    if value.get("successful", True) is False:
        return {"successful": False, **{name: value[name] for name in ("returnMessage",) if name in value}}
    shown = {name: value[name] for name in ("appointment", "returnMessage") if truthy(value.get(name))}
    return {"successful": True, **{name: value[name] for name in ("appointmentId",) if name in value}, **shown}


CREATE = Interface(
    "createAppointment",
    required=("payload",),
    operations=("create",),
    content="payload",
    quotes={
        "purpose": "This interface creates a new appointment in the connected CRM.",
        "subject": "appointmentId: The ID of the newly created appointment in the CRM.",
        "result": "An object with the following properties: appointmentId; appointment",
        "successful": (
            "If the appointment cannot be created, return: successful: false; returnMessage: An object with message, "
            "messageType, and ttl."
        ),
        "message": "returnMessage: An object with message, messageType, and ttl.",
        "appointment": "appointment: The full appointment object representing the created record.",
        "title": "title: The appointment title or subject.",
        "summary": "summary: Notes or body text for the appointment.",
        "start": "startTimeUtc: ISO-8601 UTC timestamp for the appointment start time.",
        "duration": "durationMinutes: Duration of the appointment in minutes.",
        "contacts": (
            "contacts: (Optional) Array of contact IDs (strings or numbers) or contact objects with an id property to "
            "add as attendees."
        ),
    },
    example=lambda payload: {"payload": payload},
    fulfilled=_fulfilled,
    shown=lambda _record: (*THERE, "confirmed"),
    allows=lambda _record, change: change["field"] != "*" or change["after"] is not None,
    envelope=_envelope,
    failed=(
        "Error creating appointment",
        "Please check if your account has permission to CREATE appointments. or All attendees have email address.",
    ),
    undone="not created",
)
