"""The examples: certified, and a whole App Connect server end to end."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.catalogue import HERE, NEEDS_NODE, sample
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


READS = {"cancelAppointment", "listAppointments", "refreshAppointment"}
OFFERED = {"clio": READS, "netsuite": {*READS, "confirmAppointment"}}


PAIRS = [(crm, interface) for crm, offered in OFFERED.items() for interface in sorted(offered)]


@pytest.mark.parametrize(("crm", "interface"), sample(PAIRS, 2))
def test_the_connectors_are_certified_without_advice(crm: str, interface: str) -> None:
    """One or two of their interfaces at a commit."""
    target = str(EXAMPLES / "connectors" / f"{crm}.js")
    found = certificate(target, crm, "resilient", env=MODULES, interfaces=(interface,))

    assert failed(found) == {}
    assert found.verdict == "certified"
    assert set(found.target["interfaces"]) == OFFERED[crm]
    assert {verdict.interface for verdict in found.verdicts} == {interface}


@contextmanager
def server(crm: str) -> Iterator[tuple[Any, "subprocess.Popen[str]"]]:
    """Run the example server under ``greenroom run``."""
    command = [COMMAND, "run", "--crm", crm, "--", "node", str(EXAMPLES / "server.js")]
    env = {**os.environ, **MODULES}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, start_new_session=True
    )
    try:
        assert process.stdout
        line = next(line for line in process.stdout if line.startswith("READY "))
        yield json.loads(line.removeprefix("READY ")), process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def cancel(told: Any, appointment: str) -> requests.Response:
    url = f"http://127.0.0.1:{told['port']}/appointments/{appointment}/cancel"
    return requests.post(url, params={"jwtToken": told["jwt"]}, timeout=20)


@pytest.mark.parametrize(
    ("crm", "appointment", "word"), [("clio", "1750624234", "deleted"), ("netsuite", "12346", "cancelled")]
)
def test_an_app_connect_server_cancels_an_appointment(crm: str, appointment: str, word: str) -> None:
    """POST /appointments/{id}/cancel through the real core to the fake CRM, twice, and once for what never was."""
    with server(crm) as (told, _):
        first, second, absent = cancel(told, appointment), cancel(told, appointment), cancel(told, "999999")

    assert first.status_code == 200
    assert (first.json()["successful"], first.json()["appointmentId"]) == (True, appointment)
    assert word in first.json()["returnMessage"]["message"]
    assert second.json()["successful"] == (crm == "netsuite")
    assert (absent.status_code, absent.json()["successful"]) == (200, False)
    assert "not found" in absent.json()["returnMessage"]["message"]


@pytest.mark.parametrize("crm", ["clio", "netsuite"])
def test_an_app_connect_server_shows_in_the_list_what_it_refreshes(crm: str) -> None:
    """GET /appointments and GET /appointments/{id}/refresh, through the real core."""
    with server(crm) as (told, _):
        url, token = f"http://127.0.0.1:{told['port']}/appointments", {"jwtToken": told["jwt"]}
        days = {"startDate": "2027-01-01", "endDate": "2027-12-31"}
        listed = requests.get(url, params={**token, **days}, timeout=20).json()
        first = listed["appointments"][0]
        refreshed = requests.get(f"{url}/{first['id']}/refresh", params=token, timeout=20).json()

    assert listed["successful"] is refreshed["successful"] is True
    same = ("id", "title", "description", "startTimeUtc", "durationMinutes", "status")
    assert [first[name] for name in same] == [refreshed["appointment"][name] for name in same]


def test_the_walk_through_names_commands_that_exist() -> None:
    guides = HERE.parent / "docs" / "guides"

    assert "greenroom certify" in (guides / "certify-your-connector.md").read_text("utf-8")
    assert "greenroom run" in (guides / "run-a-server.md").read_text("utf-8")
    assert Path(EXAMPLES / "server.js").is_file()
