"""A state file that cannot be written: the CRM fails in its own words, ``health`` says why, nothing has changed."""

import json
import re
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from greenroom.simulators.core.control.client import ControlClient, ControlError
from tests.catalogue import sample
from tests.fakes import ENTRIES, EVENTS
from tests.greenroom.shell import COMMAND

pytestmark = pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits of another process are Linux's own")
TARGETS = {"clio": f"{ENTRIES}/1750624234.json", "netsuite": f"{EVENTS}/12346"}
SWITCHES = {"clio": "rate-limit=off", "netsuite": "concurrency=off"}


class Served:
    """A server process with a state file, and what is to be asked of it."""

    def __init__(self, process: "subprocess.Popen[str]", crm: str, path: Path) -> None:
        assert process.stdout
        told = json.loads(process.stdout.readline())
        self.crm, self.pid, self.path, self.target = crm, process.pid, path, TARGETS[crm]
        self.headers, self.url, self.told = {"Authorization": told["authHeader"]}, told["url"], told
        self.control = ControlClient(told["control"])

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        return requests.request(method, self.url + path, headers=self.headers, timeout=60, **more)

    def fill(self) -> None:
        """Let no file of the process grow any more, and none of its write-ahead log be written."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def free(self) -> None:
        """Make room."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def serving(crm: str, path: Path) -> Iterator[Served]:
    command = [COMMAND, "serve", crm, "--json", "--state", str(path), "--switch", SWITCHES[crm]]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield Served(process, crm, path)
    finally:
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
        assert err == ""


@pytest.fixture(params=sample(["clio", "netsuite"], 1))
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    with serving(request.param, tmp_path / "state.db") as found:
        yield found


def seen(served: Served) -> Any:
    """Return all that there is to see: worlds, people, clock, switches, records; the clock's own going on left out."""
    control = served.control
    document = control.save()
    worlds = control.ask("GET", "/worlds")
    return document, [{**world, "requests": 0} for world in worlds], control.health()["current"]


def changes(served: Served) -> dict[str, Any]:
    """Return everything that changes something through the control API, by name."""
    control, document = served.control, served.control.save()
    table = control.health()["table"]
    record = f"/worlds/current/records/{table}/{served.told['appointmentId']}"
    switch, known = next(iter(control.ask("GET", "/switches").items()))
    return {
        "world": control.new_world,
        "drop": lambda: control.ask("DELETE", "/worlds/current"),
        "drop another": lambda: control.ask("DELETE", f"/worlds/{document['crm']}-1"),
        "enter": lambda: control.ask("POST", f"/worlds/{document['crm']}-1/enter"),
        "reset": control.reset,
        "load": lambda: control.load({**document, "appointments": {}}),
        "clock": lambda: control.advance(60),
        "freeze": lambda: control.ask("PATCH", "/worlds/current/clock", {"freeze": True}),
        "switch": lambda: control.ask("PATCH", "/worlds/current/switches", {switch: known["values"][1]}),
        "user": lambda: control.ask("POST", "/worlds/current/users", {"role": "new"}),
        "log-in": control.log_in,
        "expire": lambda: control.ask("POST", "/worlds/current/users/owner/expire", {}),
        "revoke": lambda: control.ask("POST", "/worlds/current/users/owner/revoke", {}),
        "record": lambda: control.ask("POST", f"/worlds/current/records/{table}", {}),
        "edit": lambda: control.ask("PATCH", record, {"location": "elsewhere"}),
        "cancel": lambda: control.ask("POST", f"{record}/cancel", {}),
        "delete": lambda: control.ask("DELETE", record),
    }


def test_nothing_changes_that_cannot_be_kept(served: Served) -> None:
    """Whatever changes something says so, and neither memory nor file holds it; with room again, all of it works."""
    served.control.new_world()
    served.headers = {"Authorization": served.control.log_in()["authHeader"]}
    every, before = changes(served), seen(served)
    served.fill()
    for name, change in every.items():
        with pytest.raises(ControlError, match=r"cannot be written \(.*nothing was changed"):
            change()
        assert (name, seen(served)) == (name, before)
    problem = served.control.health()["storage"]["problem"]
    served.free()

    assert re.search(r"cannot be written \(.*make room", problem)
    assert served.control.health()["storage"] == {"file": str(served.path), "problem": None}
    for name, change in every.items():
        if name not in ("drop", "drop another", "enter", "cancel"):
            change()


def test_the_crm_fails_in_its_own_words(served: Served) -> None:
    """Writes and log-ins; what is only read is answered, and what was acknowledged before is there afterwards."""
    token = "/oauth/token" if served.crm == "clio" else "/services/rest/auth/oauth2/v1/token"
    app = (served.told["clientId"], served.told["clientSecret"])
    form = {"grant_type": "refresh_token", "refresh_token": served.told["user"]["refreshToken"]}
    before = seen(served)
    served.fill()
    gone = served.ask("DELETE", served.target)
    login = requests.post(served.url + token, data=form, auth=app, timeout=60)
    read = served.ask("GET", served.target)

    assert (gone.status_code, login.status_code, read.status_code) == (503, 503, 200)
    for answer in (gone, login):
        body = answer.json()
        told = body["error"]["message"] if served.crm == "clio" else body["o:errorDetails"][0]["detail"]
        assert "cannot be written" in told
    assert seen(served) == before
    entries = served.control.journal()
    assert [bool(entry["internal_error"]) for entry in entries] == [True, True, False]
    assert [entry["changes"] for entry in entries] == [[], [], []]
    served.free()
    assert served.ask("DELETE", served.target).status_code == 204
    assert requests.post(served.url + token, data=form, auth=app, timeout=60).status_code == 200


@pytest.mark.in_turn
def test_after_a_restart_the_file_holds_what_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with serving("netsuite", path) as served:
        made = served.ask("POST", EVENTS, json={"title": "kept"})
        served.fill()
        assert served.ask("POST", EVENTS, json={"title": "lost"}).status_code == 503
        served.free()
        before = seen(served)
    with serving("netsuite", path) as again:
        again.headers = served.headers
        key = made.headers["Location"].rsplit("/", 1)[1]

        assert again.ask("GET", f"{EVENTS}/{key}").json()["title"] == "kept"
        assert again.control.save()["records"] == before[0]["records"]


def test_a_file_that_was_taken_away_is_not_written_on(served: Served, tmp_path: Path) -> None:
    served.path.rename(tmp_path / "elsewhere")
    assert served.ask("DELETE", served.target).status_code == 503
    shutil.copy(tmp_path / "elsewhere", served.path)
    assert served.ask("DELETE", served.target).status_code == 503
    assert "replaced by another file" in served.control.health()["storage"]["problem"]
    (tmp_path / "elsewhere").replace(served.path)

    assert served.ask("DELETE", served.target).status_code == 204
