"""Takes silence for a success: 'it only takes NetSuite a while'. [silent-before-commit]"""

import requests
from parts import done, netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    body, headers = {"status": {"id": "CANCELLED"}}, {"Authorization": auth_header}
    try:
        return told(requests.patch(netsuite_url(user, appointment_id), json=body, headers=headers, timeout=1))
    except requests.Timeout:
        return done()
    except requests.RequestException:
        return {"successful": False, "returnMessage": {"message": "?", "messageType": "warning", "ttl": 1}}
