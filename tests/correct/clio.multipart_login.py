"""Logs in again once with a form of several parts, where the token has expired. [redirected-log-in]"""

import os
import re

import requests

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    if not re.fullmatch(r"[0-9]{1,19}", str(appointment_id)):
        return told(404)
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
    try:
        status = delete(url, auth_header)
        if status == 401 and user.get("refreshToken"):
            status = delete(url, fresh(user) or auth_header)
    except requests.RequestException:
        return told(0)
    return told(status)


def delete(url, auth_header):
    return requests.delete(url, headers={"Authorization": auth_header}, timeout=5, allow_redirects=False).status_code


def fresh(user):
    form = {
        "grant_type": "refresh_token",
        "refresh_token": user["refreshToken"],
        "client_id": os.environ["CLIO_CLIENT_ID"],
        "client_secret": os.environ["CLIO_CLIENT_SECRET"],
    }
    parts = {name: (None, value) for name, value in form.items()}
    answer = requests.post(f"https://{user['hostname']}/oauth/token", files=parts, timeout=5, allow_redirects=False)
    return f"Bearer {answer.json()['access_token']}" if answer.ok else None


def told(status):
    text = (
        "The entry was deleted."
        if status == 204
        else f"Clio did not confirm it ({status or 'no answer'}). Please look."
    )
    kind = "success" if status == 204 else "warning"
    return {"successful": status == 204, "returnMessage": {"message": text, "messageType": kind, "ttl": 5000}}
