"""Raw http.client, twenty seconds, the path without a suffix, camel-case names, German messages. [broken-connections]"""

import http.client
from urllib.parse import quote

CANCELLATION = "removed"


def cancelAppointment(user, authHeader, appointmentId):
    connection = http.client.HTTPSConnection(user["hostname"], timeout=20)
    try:
        connection.request(
            "DELETE",
            f"/api/v4/calendar_entries/{quote(str(appointmentId), safe='')}",
            headers={"Authorization": authHeader},
        )
        status = connection.getresponse().status
    finally:
        connection.close()
    if status == 204:
        return answer(True, "Termin wurde abgesagt.", "success")
    text = {404: "Termin nicht gefunden.", 403: "Keine Berechtigung.", 401: "Bitte neu anmelden."}
    return answer(False, text.get(status, "Das hat leider nicht geklappt."), "error")


def answer(successful, message, kind):
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 4000}}
