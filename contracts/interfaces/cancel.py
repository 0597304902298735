"""``cancelAppointment``: cancels or deletes an appointment, whichever is appropriate for the CRM."""

from typing import Any

from greenroom.contracts.interfaces.interface import Interface, Part, Record, truthy


def is_over(record: Record, when: str) -> bool:
    """Tell whether nobody will attend the appointment any more: before the call, after it, or at the end."""
    return record["state"][when] in record["crm"]["over"]


def _shown(record: Record) -> tuple[str, ...]:
    return tuple(record["crm"]["shown"])


def _allows(record: Record, change: Part) -> bool:
    crm = record["crm"]
    marks = crm["marks"]
    if not marks or change["field"] in ("*", *crm["own_fields"]):
        return True
    return change["field"] in marks and bool(marks[change["field"]] == change["after"])


def action_envelope(params: Part, value: Part) -> dict[str, Any]:
    """Build the response as the route does: a truthy appointment wins over the message."""
    message = {"returnMessage": value["returnMessage"]} if "returnMessage" in value else {}
    if value.get("successful", True) is False:
        return {"successful": False, **message}
    rest = {"appointment": value["appointment"]} if truthy(value.get("appointment")) else message
    return {"successful": True, "appointmentId": str(params.get("appointmentId")), **rest}


CANCEL = Interface(
    "cancelAppointment",
    required=("appointmentId",),
    subject="appointmentId",
    operations=("cancel",),
    quotes={
        "purpose": "This interface cancels or deletes an appointment in the connected CRM.",
        "subject": "appointmentId: The CRM ID of the appointment to cancel.",
        "result": "An object indicating the result of the operation",
        "successful": "successful: true if the cancellation succeeded, false otherwise.",
        "message": "returnMessage: (Optional) An object with message, messageType, and ttl to display to the user.",
        "crm": (
            "Clio permanently deletes the calendar entry. NetSuite patches the appointment's status field to mark it "
            "cancelled and keeps the record. Implement whichever behavior is appropriate for your CRM and document it "
            "for users."
        ),
    },
    example=lambda subject: {"appointmentId": subject},
    fulfilled=is_over,
    shown=_shown,
    allows=_allows,
    envelope=action_envelope,
    ends=True,
)
