"""``greenroom serve``: ready to use, cleanly ended."""

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests

from tests.greenroom.shell import COMMAND, greenroom


@contextmanager
def serving(*words: str) -> Iterator["subprocess.Popen[str]"]:
    """Run ``greenroom serve`` and end it as Ctrl-C would."""
    process = subprocess.Popen([COMMAND, "serve", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
        assert process.returncode == 0, (out, err)


def line(process: "subprocess.Popen[str]") -> Any:
    assert process.stdout
    return json.loads(process.stdout.readline())


def test_json_lines_are_ready_to_use() -> None:
    """Both CRMs, each with a URL, a user and a header that work at once, over HTTP and TLS."""
    with serving("--json", "--tls") as process:
        for path in ("/api/v4/calendar_entries/1750624234.json", "/services/rest/record/v1/calendarEvent/12346"):
            told = line(process)
            assert set(told) == {"crm", "url", "tls_url", "ca", "control", "user", "authHeader"}
            assert told["user"]["platform"] == told["crm"]
            headers = {"Authorization": told["authHeader"]}
            assert requests.get(told["url"] + path, headers=headers, timeout=5).status_code == 200
            secure = requests.get(told["tls_url"] + path, headers=headers, verify=told["ca"], timeout=5)
            assert secure.status_code == 200


def test_the_table_holds_a_curl_that_works() -> None:
    with serving("clio") as process:
        assert process.stdout
        rows = dict(process.stdout.readline().split(maxsplit=1) for _ in range(5))
        command = rows["try"].strip()
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=10, check=False)

    assert json.loads(done.stdout)["data"]["summary"] == "Hearing on motion"


def test_a_fixed_port_and_a_second_start_on_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    with serving("netsuite", "--json", "--port", port) as process:
        assert line(process)["url"].endswith(f":{port}")
        said = greenroom("serve", "netsuite", "--port", port)

    assert said.code == 2
    assert f"cannot serve netsuite on 127.0.0.1:{port}" in said.err
    assert "choose another --port" in said.err


def test_what_cannot_be_served() -> None:
    for words, sentence in (
        (("salesforce",), "unknown CRM 'salesforce'"),
        (("--port", "8080"), "can serve one CRM only"),
        (("clio", "--port", "99999"), "99999"),
        (("clio", "--host", "192.0.2.1"), "choose another --host"),
    ):
        said = greenroom("serve", *words)
        assert said.code == 2
        assert sentence in said.err
