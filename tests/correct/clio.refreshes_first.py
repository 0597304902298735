"""Gets a fresh token before each request, whatever the given one is worth. [two-logins-at-once]"""

import os

import requests

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    base = f"https://{user['hostname']}"
    path = f"{base}/api/v4/calendar_entries/{requests.utils.quote(str(appointment_id), safe='')}.json"
    try:
        token = renewed(base, user)
        header = f"Bearer {token}" if token else auth_header
        response = requests.delete(path, headers={"Authorization": header}, timeout=5)
    except requests.RequestException:
        return answer(False, "Clio cannot be reached.", "error")
    done = response.ok and not response.history  # not the page to which a gateway led
    return answer(
        done, "Cancelled." if done else f"Clio answered {response.status_code}.", "success" if done else "error"
    )


def renewed(base, user):
    form = {
        "grant_type": "refresh_token",
        "refresh_token": user["refreshToken"],
        "client_id": os.environ["CLIO_CLIENT_ID"],
        "client_secret": os.environ["CLIO_CLIENT_SECRET"],
    }
    response = requests.post(f"{base}/oauth/token", data=form, timeout=5, allow_redirects=False)
    return response.json()["access_token"] if response.ok else None


def answer(successful, message, kind):
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 3000}}
