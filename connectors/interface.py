"""App Connect's appointment interfaces as a Python connector offers them.

The result is the JSON-able mapping that the interface documentation describes::

    {"successful": True, "returnMessage": {"message": "Appointment cancelled.", "messageType": "success", "ttl": 3000}}
"""

from typing import Any, NotRequired, Protocol, TypedDict


class ReturnMessage(TypedDict):
    """What App Connect shows to the user: ``ttl`` in milliseconds, ``messageType`` success, warning or error."""

    message: str
    messageType: str
    ttl: int


class CancelResult(TypedDict):
    """The result of a cancellation."""

    successful: bool
    returnMessage: NotRequired[ReturnMessage]


class CancelsAppointments(Protocol):
    """A connector that offers ``cancelAppointment``."""

    def cancel_appointment(self, *, user: dict[str, Any], auth_header: str, appointment_id: str) -> CancelResult:
        """Cancel or delete an appointment in the CRM, whichever is appropriate for it."""


def told(message: str, kind: str, ttl: int) -> ReturnMessage:
    """Build a return message."""
    return {"message": message, "messageType": kind, "ttl": ttl}
