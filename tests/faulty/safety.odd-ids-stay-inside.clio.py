"""Pastes the id into the path as it is. [odd-ids]"""

from parts import ask, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
    return told(ask("DELETE", url, auth_header))
