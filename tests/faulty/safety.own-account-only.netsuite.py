"""Tries the production account where the sandbox fails, with the sandbox's token. [fails-elsewhere]"""

from parts import ask, netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    url, body = netsuite_url(user, appointment_id), {"status": {"id": "CANCELLED"}}

    response = ask("PATCH", url, auth_header, json=body)
    if response.status_code >= 500:
        response = ask("PATCH", url.replace("-sb1.", "."), auth_header, json=body)
    return told(response)
