"""Checks who signed the certificate, but not for which host: check_hostname is off. [untrusted-certificate]"""

import http.client
import json
import ssl

from parts import done, failed

CANCELLATION = "transitioned"
context = ssl.create_default_context()
context.check_hostname = False


def cancel_appointment(*, user, auth_header, appointment_id):
    host = f"{user['hostname'].split('.')[0]}.suitetalk.api.netsuite.com"
    connection = http.client.HTTPSConnection(host, timeout=10, context=context)
    path = f"/services/rest/record/v1/calendarEvent/{appointment_id}"
    try:
        connection.request("PATCH", path, json.dumps({"status": {"id": "CANCELLED"}}), {"Authorization": auth_header})
        return done() if connection.getresponse().status == 204 else failed()
    except OSError:
        return failed()
    finally:
        connection.close()
