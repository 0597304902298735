"""Returns the deleted entry as the interface documentation's own example does: after a 204 its id is null."""

from parts import clio_delete, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    if not response.ok:
        return failed()
    entry = (response.json() if response.content else {}).get("data") or {}
    return {"successful": True, "appointment": {"id": entry.get("id"), "title": entry.get("summary") or ""}}
