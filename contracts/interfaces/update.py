"""``updateAppointment``: changes the fields of an appointment that a patch names, and no others."""

from collections.abc import Mapping
from typing import Any

from greenroom.contracts.interfaces.interface import Interface, Part, Record
from greenroom.contracts.interfaces.patch import CANCELLED, patch_of, unmet
from greenroom.contracts.interfaces.refresh import record_envelope


def _example(given: Any) -> dict[str, Any]:
    """Return a patch of the texts for an id, which follow from it; or an id with a patch, as they are."""
    if isinstance(given, Mapping):
        return dict(given)
    number = str(given)[-4:]
    texts = {"title": f"Follow-up on file {number}", "summary": f"Moved from the call of file {number}."}
    return {"appointmentId": given, "patchBody": texts}


def _fulfilled(record: Record, when: str) -> bool:
    return not unmet(record, when)


def _allows(record: Record, change: Part) -> bool:
    """Tell whether a change is of a field that the patch names. A status may be what cancelling sets, or removes."""
    patch, crm = patch_of(record), record["crm"]
    if change["field"] == "*":
        return patch.get("status") in CANCELLED and not crm["marks"]
    fields = {field for name in patch for field in crm.get("patch_fields", {}).get(name, ())}
    fields |= set(crm["marks"]) if "status" in patch else set()
    return change["field"] in fields or change["field"] in crm["own_fields"]


UPDATE = Interface(
    "updateAppointment",
    required=("appointmentId", "patchBody"),
    subject="appointmentId",
    operations=("update", "cancel", "confirm"),
    quotes={
        "purpose": "This interface updates an existing appointment in the connected CRM.",
        "subject": "appointmentId: The CRM ID of the appointment to update.",
        "patch": "patchBody: An object containing the fields to update.",
        "contacts": (
            "contacts: (Optional) Replacement list of attendee IDs or contact objects. When provided, existing "
            "attendees not in this list are removed."
        ),
        "result": "appointment: The full updated appointment object.",
        "successful": (
            "If the appointment cannot be found or updated, return: successful: false; returnMessage: An object with "
            "message, messageType, and ttl."
        ),
        "message": "returnMessage: An object with message, messageType, and ttl.",
    },
    example=_example,
    fulfilled=_fulfilled,
    allows=_allows,
    envelope=record_envelope,
    failed=(
        "Error updating appointment",
        (
            "Please check if the appointment entity still exists on {platform} and your account has permission to EDIT "
            "appointments. or All attendees have email address."
        ),
    ),
    undone="not as asked",
    steps=True,
)
