"""Cost of a call through the Python bridge over the direct call (hold: at most 1 ms more)."""

import tempfile
from pathlib import Path

from benchmarks.timing import median_ratio, micro
from greenroom.connectors.bridges.bridge import Bridge
from greenroom.connectors.bridges.route import Route
from greenroom.connectors.bridges.target import parse

SOURCE = """
def cancel_appointment(*, user, auth_header, appointment_id):
    return {"successful": True, "returnMessage": {"message": "m", "messageType": "success", "ttl": 1}}
"""


def measure() -> dict[str, str]:
    params = {"user": {"id": "1", "hostname": "h"}, "authHeader": "Bearer x", "appointmentId": "7"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "c.py")
        path.write_text(SOURCE)
        certificate = Path(folder, "ca.pem")
        certificate.touch()
        interfaces = {"cancelAppointment": {"required": tuple(params), "optional": ()}}
        direct: dict[str, object] = {}
        exec(SOURCE, direct)
        function = direct["cancel_appointment"]
        snake = {"user": params["user"], "auth_header": "", "appointment_id": "7"}
        with Bridge(parse(str(path)), Route(("app.clio.com",), (443,), 1, certificate), interfaces) as bridge:
            bridged, bare, _ = median_ratio(
                lambda: bridge.call("cancelAppointment", params, 10),
                lambda: function(**snake),  # type: ignore[operator]
                300,
            )
    return {"bridge call over the direct call": micro(bridged - bare)}
