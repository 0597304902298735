"""The user that a JavaScript connector gets, against the published model: what connectors do with it ends the same."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from greenroom.connectors.bridges.bridge import Bridge
from greenroom.connectors.bridges.route import Route
from greenroom.connectors.bridges.target import parse
from greenroom.contracts.interfaces import CANCEL
from greenroom.simulators import CRMS
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.simulator import Simulator
from tests.catalogue import HERE, NEEDS_NODE

PROBES = HERE / "connectors" / "user_probes.cjs"
NEEDS_CORE = pytest.mark.skipif(
    not (HERE / "node_modules" / "@app-connect").is_dir(),
    reason="@app-connect/core is not installed: run make test",
)
pytestmark = [NEEDS_NODE, NEEDS_CORE]


def stored(crm: str) -> dict[str, Any]:
    """Return a user as the fake CRM makes it, with fixed moments."""
    with Simulator(CRMS[crm]) as simulator:
        user = simulator.new_world().log_in("owner").user
    moments = {"tokenExpiry": "2027-01-01T00:00:00.000Z", "createdAt": "2026-01-02T03:04:05.678Z"}
    return {**user, **moments, "updatedAt": "2026-01-02T03:04:05.678Z"}


def published(user: dict[str, Any]) -> Any:
    done = subprocess.run(
        ["node", str(PROBES)], cwd=HERE, input=json.dumps(user), capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(done.stdout)


def ours(user: dict[str, Any], folder: Path) -> Any:
    """Ask inside a connector; each answer is of a user that Greenroom passed."""
    path = folder / "connector.cjs"
    path.write_text(
        f"const {{ answers, PROBES }} = require({json.dumps(str(PROBES))});\n"
        "exports.cancelAppointment = ({ user, appointmentId: name }) => answers(() => user, [name]);\n"
    )
    route = Route(("app.clio.com",), (443,), 1, Authority().write(folder / "ca.pem"))
    names = json.loads(
        subprocess.check_output(["node", "-p", f"JSON.stringify(Object.keys(require('{PROBES}').PROBES))"])
    )
    found: dict[str, Any] = {}
    with Bridge(parse(str(path)), route, {CANCEL.name: CANCEL.signature}) as bridge:
        for name in names:
            given = {"user": user, "authHeader": "Bearer x", "appointmentId": name}
            found |= bridge.call("cancelAppointment", given, 10).outcome["value"]
    return found


@pytest.mark.in_turn
@pytest.mark.parametrize("crm", sorted(CRMS))
def test_the_user_is_app_connects_model(crm: str, tmp_path: Path) -> None:
    user = stored(crm)
    theirs = published(user)

    assert len(theirs) > 25
    assert ours(user, tmp_path) == theirs
