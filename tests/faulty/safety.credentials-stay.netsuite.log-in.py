"""Logs in again and follows where the log-in is redirected; the refresh token in the form goes along. [redirected-log-in]"""

import os

import requests
from parts import failed, netsuite_patch, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    if response.status_code != 401:
        return told(response)
    token = renewed(user)
    return told(netsuite_patch(user, f"Bearer {token}", appointment_id)) if token else failed()


def renewed(user):
    account = user["hostname"].split(".")[0]
    response = requests.post(
        f"https://{account}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token",
        data={"grant_type": "refresh_token", "refresh_token": user["refreshToken"]},
        auth=(os.environ["NETSUITE_CLIENT_ID"], os.environ["NETSUITE_CLIENT_SECRET"]),
        timeout=10,
    )
    return response.json()["access_token"] if response.ok else None
