"""``greenroom serve``: ready to use, cleanly ended."""

import json
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from greenroom.simulators.core.control.client import ControlClient
from tests.greenroom.shell import COMMAND, greenroom


@contextmanager
def serving(*words: str) -> Iterator["subprocess.Popen[str]"]:
    """Run ``greenroom serve`` and end it as Ctrl-C would."""
    process = subprocess.Popen([COMMAND, "serve", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, (out, err)


PATHS = {
    "clio": "/api/v4/calendar_entries/1750624234.json",
    "netsuite": "/services/rest/record/v1/calendarEvent/12346",
    "bullhorn": "/rest-services/e1000001/entity/Appointment/20417?fields=id",
}
SIGNING = {
    *("consumerKey", "consumerSecret", "tokenId", "tokenSecret", "realm"),
    *("certificateId", "privateKey", "rsaCertificateId", "rsaPrivateKey"),
}


def line(process: "subprocess.Popen[str]") -> Any:
    assert process.stdout
    return json.loads(process.stdout.readline())


def free_ports(count: int) -> int:
    """Return the first of some free ports in a row, below those that the system hands out to others by itself."""
    while True:
        first = random.randrange(20_000, 32_000)
        with ExitStack() as stack:
            try:
                for port in range(first, first + count):
                    stack.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue
            return first


def test_json_lines_are_ready_to_use() -> None:
    """All CRMs, the older ones first, each with a URL, a user and headers that work at once, over HTTP and TLS."""
    with serving("--json", "--tls") as process:
        lines = [line(process) for _ in PATHS]
        assert [told["crm"] for told in lines] == list(PATHS)
        for told in lines:
            path = PATHS[told["crm"]]
            assert {"crm", "url", "tls_url", "ca", "control", "user", "authHeader", "appointmentId"} <= set(told)
            assert ControlClient(told["control"]).health()["crm"] == told["crm"]
            assert told["user"]["platform"] == told["crm"]
            headers = told["headers"]
            assert requests.get(told["url"] + path, headers=headers, timeout=60).status_code == 200
            assert set(told.get("credentials", {})) == (SIGNING if told["crm"] == "netsuite" else set())
            secure = requests.get(told["tls_url"] + path, headers=headers, verify=told["ca"], timeout=60)
            assert secure.status_code == 200


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("crm", "field", "title"), [("clio", "summary", "Hearing on motion"), ("bullhorn", "subject", "Interview with Sam")]
)
def test_the_table_holds_a_curl_that_works(crm: str, field: str, title: str) -> None:
    with serving(crm) as process:
        assert process.stdout
        rows = dict(process.stdout.readline().split(maxsplit=1) for _ in range(7))
        command = rows["try"].strip()
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False)

    assert json.loads(done.stdout)["data"][field] == title


@pytest.mark.in_turn
def test_a_saved_world_names_an_appointment_that_still_stands(tmp_path: Path) -> None:
    named = []
    for _ in range(2):
        with serving("clio", "--json", "--state", str(tmp_path / "s.db")) as process:
            told = line(process)
            url = f"{told['url']}/api/v4/calendar_entries/{told['appointmentId']}.json"
            named.append(told["appointmentId"])
            assert requests.delete(url, headers=told["headers"], timeout=60).status_code == 204

    assert named[0] != named[1]


@pytest.mark.in_turn
def test_a_fixed_port_and_a_second_start_on_it() -> None:
    port = str(free_ports(1))
    with serving("netsuite", "--json", "--port", port) as process:
        assert line(process)["url"].endswith(f":{port}")
        said = greenroom("serve", "netsuite", "--port", port)

    assert said.code == 2
    assert f"cannot serve netsuite on 127.0.0.1:{port}" in said.err
    assert "choose another --port" in said.err


