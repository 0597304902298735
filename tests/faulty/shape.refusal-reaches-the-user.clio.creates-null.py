"""Takes the id from a body that may be empty: null goes to App Connect, which refuses it. [unusable-answers]"""

from creates import UNKNOWN, clio_calendar, clio_entry, clio_post
from parts import failed


def create_appointment(*, user, auth_header, payload):
    calendar = clio_calendar(user, auth_header)
    if calendar is None:
        return failed("You have no calendar in Clio that you may write to, or Clio did not answer.")
    try:
        response = clio_post(user, auth_header, clio_entry(payload, calendar))
    except OSError:
        return failed(UNKNOWN)
    if response.status_code >= 300:
        return failed("Clio did not create the appointment.")
    try:
        data = response.json().get("data")
    except (ValueError, AttributeError):
        data = None
    return {"successful": True, "appointmentId": data.get("id") if isinstance(data, dict) else None}
