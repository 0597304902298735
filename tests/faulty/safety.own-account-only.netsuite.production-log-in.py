"""The token of a sandbox's user is asked for at the production account. [expires-midway]"""

import os

import httpx
from parts import failed, netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    account = user["hostname"].split(".")[0].split("-")[0]
    try:
        with httpx.Client(timeout=5) as client:
            response = patch(client, user, auth_header, appointment_id)
            if response.status_code == 401 and (token := renewed(client, account, user)):
                response = patch(client, user, f"Bearer {token}", appointment_id)
    except httpx.HTTPError:
        return failed()
    return told(response)


def patch(client, user, header, appointment_id):
    body = {"status": {"id": "CANCELLED"}}
    return client.patch(netsuite_url(user, appointment_id), json=body, headers={"Authorization": header})


def renewed(client, account, user):
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token"
    form = {"grant_type": "refresh_token", "refresh_token": user["refreshToken"]}
    response = client.post(
        url, data=form, auth=(os.environ["NETSUITE_CLIENT_ID"], os.environ["NETSUITE_CLIENT_SECRET"])
    )
    return response.json()["access_token"] if response.is_success else None
