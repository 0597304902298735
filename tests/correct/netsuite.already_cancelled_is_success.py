"""The status as a bare string, keep-alive between calls, an old message type. [cancelled-meanwhile]"""

from urllib.parse import quote

import requests

CANCELLATION = "transitioned"
session = requests.Session()


def cancel_appointment(*, user, auth_header, appointment_id):
    account = user["hostname"].split(".")[0]
    response = session.patch(
        f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/{quote(str(appointment_id), safe='')}",
        json={"STATUS": "CANCELLED"},
        headers={"Authorization": auth_header},
        timeout=5,
    )
    if response.ok and not response.history:
        return {"successful": True, "returnMessage": {"message": "Done", "messageType": "success", "ttl": 0}}
    return {
        "successful": False,
        "returnMessage": {
            "message": f"NetSuite said {response.status_code}",
            "messageType": "danger",
            "ttl": 2147483647,
        },
    }
