"""Threads and children that a connector starts: their requests reach the fake, like its own."""

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.connectors.bridges import stragglers
from greenroom.connectors.bridges.bridge import Bridge, Reply
from greenroom.connectors.bridges.route import Route
from greenroom.connectors.bridges.target import parse
from greenroom.contracts.interfaces import CANCEL
from greenroom.simulators import CRMS
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.simulator import Simulator
from tests.catalogue import NEEDS_NODE

INTERFACES = {CANCEL.name: CANCEL.signature}
PARAMS = {"user": {"hostname": "app.clio.com"}, "authHeader": "Bearer x", "appointmentId": "7"}
needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
CURL = "['-s', '-o', '/dev/null', '-w', '%{http_code}', url]"
JS = """
const children = require('node:child_process'); const threads = require('node:worker_threads');
const url = 'https://app.clio.com/who';
const inner = "fetch('https://app.clio.com/who').then((r) => console.log(r.status))";
const python = "import urllib.request, urllib.error\\ntry: urllib.request.urlopen('https://app.clio.com/who')\\nexcept urllib.error.HTTPError as e: print(e.code)";
const asked = (...args) => new Promise((ok, no) => children.execFile(...args, (e, out) => (e ? no(e) : ok(out))));
const posted = (options) => new Promise((ok, no) => {
  const code = "fetch('https://app.clio.com/who').then((r) => require('node:worker_threads').parentPort.postMessage(r.status))";
  new threads.Worker(code, { eval: true, ...options }).on('message', ok).on('error', no);
});
exports.cancelAppointment = async () => Number(CODE);
"""
PY = """
import asyncio, multiprocessing, os, subprocess, sys, threading, urllib.error, urllib.request

url = "https://app.clio.com/who"
inner = "import urllib.request, urllib.error\\ntry: urllib.request.urlopen(%r)\\nexcept urllib.error.HTTPError as e: print(e.code)" % url

def ask(found=None):
    try:
        urllib.request.urlopen(url)
    except urllib.error.HTTPError as error:
        if found is not None:
            found.put(error.code)
        return error.code

def child(kind):
    context = multiprocessing.get_context(kind)
    found = context.Queue()
    process = context.Process(target=ask, args=(found,))
    process.start()
    code = found.get(timeout=20)
    process.join()
    return code

def thread():
    found = []
    asking = threading.Thread(target=lambda: found.append(ask()))
    asking.start()
    asking.join()
    return found[0]

async def spawned():
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", inner, stdout=subprocess.PIPE)
    return (await process.communicate())[0]

def cancel_appointment(*, user, auth_header, appointment_id):
    return int(CODE)
"""


@pytest.fixture
def simulator() -> Iterator[tuple[Simulator, Authority]]:
    authority = Authority()
    with Simulator(CRMS["clio"], port=None, authority=authority) as found:
        yield found, authority


def opened(simulator: tuple[Simulator, Authority], path: Path, runtime: tuple[str, ...] = ()) -> Bridge:
    """Return a connector that is loaded, and redirected to the fake."""
    fake, authority = simulator
    certificate = authority.write(path.parent / "ca.pem")
    route = Route(CRMS["clio"].profile.hosts, (443,), fake.tls_port or 0, certificate)
    return Bridge(parse(str(path)), route, INTERFACES, runtime=runtime)


def play(
    simulator: tuple[Simulator, Authority], path: Path, runtime: tuple[str, ...] = (), seconds: float = 0.0
) -> tuple[Reply, list[str]]:
    """Call a connector; return its reply, and what the fake was asked. Its children have some seconds to report."""
    fake, _ = simulator
    with opened(simulator, path, runtime) as bridge:
        reply = bridge.call("cancelAppointment", PARAMS, 30)
        limit = time.monotonic() + seconds
        while reply.suspects() and time.monotonic() < limit:
            bridge.late_attempts()
    return reply, [entry.path for entry in fake.current.journal.since()]


def led(simulator: tuple[Simulator, Authority], path: Path) -> None:
    reply, asked = play(simulator, path, seconds=10)

    assert reply.outcome.get("value") == 404, reply.outcome
    assert (asked, reply.suspects()) == (["/who"], [])


