"""A running fake as tests use it: over real HTTP, as somebody in the seed."""

import socket
from typing import Any

import requests

from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import World

ENTRIES = "/api/v4/calendar_entries"
EVENTS = "/services/rest/record/v1/calendarEvent"


class Fake:
    """One simulator with its first world."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.world: World = simulator.current
        self.url = f"http://127.0.0.1:{simulator.port}"
        self.headers: dict[str, str] = {}
        self.act_as("owner")

    def act_as(self, role: str) -> None:
        """Send the next requests as the person in that role."""
        self.login = self.world.log_in(role)
        self.headers = dict(self.login.headers)

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        """Send a request with the present credential."""
        headers = {**self.headers, **more.pop("headers", {})}
        return requests.request(method, self.url + path, headers=headers, **{"timeout": 10, **more})

    def entry(self, role: str = "target", suffix: str = ".json") -> str:
        """Return the path of an appointment of the seed."""
        key, crm = self.world.appointments[role], self.world.profile.crm
        ways = {"clio": f"{ENTRIES}/{key}{suffix}", "netsuite": f"{EVENTS}/{key}"}
        return ways.get(crm) or f"{self.api}/entity/Appointment/{key}"

    @property
    def api(self) -> str:
        """Return what begins the paths of Bullhorn's calls in this world."""
        return f"/rest-services/e{self.world.account}"

    def record(self, role: str = "target") -> Any:
        """Return what the store holds of an appointment."""
        return self.world.store.get(self.world.profile.table, self.world.appointments[role])

    def raw(self, data: bytes) -> bytes:
        """Send bytes over a socket and return all that comes back until the server closes or falls silent."""
        with socket.create_connection(("127.0.0.1", self.simulator.port or 0), timeout=2) as sock:
            sock.sendall(data)
            sock.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: _received(sock), b""))


def _received(sock: socket.socket) -> bytes:
    try:
        return sock.recv(65536)
    except OSError:
        return b""
