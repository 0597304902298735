"""Cost of the Node bridge (hold: 1 ms a call), and of 200 cancels through axios (hold: 3x a bare server)."""

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.requests_cost import filled
from benchmarks.timing import median_ratio
from greenroom.connectors.bridges.bridge import Bridge
from greenroom.connectors.bridges.route import Route
from greenroom.connectors.bridges.target import parse
from greenroom.contracts.interfaces import CANCEL
from greenroom.simulators.clio import CRM
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import World

MODULES = Path(__file__).parent.parent / "tests" / "node_modules"
CANCELS = 200
BARE = """
exports.cancelAppointment = async ({ appointmentId }) => ({ successful: appointmentId !== '' });
"""
AXIOS = """
const axios = require('axios');
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const url = `https://${user.hostname}/api/v4/calendar_entries/${appointmentId}.json`;
  const answer = await axios.delete(url, { headers: { Authorization: authHeader } });
  return { successful: answer.status === 204 };
};
"""
DIRECT = """
const { performance } = require('perf_hooks');
exports.cancelAppointment = async ({ appointmentId }) => {
  const work = async () => ({ successful: appointmentId !== '' });
  const started = performance.now();
  for (let i = 0; i < 1000; i++) await work();
  return { perCall: (performance.now() - started) / 1000 };
};
"""


class _Bare(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_DELETE(self) -> None:
        self.send_response_only(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None: ...


def measure() -> dict[str, str]:
    if not shutil.which("node") or not (MODULES / "axios").is_dir():
        return {"not measured": "no Node, or make test has not installed the packages yet"}
    with tempfile.TemporaryDirectory() as folder:
        authority = Authority()
        certificate = authority.write(Path(folder, "ca.pem"))
        return {"Node bridge call over the direct call": _plain(Path(folder), certificate)} | _cancels(
            Path(folder), authority, certificate
        )


@contextmanager
def _bridge(folder: Path, source: str, port: int, certificate: Path) -> Iterator[Bridge]:
    path = folder / "connector.cjs"
    path.write_text(source)
    interfaces = {CANCEL.name: CANCEL.signature}
    route = Route(("app.clio.com",), (443,), port, certificate)
    with Bridge(parse(str(path)), route, interfaces, env={"NODE_PATH": str(MODULES)}) as bridge:
        yield bridge


def _plain(folder: Path, certificate: Path) -> str:
    params = {"user": {"id": "1", "hostname": "h"}, "authHeader": "Bearer x", "appointmentId": "7"}
    with _bridge(folder, DIRECT, 1, certificate) as bridge:
        direct = bridge.call("cancelAppointment", params, 10).outcome["value"]["perCall"] * 1e-3
    with _bridge(folder, BARE, 1, certificate) as bridge:
        bridged, _, _ = median_ratio(lambda: bridge.call("cancelAppointment", params, 10), lambda: None, 300)
    return f"{(bridged - direct) * 1e6:.0f} µs"


def _cancels(folder: Path, authority: Authority, certificate: Path) -> dict[str, str]:
    ratios = []
    for _ in range(3):
        with Simulator(CRM, port=None, authority=authority) as simulator:
            world = filled(simulator, CANCELS + 1)
            fake = _timed(folder, certificate, simulator.tls_port or 0, world)
            with _server(authority) as port:
                bare = _timed(folder, certificate, port, world)
        ratios.append((fake / bare, fake, bare))
    ratio, fake, bare = sorted(ratios)[1]
    name = f"{CANCELS} cancels through axios, fake Clio over a bare server"
    return {name: f"{ratio:.2f}x ({fake:.2f} s, {bare:.2f} s)"}


def _timed(folder: Path, certificate: Path, port: int, world: World) -> float:
    login = world.log_in("owner")
    with _bridge(folder, AXIOS, port, certificate) as bridge:
        started = time.perf_counter()
        for number in range(CANCELS):
            params = {"user": login.user, "authHeader": login.auth_header, "appointmentId": str(number + 1)}
            value = bridge.call("cancelAppointment", params, 10).outcome.get("value")
            if value != {"successful": True}:
                raise RuntimeError(f"cancel {number} was answered {value}")
        return time.perf_counter() - started


@contextmanager
def _server(authority: Authority) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Bare)
    server.socket = authority.context("app.clio.com").wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
