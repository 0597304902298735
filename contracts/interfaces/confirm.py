"""``confirmAppointment``: marks an appointment as confirmed, where the CRM has such a status."""

from greenroom.contracts.interfaces.cancel import action_envelope
from greenroom.contracts.interfaces.interface import Interface, Part, Record

CONFIRMED = "confirmed"
"""The status in App Connect's words."""


def _fulfilled(record: Record, when: str) -> bool:
    held = record.get("appointment", {}).get(when)
    return bool(held) and held["status"] == CONFIRMED


def _allows(record: Record, change: Part) -> bool:
    crm = record["crm"]
    sets = (change["field"], change["after"]) == (crm["status_field"], crm["confirmed_status"])
    return sets or change["field"] in crm["own_fields"]


def _known_to(crm: Part) -> bool:
    return crm.get("confirmed_status") is not None


CONFIRM = Interface(
    "confirmAppointment",
    required=("appointmentId",),
    subject="appointmentId",
    operations=("confirm",),
    quotes={
        "purpose": "This interface marks an existing appointment as confirmed in the connected CRM.",
        "subject": "appointmentId: The CRM ID of the appointment to confirm.",
        "result": "An object indicating the result of the operation",
        "successful": "successful: true if the confirmation succeeded, false otherwise.",
        "message": "returnMessage: (Optional) An object with message, messageType, and ttl to display to the user.",
    },
    example=lambda subject: {"appointmentId": subject},
    fulfilled=_fulfilled,
    shown=lambda _record: (CONFIRMED,),
    allows=_allows,
    envelope=action_envelope,
    known_to=_known_to,
    premise="unconfirmed",
    undone="not confirmed",
)
