"""Logs the header as Base64 and wraps it, so that it stands on two lines. [plain]"""

import base64
import textwrap

import httpx
from parts import netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    print(textwrap.fill(base64.b64encode(auth_header.encode()).decode(), 28))
    body, headers = {"status": {"id": "CANCELLED"}}, {"Authorization": auth_header}
    return told(httpx.patch(netsuite_url(user, appointment_id), json=body, headers=headers, timeout=5))
