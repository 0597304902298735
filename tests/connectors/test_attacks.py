"""Connectors that are too large, too loud, too busy, or leave processes behind: outcomes of theirs, within bounds."""

import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from greenroom.connectors.bridges.bridge import Bridge
from greenroom.connectors.bridges.route import Route
from greenroom.connectors.bridges.target import parse
from greenroom.contracts.interfaces import CANCEL
from greenroom.simulators.core.authority import Authority
from tests.catalogue import NEEDS_NODE, WHOLE
from tests.greenroom.shell import eventually

INTERFACES = {CANCEL.name: CANCEL.signature}
PARAMS = {"user": {"hostname": "app.clio.com"}, "authHeader": "Bearer x", "appointmentId": "7"}
PYTHON = "def cancel_appointment(*, user, auth_header, appointment_id):\n{}\n"
JAVASCRIPT = "exports.cancelAppointment = async ({{ user, appointmentId }}) => {{\n{}\n}};\n"
MOST_MEMORY = 300 * 1024
"""Kilobytes that Greenroom may take, whatever a connector does."""
FLOODED = 3 if WHOLE else 1
"""Seconds that a flood lasts; what is kept of one without bounds is too much after one second."""
Open = Callable[[str, str], Bridge]
LANGUAGES = pytest.mark.parametrize("language", ["py", pytest.param("cjs", marks=NEEDS_NODE)])


def source(language: str, python: str, javascript: str) -> str:
    code = python if language == "py" else javascript
    return (PYTHON if language == "py" else JAVASCRIPT).format(textwrap.indent(code, "    "))


@pytest.fixture
def load(tmp_path: Path) -> Iterator[Open]:
    route = Route(("app.clio.com",), (443,), 1, Authority().write(tmp_path / "ca.pem"))
    opened: list[Bridge] = []

    def from_source(language: str, text: str) -> Bridge:
        path = tmp_path / f"connector.{language}"
        path.write_text(text, "utf-8")
        opened.append(Bridge(parse(str(path)), route, INTERFACES))
        return opened[-1]

    yield from_source
    for bridge in opened:
        bridge.close()


@pytest.mark.in_turn
@LANGUAGES
@pytest.mark.parametrize(
    ("python", "javascript", "kind"),
    [
        ("raise ValueError('x' * 10**7)", "throw new Error('x'.repeat(1e7))", "raised"),
        ("raise type('E' * 10**7, (Exception,), {})()", "throw Object.assign(new Error(), { name: 'E'.repeat(1e7) })", "raised"),
        (
            "class E(Exception):\n    status = 10**5000\n    def __str__(self): raise SystemExit\nraise E()",
            "throw { get message() { throw 1 }, get name() { throw 2 }, get response() { throw 3 }, toString() { throw 4 } }",
            "raised",
        ),
        ("return {'message': 'é' * 3 * 10**6}", "return { message: 'é'.repeat(3e6) }", "returned"),
        ("return {'message': 'x' * 10**8}", "return { message: 'x'.repeat(1e8) }", "returned"),
        (
            "class Odd(dict):\n    def __iter__(self): raise RuntimeError('o' * 10**7)\n    items = keys = __iter__\nimport types\nreturn types.MappingProxyType(Odd(a=1))",
            "return { get a() { throw new Error('o'.repeat(1e7)) } }",
            "returned",
        ),
        (
            "import socket\ntry:\n    socket.create_connection(('h' * 10**6, 443))\nexcept Exception:\n    return 1",
            "return new Promise((done) => require('net').connect({ host: 'h'.repeat(1e7), port: 443 }).on('error', () => done(1)))",
            "returned",
        ),
    ],
    ids=["message", "name", "unreadable", "wide-result", "large-result", "odd-result", "host"],
)  # fmt: skip
def test_what_is_too_long_is_cut_and_told(load: Open, language: str, python: str, javascript: str, kind: str) -> None:
    bridge = load(language, source(language, python, javascript))
    for _ in range(2):
        outcome = bridge.call("cancelAppointment", PARAMS, 20).outcome
        assert outcome["kind"] == kind
        assert len(str(outcome)) < 700_000
        if outcome.get("unrepresentable") and "message" in python:
            assert "a result of" in outcome["unrepresentable"]


@pytest.mark.in_turn
@LANGUAGES
@pytest.mark.parametrize(
    ("python", "javascript"),
    [
        ("'x' * 10**7", "'x'.repeat(1e7)"),
        ("[10**5000]", "[10n ** 50n]"),
        ("float('nan')", "NaN"),
        ("10**5000", "10n ** 5000n"),
        ("type('C', (), {'__repr__': lambda self: 1 / 0})()", "Symbol('x')"),
    ],
)
def test_a_declaration_is_cut_too(load: Open, language: str, python: str, javascript: str) -> None:
    name = "CANCELLATION" if language == "py" else "exports.cancellation"
    value = python if language == "py" else javascript
    bridge = load(language, f"{name} = {value}\n" + source(language, "return 1", "return 1"))

    assert len(str(bridge.loaded.cancellation)) < 300
    assert bridge.call("cancelAppointment", PARAMS, 10).outcome["value"] == 1


