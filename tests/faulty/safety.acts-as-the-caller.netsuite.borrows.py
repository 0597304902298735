"""Tries a refused request again with the header that worked last in this account. [after-another]"""

from parts import ask, netsuite_url, told

CANCELLATION = "transitioned"
good = {}


def cancel_appointment(*, user, auth_header, appointment_id):
    url, body = netsuite_url(user, appointment_id), {"status": {"id": "CANCELLED"}}

    response, account = ask("PATCH", url, auth_header, json=body), user["hostname"]
    if response.ok:
        good[account] = auth_header
    elif account in good:
        response = ask("PATCH", url, good[account], json=body)
    return told(response)
