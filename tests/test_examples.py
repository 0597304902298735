"""The examples: certified, and a whole App Connect server end to end."""

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import requests

from greenroom.contracts.interfaces import ALL, CONFIRM
from tests.catalogue import HERE, LONG, NEEDS_NODE, sample
from tests.contracts.runs import certificate, failed
from tests.greenroom.shell import COMMAND

pytestmark = [
    NEEDS_NODE,
    pytest.mark.skipif(
        not (HERE / "node_modules" / "@app-connect").is_dir(), reason="npm packages are missing: run make test"
    ),
]
EXAMPLES = HERE.parent / "examples" / "app-connect"
MODULES = {"NODE_PATH": str(HERE / "node_modules")}
"""The examples' own packages, as the tests have them installed already."""


OFFERED = {"clio": {*ALL} - {CONFIRM.name}, "netsuite": {*ALL}, "bullhorn": {*ALL} - {CONFIRM.name}}


PAIRS = [(crm, interface) for crm, offered in OFFERED.items() for interface in sorted(offered)]


@pytest.mark.in_turn(every=2 * LONG)
@pytest.mark.parametrize(("crm", "interface"), PAIRS)
def test_the_connectors_are_certified_without_advice(crm: str, interface: str) -> None:
    target = str(EXAMPLES / "connectors" / f"{crm}.js")
    found = certificate(target, crm, "resilient", env=MODULES, interfaces=(interface,))

    assert failed(found) == {}
    assert found.verdict == "certified"
    assert set(found.target["interfaces"]) == OFFERED[crm], (
        f"examples/app-connect/connectors/{crm}/ has one more or less"
    )
    assert {verdict.interface for verdict in found.verdicts} == {interface}


@dataclass(frozen=True)
class Server:
    """A running example server: App Connect's routes for one user, and the fake CRM behind it."""

    crm: str
    appointments: str
    token: str
    calendar: str

    def ask(
        self, method: str, path: str = "", params: Mapping[str, str] = MappingProxyType({}), body: Any = None
    ) -> Any:
        """Send a request to a route, and return the result that the panel would get."""
        url = f"{self.appointments}{path}"
        response = requests.request(method, url, params={**params, "jwtToken": self.token}, json=body, timeout=20)
        assert response.status_code == 200, response.text
        return response.json()

    def listed(self, key: str) -> Any:
        """Return what the list shows under an id."""
        days = {"startDate": "2027-01-01", "endDate": "2027-12-31"}
        found = self.ask("GET", params=days)["appointments"]
        return next((each for each in found if each["id"] == key), None)

    def held(self, key: str) -> Any:
        """Return what the fake CRM holds under an id, and what has become of it: no connector is asked."""
        return requests.get(f"{self.calendar}/{key}", timeout=20).json()


@pytest.fixture(scope="module", params=sample(list(OFFERED), 1))
def app(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The example server under ``greenroom run``, with another CRM at each commit."""
    crm = request.param
    command = [COMMAND, "run", "--crm", crm, "--control-port", "0", "--", "node", str(EXAMPLES / "server.js")]
    env = {**os.environ, **MODULES}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, start_new_session=True
    )
    try:
        assert process.stdout
        assert process.stderr
        console = next(found[0] for line in process.stderr if (found := re.search(r"http://\S+(?=/)", line)))
        line = next(line for line in process.stdout if line.startswith("READY "))
        told = json.loads(line.removeprefix("READY "))
        url = f"http://127.0.0.1:{told['port']}/appointments"
        yield Server(crm, url, told["jwt"], f"{console}/worlds/{crm}-1/calendar")
    finally:
        process.terminate()
        process.communicate(timeout=20)


SHOWN = ("id", "title", "description", "startTimeUtc", "durationMinutes", "status")
PAYLOAD = {
    "title": "Sign the lease",
    "summary": "Bring the keys",
    "startTimeUtc": "2027-03-09T18:00:00Z",
    "durationMinutes": 45,
}
CONTACT = {"clio": "4401", "netsuite": "55", "bullhorn": "72"}
GONE = {"clio": "removed", "netsuite": "transitioned", "bullhorn": "flagged"}
LISTED = {"clio": None, "netsuite": "cancelled", "bullhorn": None}
"""What the fake CRM and the list say of a cancelled appointment."""


STANDS = {"clio": "1750624234", "netsuite": "12346", "bullhorn": "20417"}
WORDS = {"clio": "deleted", "netsuite": "cancelled", "bullhorn": "deleted"}


def test_an_app_connect_server_cancels_an_appointment(app: Server) -> None:
    """POST /appointments/{id}/cancel through the real core to the fake CRM, twice, and once for what never was."""
    appointment = STANDS[app.crm]
    first, second, absent = (app.ask("POST", f"/{key}/cancel") for key in (appointment, appointment, "999999"))

    assert (first["successful"], first["appointmentId"]) == (True, appointment)
    assert WORDS[app.crm] in first["returnMessage"]["message"]
    assert second["successful"] == (app.crm != "clio")
    assert absent["successful"] is False
    assert "not found" in absent["returnMessage"]["message"]


def test_an_app_connect_server_takes_an_appointment_through_its_life(app: Server) -> None:
    """Create, list, update, refresh, confirm and cancel through the real core; the fake CRM shows each step."""
    created = app.ask("POST", body={"payload": {**PAYLOAD, "contacts": [CONTACT[app.crm]]}})
    key = created["appointmentId"]
    made, listed = app.held(key), app.listed(key)
    assert made["state"] == "live"
    assert made["appointment"]["title"] == listed["title"] == "Sign the lease"
    assert made["appointment"]["description"] == listed["description"] == "Bring the keys"
    assert (made["appointment"]["start"], made["appointment"]["end"]) == (
        "2027-03-09T18:00:00Z",
        "2027-03-09T18:45:00Z",
    )
    assert CONTACT[app.crm] in [str(each["id"]) for each in made["appointment"]["people"]]

    patch = {"title": "Sign the new lease", "startTimeUtc": "2027-03-10T19:00:00+01:00", "durationMinutes": 60}
    updated = app.ask("PATCH", f"/{key}", body={"patch": patch})
    changed, refreshed = app.held(key)["appointment"], app.ask("GET", f"/{key}/refresh")
    assert (changed["title"], changed["description"]) == ("Sign the new lease", "Bring the keys")
    assert (changed["start"], changed["end"]) == ("2027-03-10T18:00:00Z", "2027-03-10T19:00:00Z")
    assert [updated["appointment"][name] for name in SHOWN] == [refreshed["appointment"][name] for name in SHOWN]

    if app.crm == "netsuite":
        assert app.ask("POST", f"/{key}/confirm")["successful"] is True
        assert app.held(key)["appointment"]["confirmed"] is True
        assert app.listed(key)["status"] == "confirmed"

    assert app.ask("POST", f"/{key}/cancel")["successful"] is True
    assert app.held(key)["state"] == GONE[app.crm]
    assert (app.listed(key) or {"status": None})["status"] == LISTED[app.crm]


def test_the_walk_through_names_commands_that_exist() -> None:
    guides = HERE.parent / "docs" / "guides"

    assert "greenroom certify" in (guides / "certify-your-connector.md").read_text("utf-8")
    assert "greenroom run" in (guides / "run-a-server.md").read_text("utf-8")
    assert Path(EXAMPLES / "server.js").is_file()
