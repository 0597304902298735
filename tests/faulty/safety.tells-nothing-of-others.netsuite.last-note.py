"""Remembers by id what it read for the message; ids of two accounts may be equal. [another-tenant]"""

from parts import ask, failed, netsuite_patch, netsuite_url

CANCELLATION = "transitioned"
NOTES = {}


def cancel_appointment(*, user, auth_header, appointment_id):
    if appointment_id not in NOTES:
        found = ask("GET", netsuite_url(user, appointment_id), auth_header)
        if not found.ok:
            return failed()
        NOTES[appointment_id] = found.json().get("message", "")
    response = netsuite_patch(user, auth_header, appointment_id)
    if not response.ok:
        return failed()
    message = {"message": f"Cancelled. Its note was: {NOTES[appointment_id]}", "messageType": "success", "ttl": 3000}
    return {"successful": True, "returnMessage": message}