FLOODS = {
    "lines.py": "    import sys\n    while True:\n        sys.stdout.write('x\\n' * 99)",
    "blocks.py": "    import os\n    while True:\n        os.write(2, b'x' * 10**6)",
    "busy.py": "    while True:\n        pass",
    "names.py": "    import socket, itertools\n    for n in itertools.count():\n        try:\n            socket.create_connection((f'h{n}.example.com', 25))\n        except OSError:\n            pass",
    "log.cjs": "for (;;) console.log('x'.repeat(100));",
    "requests.cjs": "for (;;) await fetch(`https://${user.hostname}/api/v4/users/who_am_i.json`).catch(() => 1);",
}


@pytest.mark.in_turn
@pytest.mark.parametrize("name", [pytest.param(n, marks=NEEDS_NODE) if n.endswith("cjs") else n for n in FLOODS])
def test_floods_and_busy_loops_end_within_their_deadline(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text((PYTHON if name.endswith("py") else JAVASCRIPT).format(FLOODS[name]))
    started = time.monotonic()
    out, most = measured("call", str(path), "cancelAppointment", "--crm", "clio", "--deadline", str(FLOODED))

    assert f"timed-out after {FLOODED} s" in out
    assert time.monotonic() - started < 3 + 20  # starting, judging, and whatever else this machine does
    assert most < MOST_MEMORY


MEASURED = """
import atexit, pathlib, re
from greenroom.cli import main
atexit.register(lambda: print("used", re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]))
main()
"""
"""Its own memory since it began: what ``getrusage`` says may be that of the process which started it."""


def measured(*words: str) -> tuple[str, int]:
    """Run a command; return what it said, and the kilobytes that it took itself, without its children."""
    command = [sys.executable, "-c", MEASURED, *words]
    out = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False).stdout.decode()
    said, _, used = out.rpartition("used ")
    return said, int(used)


@NEEDS_NODE
@pytest.mark.in_turn
def test_a_flood_in_a_whole_run_stays_small(tmp_path: Path) -> None:
    """Whatever a connector asks in one world after some hundred requests is answered slowly."""
    path = tmp_path / "requests.cjs"
    path.write_text(JAVASCRIPT.format(FLOODS["requests.cjs"]))
    out, most = measured("certify", str(path), "--crm", "clio", "--level", "documented", "--deadline", str(FLOODED))

    assert "BROKEN shape.returns" in out
    assert most < MOST_MEMORY


def test_output_of_many_calls_is_kept_within_bounds(load: Open) -> None:
    """Each call's output is bounded, and all of it; of the earliest only the size is left."""
    bridge = load("py", PYTHON.format("    print('y' * 60 * 1024)\n    return 1"))
    replies = [bridge.call("cancelAppointment", PARAMS, 10) for _ in range(300)]

    assert replies[0].printed()["stdout"].endswith("more bytes)")
    assert len(replies[0].printed()["stdout"]) < 100
    assert len(replies[-1].printed()["stdout"]) == 60 * 1024


def test_a_long_line_is_kept_up_to_a_word(load: Open) -> None:
    """Half a secret could not be masked."""
    line = "    print('word ' * 12 * 1024 + 'y' * 10**5)\n    return 1"
    text = load("py", PYTHON.format(line)).call("cancelAppointment", PARAMS, 10).printed()["stdout"]

    assert text.startswith("word word")
    assert text.splitlines()[0].endswith("word ")
    assert "more bytes" in text


LEFT = {
    "py": """\
import os, subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
subprocess.Popen(["sh", "-c", "setsid sleep 600 & sleep 600 &"])
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        import time
        time.sleep(600)
    os._exit(0)
if appointment_id == "ends":
    os._exit(3)
return "left"
""",
    "cjs": """\
const { spawn } = require('node:child_process');
for (const words of ['sleep 600', '(sleep 600 &) &']) spawn('sh', ['-c', words], { detached: true, stdio: 'ignore' }).unref();
if (appointmentId === 'ends') process.exit(3);
return 'left';
""",
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are found through /proc")
@LANGUAGES
@pytest.mark.parametrize("how", ["lives", "ends"])
def test_what_a_connector_left_running_ends_with_it(load: Open, tmp_path: Path, language: str, how: str) -> None:
    bridge = load(language, source(language, LEFT["py"], LEFT["cjs"]))
    outcome = bridge.call("cancelAppointment", {**PARAMS, "appointmentId": how}, 20).outcome
    certificate = f"={tmp_path / 'ca.pem'}".encode()
    assert outcome["kind"] == ("returned" if how == "lives" else "crashed")
    limit = time.monotonic() + 10
    while len(alive(certificate)) < 2 and time.monotonic() < limit:
        time.sleep(0.02)
    left = alive(certificate)
    bridge.close()

    assert len(left) >= 2
    eventually(lambda: not set(left) & set(alive(certificate)), seconds=10)  # the system takes a moment for it


def alive(value: bytes) -> list[str]:
    """Return the processes that were started with a value in their environment."""
    found = []
    for each in Path("/proc").iterdir():
        try:
            if each.name.isdecimal() and value in (each / "environ").read_bytes():
                found.append(each.name)
        except OSError:
            continue
    return found
