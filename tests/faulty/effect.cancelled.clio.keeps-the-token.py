"""Logs in again once, and uses that token from then on, whatever header it is given. [renewed-after-expiry]"""

import os

import requests
from parts import ask, clio_url, told

CANCELLATION = "removed"
fresh = {}


def cancel_appointment(*, user, auth_header, appointment_id):
    url, header = clio_url(user, appointment_id), fresh.get(user["id"], auth_header)
    response = ask("DELETE", url, header)
    if response.status_code == 401 and user["id"] not in fresh:
        secrets = {"client_id": os.environ["CLIO_CLIENT_ID"], "client_secret": os.environ["CLIO_CLIENT_SECRET"]}
        form = {"grant_type": "refresh_token", "refresh_token": user["refreshToken"], **secrets}
        token = (
            requests.post(f"https://{user['hostname']}/oauth/token", data=form, timeout=5).json().get("access_token")
        )
        fresh[user["id"]] = f"Bearer {token}"
        response = ask("DELETE", url, fresh[user["id"]])
    return told(response)
