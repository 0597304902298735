"""http.client to the one address that was resolved and found to be public (a guard against forged requests), 5 seconds. [redirected]"""

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import quote

CANCELLATION = "removed"


class Pinned(http.client.HTTPSConnection):
    def connect(self):
        addresses = {info[4][0] for info in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)}
        private = [address for address in addresses if not ipaddress.ip_address(address).is_global]
        if private:
            raise PermissionError(f"{self.host} leads to {private}")
        plain = socket.create_connection((addresses.pop(), self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        if not ipaddress.ip_address(self.sock.getpeername()[0]).is_global:
            raise PermissionError("connected to a private address")


def cancel_appointment(*, user, auth_header, appointment_id):
    connection = Pinned(user["hostname"], timeout=5)
    path = f"/api/v4/calendar_entries/{quote(str(appointment_id), safe='')}.json"
    try:
        connection.request("DELETE", path, headers={"Authorization": auth_header})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        status = 0
    finally:
        connection.close()
    done = status in (200, 204)
    text = f"Clio said {status}." if status else "It is not known whether Clio cancelled it."
    text = "Cancelled." if done else text
    return {
        "successful": done,
        "returnMessage": {"message": text, "messageType": "success" if done else "warning", "ttl": 3000},
    }
