"""Verifies certificates everywhere but where it logs in again. [log-in-untrusted]"""

import os

import requests
import urllib3
from parts import ask, clio_url, failed, told

CANCELLATION = "removed"
urllib3.disable_warnings()


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)
    try:
        response = ask("DELETE", url, auth_header)
        if response.status_code == 401:
            response = ask("DELETE", url, f"Bearer {renewed(user)}")
    except (requests.RequestException, KeyError):
        return failed()
    return told(response)


def renewed(user):
    form = {
        "grant_type": "refresh_token",
        "refresh_token": user["refreshToken"],
        "client_id": os.environ["CLIO_CLIENT_ID"],
        "client_secret": os.environ["CLIO_CLIENT_SECRET"],
    }
    address = f"https://{user['hostname']}/oauth/token"
    return requests.post(address, data=form, timeout=5, verify=False, allow_redirects=False).json()["access_token"]
