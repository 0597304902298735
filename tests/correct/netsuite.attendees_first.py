"""Reads who attends and who it is itself before it cancels; advises to ask the administrator. [odd-ids]"""

from urllib.parse import quote

import requests

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    account = user["hostname"].split(".")[0]
    key = quote(str(appointment_id), safe="")
    base = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/{key}"
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        session.get(f"{base}/attendee", timeout=5)
        script = "script=customscript_getcurrentuser&deploy=customdeploy_getcurrentuser"
        session.get(f"https://{account}.restlets.api.netsuite.com/app/site/hosting/restlet.nl?{script}", timeout=5)
        response = session.patch(base, json={"status": {"id": "CANCELLED"}}, timeout=5, allow_redirects=False)
    if response.status_code == 204:
        return {"successful": True, "returnMessage": {"message": "Done", "messageType": "success", "ttl": 3000}}
    text = "Ask your NetSuite administrator to please authorize your role for Lists > Events."
    return {"successful": False, "returnMessage": {"message": text, "messageType": "warning", "ttl": 3000}}
