"""A plain connector for Clio with a connection for each call, or, as KEEPING has it, one that stays open."""

import http.client
import re

CANCELLATION = "removed"
open_connections: dict[str, http.client.HTTPSConnection] = {}


def cancel_appointment(*, user, auth_header, appointment_id):
    return _cancel(http.client.HTTPSConnection(user["hostname"], timeout=5), auth_header, appointment_id)


class KEEPING:
    """The same over one connection for each host, opened anew where it broke."""

    CANCELLATION = "removed"

    def cancel_appointment(self, *, user, auth_header, appointment_id):
        host = user["hostname"]
        kept = open_connections.pop(host, None) or http.client.HTTPSConnection(host, timeout=5)
        answer = _cancel(kept, auth_header, appointment_id)
        open_connections[host] = kept
        return answer


def _cancel(connection, header, key):
    if not re.fullmatch(r"[1-9][0-9]{0,18}", str(key)):
        return _told(False, "There is no such appointment.")
    try:
        connection.request("DELETE", f"/api/v4/calendar_entries/{key}.json", headers={"Authorization": header})
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return _told(False, "Clio did not answer. Please look at your calendar.")
    return _told(answer.status == 204, "Deleted." if answer.status == 204 else "Clio refused. Please look there.")


def _told(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 3000}}
