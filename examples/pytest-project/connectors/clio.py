"""Our connector for Clio."""

import re

import requests

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    """Delete the calendar entry."""
    if not re.fullmatch(r"[0-9]{1,19}", str(appointment_id)):
        return answer(False, "Clio has no such appointment.")
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
    try:
        response = requests.delete(url, headers={"Authorization": auth_header}, timeout=5, allow_redirects=False)
    except requests.RequestException:
        return answer(False, "Clio did not answer. Please look at your calendar.")
    if response.status_code == 204:
        return answer(True, "The appointment was deleted in Clio.")
    return answer(False, f"Clio refused ({response.status_code}). Please look at your calendar.")


def answer(successful, message):
    """Return what App Connect shows."""
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 5000}}