@pytest.mark.in_turn
@NEEDS_NODE
@pytest.mark.parametrize(
    "code",
    [
        "await posted({})",
        "await posted({ execArgv: [], env: {} })",
        "await posted({ env: threads.SHARE_ENV })",
        "await asked(process.execPath, ['-e', inner])",
        "await asked(process.execPath, ['-e', inner], { env: {} })",
        "await asked('sh', ['-c', `\"$0\" -e \"$1\"`, process.execPath, inner])",
        "children.execFileSync(process.execPath, ['-e', inner], { env: {} })",
        "children.spawnSync(process.execPath, ['-e', inner]).stdout",
        f"await asked({sys.executable!r}, ['-c', python])",
        pytest.param(f"await asked('curl', {CURL})", marks=needs_curl),
        pytest.param(f"children.execFileSync('curl', {CURL}, {{ env: {{}} }})", marks=needs_curl),
        pytest.param("children.execSync(`curl -s -o /dev/null -w '%{http_code}' ${url}`)", marks=needs_curl),
    ],
)
def test_what_a_node_connector_starts_is_led(simulator: tuple[Simulator, Authority], tmp_path: Path, code: str) -> None:
    path = tmp_path / "connector.cjs"
    path.write_text(JS.replace("CODE", code))
    led(simulator, path)


@pytest.mark.in_turn
@pytest.mark.parametrize(
    "code",
    [
        "thread()",
        "child('fork')",
        "child('spawn')",
        "child('forkserver')",
        "subprocess.check_output([sys.executable, '-c', inner])",
        "subprocess.check_output([sys.executable, '-I', '-c', inner], env={})",
        "asyncio.run(spawned())",
        "os.popen(f'curl -s -o /dev/null -w \"%{{http_code}}\" {url}').read()",
        "404 if os.system(f'curl -s -o /dev/null {url}') == 0 else 0",
    ],
)
def test_what_a_python_connector_starts_is_led(
    simulator: tuple[Simulator, Authority], tmp_path: Path, code: str
) -> None:
    if "curl" in code and shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    path = tmp_path / "connector.py"
    path.write_text(PY.replace("CODE", code))
    led(simulator, path)


@NEEDS_NODE
def test_a_connector_sees_nothing_of_it_in_its_environment(
    simulator: tuple[Simulator, Authority], tmp_path: Path
) -> None:
    """Nor do its threads: proxies, preloads and the route stand in the environment of children alone."""
    path = tmp_path / "connector.cjs"
    inside = "require('node:worker_threads').parentPort.postMessage([process.env, process.execArgv])"
    path.write_text(
        "exports.cancelAppointment = async () => [process.env, await new Promise((ok) => new (require('node:worker_threads')"
        f".Worker)({inside!r}, {{ eval: true }}).on('message', ok))]"
    )
    reply, _ = play(simulator, path)
    text = str(reply.outcome["value"])

    for word in ("GREENROOM", "_proxy", "_PROXY", "NODE_OPTIONS", "PYTHONPATH", "redirect.cjs"):
        assert word not in text


def test_what_was_let_go_is_looked_for_once(
    simulator: tuple[Simulator, Authority], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who looks reads about every process of the machine; a bridge that is closed again has started nothing."""
    looks: list[str] = []
    monkeypatch.setattr(stragglers, "end_those_with", looks.append)
    path = tmp_path / "c.py"
    path.write_text("def cancel_appointment(*, user, auth_header, appointment_id): return {}")
    with opened(simulator, path) as bridge:
        bridge.close()

    assert len(looks) == 1


def test_a_child_that_is_not_led_is_told(simulator: tuple[Simulator, Authority], tmp_path: Path) -> None:
    path = tmp_path / "connector.py"
    path.write_text(PY.replace("int(CODE)", "subprocess.run(['true']).returncode"))
    reply, asked = play(simulator, path)

    assert (asked, reply.suspects()) == ([], ["it starts the program true"])
