"""What Greenroom does not see it never judges on: exit code 2, naming what was seen; what is led is judged as ever."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from greenroom.cli import isolation
from tests.catalogue import HERE, NEEDS_NODE
from tests.greenroom.shell import Said, greenroom

ROOT = HERE.parent
PYTHON = """
CANCELLATION = "removed"

def cancel_appointment(*, user, auth_header, appointment_id):
    url, headers = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json", {"Authorization": auth_header}
    status = ask(url, user["hostname"], headers)
    kind = "success" if status == 204 else "warning"
    text = {"message": f"Clio said {status}.", "messageType": kind, "ttl": 3000}
    return {"successful": status == 204, "returnMessage": text}

"""
NODE = """
const http2 = require('node:http2');
const https = require('node:https');
const children = require('node:child_process');
const AWAY = { env: { PATH: process.env.PATH } };
exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const path = `/api/v4/calendar_entries/${appointmentId}.json`;
  const status = await ask(user.hostname, path, { Authorization: authHeader }).catch(() => 0);
  const messageType = status === 204 ? 'success' : 'warning';
  return { successful: status === 204, returnMessage: { message: `Clio said ${status}.`, messageType, ttl: 3000 } };
};
const over = (client, headers) => new Promise((ok, no) => {
  client.on('error', no).on('response', (answer) => ok(answer[':status'] ?? answer.statusCode));
  client.end();
});
const ask = async (host, path, headers) => CODE;
"""
needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


def call(tmp_path: Path, source: str, suffix: str, *more: str) -> Said:
    path = tmp_path / f"connector.{suffix}"
    path.write_text(source)
    return greenroom("call", str(path), "cancelAppointment", "--crm", "clio", "--deadline", "20", *more)


def not_judged(said: Said, what: str) -> None:
    assert (said.code, "BROKEN" in said.out) == (2, False), said.out + said.err
    assert said.err.count("\n") == 1
    assert said.err.startswith("greenroom: cannot be judged:")
    assert what in said.err


def judged(said: Said) -> None:
    assert said.code == 0, said.out + said.err


def needs(*names: str) -> pytest.MarkDecorator:
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


@NEEDS_NODE
@pytest.mark.parametrize(
    ("code", "what"),
    [
        (
            "over(http2.connect(`https://${host}`).on('error', () => 0).request({ ...headers, ':path': path, ':method': 'DELETE' }))",
            "it speaks HTTP/2 only",
        ),
        (
            "over(https.request({ host: '93.184.216.34', servername: host, path, headers, method: 'DELETE' }))",
            "it connects to the bare address 93.184.216.34:443",
        ),
        pytest.param(
            "Number(children.execFileSync('curl', ['--noproxy', '*', '-s', `https://${host}${path}`], AWAY))",
            "it starts the program curl",
            marks=needs_curl,
        ),
    ],
)
def test_a_node_connector_that_goes_past_us(tmp_path: Path, code: str, what: str) -> None:
    not_judged(call(tmp_path, NODE.replace("CODE", code), "cjs"), what)


@pytest.mark.parametrize(
    ("code", "what"),
    [
        pytest.param(
            "import httpx\ndef ask(url, host, headers):\n"
            "    return httpx.Client(http1=False, http2=True).delete(url, headers=headers).status_code",
            "it speaks HTTP/2 only",
            marks=needs("httpx", "h2"),
        ),
        (
            "import socket, ssl\ndef ask(url, host, headers):\n"
            "    context = ssl.create_default_context()\n    context.set_alpn_protocols(['h2'])\n"
            "    sock = context.wrap_socket(socket.create_connection((host, 443)), server_hostname=host)\n"
            "    sock.sendall(b'PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n')\n    return sock.recv(9)[3] == 4 and 204",
            "it speaks HTTP/2 only",
        ),
        (
            "import socket\ndef ask(url, host, headers):\n    socket.create_connection(('93.184.216.34', 443), 5)",
            "it connects to the bare address 93.184.216.34:443",
        ),
        (
            "import socket\ndef ask(url, host, headers):\n"
            "    socket.socket(type=socket.SOCK_DGRAM).sendto(b'who is it', ('10.9.8.7', 53))",
            "it asks the name server 10.9.8.7:53",
        ),
        pytest.param(
            "import subprocess\ndef ask(url, host, headers):\n"
            "    return subprocess.call(['curl', '--noproxy', '*', '-s', '-X', 'DELETE', url], env={})",
            "it starts the program curl",
            marks=needs_curl,
        ),
        pytest.param(
            "import pycurl\ndef ask(url, host, headers):\n    curl = pycurl.Curl()\n    curl.setopt(curl.URL, url)\n"
            "    curl.perform()",
            "it loads the native library pycurl._pycurl",
            marks=needs("pycurl"),
        ),
    ],
)
def test_a_python_connector_that_goes_past_us(tmp_path: Path, code: str, what: str) -> None:
    not_judged(call(tmp_path, PYTHON + code, "py"), what)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(
            "import asyncio, uvloop\ndef ask(url, host, headers):\n    return uvloop.run(over(url, host, headers))\n"
            "async def over(url, host, headers):\n"
            "    reader, writer = await asyncio.open_connection(host, 443, ssl=True)\n"
            "    path = url.partition(host)[2]\n"
            "    head = f'DELETE {path} HTTP/1.1\\r\\nHost: {host}\\r\\nAuthorization: {headers[\"Authorization\"]}\\r\\n\\r\\n'\n"
            "    writer.write(head.encode())\n    return int((await reader.readline()).split()[1])",
            marks=needs("uvloop"),
        ),
        pytest.param(
            "import asyncio, aiohttp\ndef ask(url, host, headers):\n    return asyncio.run(over(url, headers))\n"
            "async def over(url, headers):\n"
            "    connector = aiohttp.TCPConnector(resolver=aiohttp.AsyncResolver())\n"
            "    async with aiohttp.ClientSession(connector=connector) as session:\n"
            "        async with session.delete(url, headers=headers) as answer:\n            return answer.status",
            marks=needs("aiohttp", "aiodns"),
        ),
        pytest.param(
            "import gevent.monkey\ngevent.monkey.patch_all()\nimport gevent, requests\n"
            "def ask(url, host, headers):\n"
            "    return gevent.spawn(requests.delete, url, headers=headers, timeout=5).get().status_code",
            marks=needs("gevent", "requests"),
        ),
        pytest.param(
            "import httpx\ndef ask(url, host, headers):\n"
            "    return httpx.Client(http2=True).delete(url, headers=headers).status_code",
            marks=needs("httpx", "h2"),
        ),
    ],
)
def test_libraries_that_are_led_are_judged(tmp_path: Path, code: str) -> None:
    judged(call(tmp_path, PYTHON + code, "py"))


@NEEDS_NODE
def test_what_is_broken_in_sight_stays_broken(tmp_path: Path) -> None:
    """A child that is led, and asks nothing."""
    code = "Number(children.execFileSync(process.execPath, ['-e', 'console.log(204)']))"
    said = call(tmp_path, NODE.replace("CODE", code), "cjs")

    assert said.code == 1
    assert "BROKEN    effect.cancelled" in said.out


@NEEDS_NODE
def test_certify_says_it_as_well(tmp_path: Path) -> None:
    path = tmp_path / "connector.cjs"
    code = "Number(children.execFileSync('true'))"
    path.write_text(NODE.replace("CODE", code))
    said = greenroom("certify", str(path), "--crm", "clio", "--level", "runtime", "--report", str(tmp_path / "r.json"))

    assert said.code == 2
    assert re.search(r"ERRORED .*effect\.cancelled.*: cannot be judged", said.out)
    assert "COULD NOT BE JUDGED" in said.out
    assert "it starts the program true" in said.err
    assert greenroom("judge", str(tmp_path / "r.json")).code == 2


@pytest.mark.parametrize("runtime", ["bun", "deno run -A"])
@pytest.mark.parametrize("client", ["fetch", "https"])
def test_other_runtimes(tmp_path: Path, runtime: str, client: str) -> None:
    """Led as far as they use the proxy; what goes past it is not judged."""
    name = runtime.split(maxsplit=1)[0]
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    ask = {
        "fetch": "(await fetch(`https://${host}${path}`, { method: 'DELETE', headers })).status",
        "https": "over(https.request({ host, path, headers, method: 'DELETE' }))",
    }[client]
    said = call(tmp_path, NODE.replace("CODE", ask), "cjs", "--runtime", runtime)
    if client == "fetch":
        judged(said)
    else:
        not_judged(said, f"it runs in {name}")


@NEEDS_NODE
@pytest.mark.parametrize(("name", "arguments"), [("bun", ""), ("deno", " run -A")])
def test_a_runtime_whose_requests_are_not_seen_gets_no_verdict(
    name: str, arguments: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sends nothing that Greenroom can see."""
    pretended(name, tmp_path, monkeypatch)
    said = call(tmp_path, NODE.replace("CODE", "204"), "cjs", "--runtime", f"{name}{arguments}")

    not_judged(said, f"it runs in {name}, where only what uses the proxy (as fetch does) is seen")


