"""``refreshAppointment``: the present state of one appointment."""

from typing import Any

from greenroom.contracts.interfaces.interface import Interface, Part, truthy


def record_envelope(params: Part, value: Part) -> dict[str, Any]:
    """Build the response as the route does: the appointment always, a truthy message beside it."""
    said = value.get("returnMessage")
    if value.get("successful", True) is False:
        return {"successful": False, **({"returnMessage": said} if "returnMessage" in value else {})}
    shown = {"appointment": value["appointment"]} if "appointment" in value else {}
    message = {"returnMessage": said} if truthy(said) else {}
    return {"successful": True, "appointmentId": str(params.get("appointmentId")), **shown, **message}


REFRESH = Interface(
    "refreshAppointment",
    required=("appointmentId",),
    subject="appointmentId",
    quotes={
        "purpose": "This interface fetches the latest state of a single appointment from the CRM.",
        "subject": "appointmentId: The CRM ID of the appointment to retrieve.",
        "result": "appointment: The current appointment object from the CRM.",
        "successful": (
            "If the appointment cannot be found, return: successful: false; returnMessage: An object with message, "
            "messageType, and ttl."
        ),
        "message": "returnMessage: An object with message, messageType, and ttl.",
        "reads": (
            "It is called when a user … manually refreshes an appointment to pick up changes made directly in the CRM."
        ),
    },
    example=lambda subject: {"appointmentId": subject},
    envelope=record_envelope,
)
