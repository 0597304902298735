"""``greenroom run``: programs in any language, led by their production hosts."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.catalogue import HERE, NEEDS_NODE
from tests.greenroom.shell import Said, greenroom

WHO = "/api/v4/users/who_am_i.json"
NODE_PROGRAM = """
const user = JSON.parse(process.env.GREENROOM_USER);
const headers = { Authorization: process.env.GREENROOM_AUTH_HEADER };
const url = `https://${user.hostname}/api/v4/calendar_entries/${process.env.GREENROOM_APPOINTMENT_ID}.json`;
CLIENT.then(async (status) => {
  console.log('status', status);
  await fetch('https://example.com').catch((error) => console.log('refused', error.cause.code));
});
"""
PYTHON_PROGRAM = """
import os, requests
print(requests.get('https://app.clio.com/api/v4/users/who_am_i.json', params={'fields': 'name'},
                   headers={'Authorization': os.environ['GREENROOM_AUTH_HEADER']}).text)
try:
    requests.get('https://example.com')
except requests.ConnectionError:
    print('refused')
"""
needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


def run(crm: str, *command: str, cwd: Path | None = None) -> Said:
    return greenroom("run", "--crm", crm, "--", *command, cwd=cwd)


@NEEDS_NODE
@pytest.mark.parametrize(
    "client",
    [
        "fetch(url, { method: 'DELETE', headers }).then((r) => r.status)",
        f"require({str(HERE / 'node_modules' / 'axios')!r}).delete(url, {{ headers }}).then((r) => r.status)",
    ],
)
def test_a_node_program(tmp_path: Path, client: str) -> None:
    path = tmp_path / "program.cjs"
    path.write_text(NODE_PROGRAM.replace("CLIENT", client))
    said = run("clio", "node", str(path))

    assert said.code == 0
    assert said.out == "status 204\nrefused ECONNREFUSED\n"
    assert "The fake Clio was asked once:" in said.err
    assert "changed calendar_entries/1750624234 is gone" in said.err
    assert "refused example.com:443 (other-host)" in said.err


def test_a_python_program(tmp_path: Path) -> None:
    """Also one that has a start-up hook of its own."""
    (tmp_path / "sitecustomize.py").write_text("print('my own hook')")
    path = tmp_path / "program.py"
    path.write_text(PYTHON_PROGRAM)
    said = greenroom("run", "--crm", "clio", "--env", f"PYTHONSTARTUP={path}", "--", sys.executable, str(path))

    assert said.code == 0
    assert '{"data":{"name":"Ada Lawyer"}}' in said.out
    assert "refused" in said.out
    assert "refused example.com:443 (other-host)" in said.err
    assert "Nothing changed in it." in said.err


def test_python_programs_and_their_children_start_without_a_word() -> None:
    """Also where no other start-up hook stands behind ours."""
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(1)'], check=True)"
    said = greenroom("run", "--crm", "clio", "--", sys.executable, "-c", script)

    assert said.out.strip() == "1"
    assert "sitecustomize" not in said.err


def test_a_server_finds_its_app_under_its_own_names() -> None:
    names = ["CLIO_CLIENT_ID", "CLIO_CLIENT_SECRET", "CLIO_EU_CLIENT_ID", "CLIO_EU_CLIENT_SECRET"]
    script = f"import os; print(*(os.environ[name] for name in {names}))"
    said = greenroom("run", "--crm", "clio", "--", sys.executable, "-c", script)
    client_id, secret, *others = said.out.split()

    assert client_id != secret
    assert others == [client_id, secret]


PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "environment.md").read_text("utf-8")


@pytest.mark.parametrize("crm", ["clio", "netsuite"])
def test_the_page_of_variables_lists_what_is_set(crm: str) -> None:
    """Each variable on it is set for this CRM or belongs to another one, and each that is set is on it."""
    said = run(crm, sys.executable, "-c", "import os; print(*os.environ)")
    own = {name for name in said.out.split() if re.match("GREENROOM_|CLIO_|NETSUITE_", name)} - {*os.environ}
    listed = set(re.findall(r"`((?:GREENROOM|CLIO|NETSUITE)_\w+)`", PAGE))
    ways = {name for name in own if name in ("GREENROOM_ROUTE", "GREENROOM_NOTES")}  # how it is redirected
    signing = {name for name in listed if re.search("CONSUMER|TOKEN_|REALM|CERTIFICATE|PRIVATE", name)}
    others = {name for name in listed if name.startswith(("CLIO_", "NETSUITE_")) and not name.startswith(crm.upper())}

    assert own - ways == listed - others - (signing if crm == "clio" else set())


def test_a_program_signs_its_requests() -> None:
    """By token-based authentication, as most of NetSuite's clients do."""
    script = (
        "import os, requests; from requests_oauthlib import OAuth1; env = lambda name: os.environ['GREENROOM_' + name];"
        "auth = OAuth1(env('CONSUMER_KEY'), env('CONSUMER_SECRET'), env('TOKEN_ID'), env('TOKEN_SECRET'),"
        " realm=env('REALM'), signature_method='HMAC-SHA256');"
        "host = 'https://1000001.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/';"
        "print(requests.get(host + env('APPOINTMENT_ID'), auth=auth, params={'fields': 'title'}).json()['title'])"
    )
    said = run("netsuite", sys.executable, "-c", script)

    assert said.out.strip() == "Quarterly review"
    assert "oauth_signature" not in said.err