@NEEDS_NODE
def test_a_commonjs_file_under_deno_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretended("deno", tmp_path, monkeypatch)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    said = call(tmp_path, "exports.cancelAppointment = async () => {};", "js", "--runtime", "deno run -A")

    assert said.code == 2
    assert "Deno takes .js for an ES module; name the file .cjs" in said.err


def pretended(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put Node under another name on PATH, for machines without Bun and Deno."""
    (tmp_path / "as.cjs").write_text(
        f"Object.defineProperty(process, 'versions', {{ value: {{ ...process.versions, {name}: '9.9.9' }} }});\n"
    )
    program = tmp_path / name
    program.write_text(f'#!/bin/sh\n[ "$1" = run ] && shift 2\nexec node -r {tmp_path}/as.cjs "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")


@pytest.mark.parametrize("name", ["bun", "deno"])
def test_a_runtime_that_cannot_run_the_worker_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / name
    program.write_text("#!/bin/sh\necho 'error: this version knows no node:module' >&2; exit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    said = call(tmp_path, "exports.cancelAppointment = async () => {};", "cjs", "--runtime", name)

    assert (said.code, said.out) == (2, "")
    assert said.err == (
        f"greenroom: '{name}' ended (exit 1) before it began; check --runtime and --env; it said:\n"
        "  error: this version knows no node:module\n"
    )


def test_a_run_with_deno(tmp_path: Path) -> None:
    if shutil.which("deno") is None:
        pytest.skip("deno is not installed")
    path = tmp_path / "ask.js"
    path.write_text("console.log((await fetch('https://app.clio.com/who')).status)")
    said = greenroom("run", "--crm", "clio", "--", "deno", "run", "-A", str(path))

    assert (said.code, said.out) == (0, "404\n")


def test_a_run_whose_program_may_go_past_us(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text("import subprocess; subprocess.run(['true'])")
    said = greenroom("run", "--crm", "clio", "--", sys.executable, str(path))

    assert "perhaps not seen: it starts the program true" in said.err
    assert "sitecustomize" not in said.err


def isolates() -> bool:
    unshare = shutil.which("unshare")
    return (
        unshare is not None
        and subprocess.run([unshare, "-rn", "true"], check=False, capture_output=True).returncode == 0
    )


@pytest.mark.in_turn
@pytest.mark.skipif(not isolates(), reason="this system allows no network of one's own")
def test_a_run_in_a_network_of_its_own(tmp_path: Path) -> None:
    source = (ROOT / "connectors" / "reference" / "clio_cancel.py").read_text("utf-8")
    path, report = tmp_path / "connector.py", tmp_path / "report.json"
    path.write_text(source + "\nimport socket\nassert [name for _, name in socket.if_nameindex()] == ['lo']\n")
    pages = [tmp_path / "report.html", tmp_path / "report.md"]
    said = greenroom(
        *("certify", str(path), "--crm", "clio", "--level", "documented", "--isolate", "--report", str(report)),
        *("--report", str(pages[0]), "--report", str(pages[1])),
    )

    assert said.code == 0, said.out + said.err
    assert "isolated: the run had a network of its own" in said.out
    assert '"isolated": true' in report.read_text("utf-8")
    assert all("Isolated: the run had a network of its own" in page.read_text("utf-8") for page in pages)
    assert "isolated: the run" in greenroom("judge", str(report)).out


def test_isolation_that_is_not_allowed_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(isolation, "_enter", refused)
    with pytest.raises(click.UsageError, match=r"--isolate: this system .*not permitted.*run without --isolate"):
        isolation.isolate()
