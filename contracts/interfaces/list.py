"""``listAppointments``: the appointments of some days, as the panel shows them."""

from collections.abc import Mapping
from typing import Any

from greenroom.contracts.interfaces.interface import PAGE, Interface, Part

ERRORS = f"{PAGE}docs/developers/errors.md"


def _example(days: Any) -> dict[str, Any]:
    """Return the inputs for a range of days; for anything else none, as App Connect leaves an absent range out."""
    return {"range": dict(days)} if isinstance(days, Mapping) else {}


def _refused(params: Part) -> str | None:
    """Return what a schema cannot say: a range ends no sooner than it begins."""
    days = params.get("range")
    return "range.startDate is after range.endDate" if days and days["startDate"] > days["endDate"] else None


def _envelope(_params: Part, value: Part) -> dict[str, Any]:
    """Build the response as the route does: the message of a success is dropped."""
    if value.get("successful", True) is False:
        message = {"returnMessage": value["returnMessage"]} if "returnMessage" in value else {}
        return {"successful": False, **message}
    return {"successful": True, **{name: value[name] for name in ("appointments",) if name in value}}


LIST = Interface(
    "listAppointments",
    optional=("range",),
    quotes={
        "purpose": (
            "This interface retrieves upcoming appointments from the connected CRM so they can be displayed within App "
            "Connect's appointment panel."
        ),
        "result": "An object with the following property: appointments",
        "successful": "appointments: An array of appointment objects.",
        "message": "return messages for permission, licensing, or CRM API failures that a user can act on",
        "range": "range: (Optional) An object … defining the window of appointments to fetch.",
        "id": "id: The unique identifier of the appointment in the CRM.",
        "start": "startTimeUtc: ISO-8601 UTC timestamp of the appointment start time.",
        "status": 'status: Current status. Typically "scheduled", "cancelled", or "confirmed".',
        "description": "description: Notes or body text for the appointment.",
    },
    pages={"message": ERRORS},
    example=_example,
    envelope=_envelope,
    refused=_refused,
    lists=True,
)