@needs_curl
def test_curl_through_the_proxy() -> None:
    """Nothing of ours is in curl: it is led by the proxy and the authority's variables."""
    script = (
        'curl -s -o /dev/null -w "%{http_code} " -X PATCH -H "Authorization: $GREENROOM_AUTH_HEADER" '
        '-H "Content-Type: application/json" -d \'{"status": "CANCELLED"}\' '
        "https://1000001.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/$GREENROOM_APPOINTMENT_ID; "
        "curl -s https://example.com/; curl -s http://example.org/; "
        "curl -s http://1000001.suitetalk.api.netsuite.com/; curl -s https://1000001.suitetalk.api.netsuite.com:8443/; exit 3"
    )
    said = run("netsuite", "sh", "-c", script)

    assert said.code == 1
    assert said.out == "204 "
    assert "changed calendarEvent/12346 status: 'CONFIRMED' became 'CANCELLED'" in said.err
    assert "refused example.com:443 (other-host)" in said.err
    assert "refused example.org:80 (other-host)" in said.err
    assert "refused 1000001.suitetalk.api.netsuite.com:80 (not-encrypted)" in said.err
    assert "refused 1000001.suitetalk.api.netsuite.com:8443 (other-host)" in said.err


def test_no_secret_is_in_the_summary() -> None:
    said = run("clio", sys.executable, "-c", PYTHON_PROGRAM + "\nprint(os.environ['GREENROOM_AUTH_HEADER'])")
    token = said.out.rsplit("Bearer ", 1)[1].strip()

    assert token not in said.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--crm", "clio", "--", "no-such-program"), "cannot run 'no-such-program'"),
        (("--crm", "moon", "--", "true"), "unknown CRM 'moon'"),
        (("--crm", "clio"), "Missing argument"),
        (("--", "true"), "Missing option '--crm'"),
    ],
)
def test_what_cannot_be_run(words: tuple[str, ...], sentence: str) -> None:
    said = greenroom("run", *words)

    assert said.code == 2
    assert sentence in said.err


def test_switches_and_the_site_of_the_user() -> None:
    """More than fifty requests in a minute, at the vendor's site in Europe."""
    script = (
        "import json, os, requests\n"
        "host = json.loads(os.environ['GREENROOM_USER'])['hostname']\n"
        "headers = {'Authorization': os.environ['GREENROOM_AUTH_HEADER']}\n"
        f"asked = [requests.get(f'https://{{host}}{WHO}', headers=headers).status_code for _ in range(51)]\n"
        "print(host, set(asked))\n"
    )
    options = ("--switch", "rate-limit=off", "--site", "eu", "--control-port", "0")
    said = greenroom("run", "--crm", "clio", *options, "--", sys.executable, "-c", script)

    assert said.out == "eu.app.clio.com {200}\n"
    assert "The console of the fake Clio is at http://127.0.0.1:" in said.err


@pytest.mark.parametrize(("options", "status"), [((), 501), (("--unsimulated", "vendor-404"), 404)])
def test_what_is_not_simulated_is_named_at_the_end(options: tuple[str, ...], status: int) -> None:
    script = (
        "import os, requests\n"
        "headers = {'Authorization': os.environ['GREENROOM_AUTH_HEADER']}\n"
        "print(requests.get('https://app.clio.com/api/v4/tasks.json', headers=headers).status_code)\n"
    )
    said = greenroom("run", "--crm", "clio", *options, "--", sys.executable, "-c", script)

    assert said.out == f"{status}\n"
    assert "[not simulated: GET /api/v4/tasks]" in said.err
    assert "not simulated: GET /api/v4/tasks; see docs/reference/fidelity-clio.md" in said.err


def test_switches_and_sites_that_do_not_exist() -> None:
    for options, sentence in (
        (("--switch", "rate-limit=7"), "no switch rate-limit=7; its values are 50, 300, off"),
        (("--site", "moon"), "no site 'moon'; use one of: us, eu, ca, au"),
    ):
        said = greenroom("run", "--crm", "clio", *options, "--", sys.executable, "-c", "")
        assert said.code == 2
        assert sentence in said.err


def test_the_summary_goes_to_a_file_too(tmp_path: Path) -> None:
    said = greenroom("run", "--crm", "clio", "--summary", "s.txt", "--", "true", cwd=tmp_path)

    assert (tmp_path / "s.txt").read_text() == "The fake Clio was asked 0 times:\nNothing changed in it.\n"
    assert said.err == "\nThe fake Clio was asked 0 times:\nNothing changed in it.\n"
