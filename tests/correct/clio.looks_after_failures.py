"""Looks after every failure of the server; a missing appointment is then its own work. [lost-and-absent]"""

import requests

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = (
        f"https://{user['hostname']}/api/v4/calendar_entries/{requests.utils.quote(str(appointment_id), safe='')}.json"
    )
    status = _ask("DELETE", url, auth_header)
    if status is None or status >= 500:
        status = {404: 204, 200: 409}.get(_ask("GET", url, auth_header))
    if status == 204:
        return _said("The appointment is cancelled.", "success", done=True)
    return _said("Clio did not say that the appointment is cancelled. Please look there.", "warning", done=False)


def _ask(method, url, auth_header):
    try:
        answer = requests.request(
            method, url, headers={"Authorization": auth_header}, timeout=5, allow_redirects=False, stream=True
        )
    except requests.RequestException:
        return None
    answer.close()
    return answer.status_code


def _said(message, kind, *, done):
    return {"successful": done, "returnMessage": {"message": message, "messageType": kind, "ttl": 5000}}