@pytest.mark.in_turn
def test_several_crms_follow_one_port_and_the_authority_is_where_it_was_asked_for(tmp_path: Path) -> None:
    port = free_ports(2)
    ca = tmp_path / "ca.pem"
    with serving("--json", "--port", str(port), "--tls", "--ca", str(ca)) as process:
        urls = [line(process)["url"] for _ in range(2)]

    assert urls == [f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"]
    assert ca.read_text().startswith("-----BEGIN CERTIFICATE-----")


def test_switches_are_listed_and_set() -> None:
    told = greenroom("serve", "--help").out
    with serving("clio", "--json", "--switch", "view-only-refusal=404") as process:
        world = ControlClient(line(process)["control"]).ask("GET", "/worlds/current")

    assert "clio: view-only-refusal = 403 | 404" in told
    assert "netsuite: concurrency = 5 | 1 | off" in told
    assert world["switches"]["view-only-refusal"] == "404"


def test_the_help_alone_loads_every_crm() -> None:
    """A third of a start is spent on CRMs that nobody asked for, otherwise."""
    code = "import sys, greenroom.cli.serve; print([name for name in sys.modules if name.endswith('.suiteql')])"
    fuzz = "import greenroom.cli.certify; print('hypothesis' in sys.modules)"  # which only stories need
    loaded = subprocess.run([sys.executable, "-c", f"{code}; {fuzz}"], capture_output=True, text=True, check=True)

    assert loaded.stdout == "[]\nFalse\n"
    assert "\n  netsuite: production | sandbox\n" in greenroom("serve", "--help").out


@pytest.mark.in_turn
def test_a_switch_is_set_where_its_value_is_known() -> None:
    """CRMs have switches of one name, with values of their own."""
    with serving("--json", "--switch", "rate-limit=1500") as process:
        lines = [line(process) for _ in PATHS]
        worlds = [ControlClient(told["control"]).ask("GET", "/worlds/current") for told in lines]

    assert [world["switches"].get("rate-limit") for world in worlds] == ["50", None, "1500"]


@pytest.mark.in_turn
def test_the_site_and_the_control_port_can_be_chosen() -> None:
    port = free_ports(2)
    with serving("--json", "--control-port", str(port), "--site", "eu") as process:
        told = [line(process) for _ in range(2)]
        second = greenroom("serve", "clio", "--control-port", str(port))

    assert [each["control"] for each in told] == [f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"]
    assert told[0]["user"]["hostname"] == "eu.app.clio.com"
    assert told[1]["user"]["hostname"].endswith(".app.netsuite.com")
    assert second.code == 2
    assert "choose another --control-port" in second.err


@pytest.mark.in_turn
def test_another_site_leaves_the_worlds_of_a_state_file(tmp_path: Path) -> None:
    state = str(tmp_path / "worlds.db")
    with serving("clio", "--json", "--state", state) as process:
        line(process)
    for site in ("eu", "eu", "us"):
        with serving("clio", "--json", "--state", state, "--site", site) as process:
            told = line(process)
            worlds = ControlClient(told["control"]).ask("GET", "/worlds")
        assert told["user"]["hostname"] == {"eu": "eu.app.clio.com", "us": "app.clio.com"}[site]
    assert len(worlds) == 2


@pytest.mark.in_turn
def test_what_is_not_simulated_can_be_refused_as_the_vendor_would() -> None:
    with serving("clio", "--json", "--unsimulated", "vendor-404") as process:
        told = line(process)
        headers = {"Authorization": told["authHeader"]}
        assert requests.get(f"{told['url']}/api/v4/tasks", headers=headers, timeout=60).status_code == 404


@pytest.mark.in_turn
def test_beyond_loopback_the_control_api_stays_home_without_a_token() -> None:
    with serving("clio", "--json", "--host", "0.0.0.0") as process:
        told = line(process)
        assert told["control"].startswith("http://127.0.0.1:")
    with serving("clio", "--json", "--host", "0.0.0.0", "--control-token", "t") as process:
        url = line(process)["control"].replace("0.0.0.0", "127.0.0.1")
        assert requests.get(f"{url}/health", timeout=60).status_code == 401
        assert ControlClient(url, "t").health()["crm"] == "clio"


def test_what_cannot_be_served() -> None:
    for words, sentence in (
        (("salesforce",), "unknown CRM 'salesforce'"),
        (("clio", "--switch", "view-only-refusal=418"), "no switch view-only-refusal=418; its values are 403, 404"),
        (("clio", "--switch", "nonsense"), "no switch nonsense=; use one of: view-only-refusal, "),
        (("clio", "--switch", "ratelimit=off"), "no switch ratelimit=off; did you mean 'rate-limit'?"),
        (("clio", "--site", "sandbox"), "no site 'sandbox'; use one of: us, eu, ca, au"),
        (("clio", "--state", "/nowhere/x.db"), "state file /nowhere/x.db cannot be used"),
        (("clio", "--port", "99999"), "99999"),
        (("clio", "netsuite", "--port", "65535"), "2 CRMs need the ports 65535 to 65536; choose --port 65534 or lower"),
        (("clio", "netsuite", "--control-port", "65535"), "choose --control-port 65534 or lower"),
        (("clio", "--ca", "ca.pem"), "which only TLS has; add --tls"),
        (("clio", "--host", "192.0.2.1"), "choose another --host"),
    ):
        said = greenroom("serve", *words)
        assert said.code == 2
        assert sentence in said.err
