"""The Python bridge: whatever a connector does is an outcome with a name, never trouble of ours."""

import errno
import os
import py_compile
import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from greenroom.connectors.bridges.bridge import Bridge, Reply
from greenroom.connectors.bridges.route import Route
from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import LoadError, WorkerError
from greenroom.contracts.interfaces import CANCEL, LIST
from greenroom.simulators import CRMS
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.simulator import Simulator

INTERFACES = {CANCEL.name: CANCEL.signature}
PARAMS = {"user": {"hostname": "app.clio.com"}, "authHeader": "Bearer x", "appointmentId": "7"}
Open = Callable[..., Bridge]


@pytest.fixture(scope="module")
def route(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Route]:
    authority = Authority()
    certificate = authority.write(tmp_path_factory.mktemp("tls") / "ca.pem")
    with Simulator(CRMS["clio"], port=None, authority=authority) as simulator:
        yield Route(CRMS["clio"].profile.hosts, (443,), simulator.tls_port or 0, certificate)


@pytest.fixture
def load(route: Route, tmp_path: Path) -> Iterator[Open]:
    """Return a function that loads a connector from its source."""
    opened: list[Bridge] = []

    def from_source(source: str, attribute: str = "", **more: Any) -> Bridge:
        path = tmp_path / "connector.py"
        path.write_text(textwrap.dedent(source), "utf-8")
        opened.append(Bridge(parse(f"{path}:{attribute}" if attribute else str(path)), route, INTERFACES, **more))
        return opened[-1]

    yield from_source
    for bridge in opened:
        bridge.close()


def body(code: str) -> str:
    """Return a connector whose cancel_appointment has this body."""
    head = "import asyncio, datetime, os, sys, threading, time\n"
    return f"{head}def cancel_appointment(*, user, auth_header, appointment_id):\n{textwrap.indent(code, '    ')}\n"


def call(bridge: Bridge, deadline: float = 10) -> Reply:
    return bridge.call("cancelAppointment", PARAMS, deadline)


@pytest.mark.parametrize(
    ("source", "attribute"),
    [
        (
            "def cancel_appointment(*, user, auth_header, appointment_id): return [user, auth_header, appointment_id]",
            "",
        ),
        ("def cancelAppointment(user, authHeader, appointmentId): return [user, authHeader, appointmentId]", ""),
        ("async def cancel_appointment(**given): return list(given.values())", ""),
        ("class A:\n    def cancel_appointment(self, **given): return list(given.values())", "A"),
        (
            "class A:\n    async def cancelAppointment(self, **given): return list(given.values())\nmake = lambda: A()",
            "make",
        ),
        (
            "class A:\n    class B:\n        @staticmethod\n        def cancel_appointment(**g): return list(g.values())",
            "A.B",
        ),
    ],
)
def test_every_style_of_offering_the_interface(load: Open, source: str, attribute: str) -> None:
    bridge = load(source, attribute)

    assert bridge.loaded.interfaces == ("cancelAppointment",)
    assert call(bridge).outcome["value"] == list(PARAMS.values())


@pytest.mark.parametrize(
    ("code", "kind", "detail"),
    [
        ("return {'successful': True}", "returned", "'value': {'successful': True}"),
        ("return None", "returned", "'value': None, 'unrepresentable': None"),
        ("return {'at': datetime.datetime.now()}", "returned", "a datetime cannot be written as JSON"),
        ("return {'x': float('nan')}", "returned", "Out of range float values"),
        ("a = []; a.append(a); return a", "returned", "Circular reference"),
        ("return 'x' * 5_000_000", "returned", "a result of 5000002 bytes"),
        ("raise ValueError('boom')", "raised", "'type': 'ValueError', 'message': 'boom', 'status': None"),
        ("raise KeyboardInterrupt", "raised", "KeyboardInterrupt"),
        ("sys.exit(3)", "crashed", "SystemExit"),
        ("os._exit(3)", "crashed", "'exit': 3"),
        ("os.kill(os.getpid(), 9)", "crashed", "'exit': -9"),
        ("time.sleep(60)", "timed-out", "'deadline': 0.5"),
        ("while True: pass", "timed-out", "'deadline': 0.5"),
    ],
)
def test_every_ending_has_a_name(load: Open, code: str, kind: str, detail: str) -> None:
    """And after each the connector can be called again."""
    bridge = load(body(f"if appointment_id == 'again': return 'well'\n{code}"))
    reply = call(bridge, 0.5 if kind == "timed-out" else 10)

    assert reply.outcome["kind"] == kind
    assert detail in str(reply.outcome)
    again = bridge.call("cancelAppointment", {**PARAMS, "appointmentId": "again"}, 10)
    assert again.outcome["value"] == "well"


def test_a_call_runs_on_the_main_thread(load: Open) -> None:
    """As in a program of its own: signals, event loops and databases opened on import work."""
    code = """
    import asyncio, signal, sqlite3, threading
    database = sqlite3.connect(":memory:")
    def cancel_appointment(**given):
        signal.signal(signal.SIGALRM, lambda *_: None)
        database.execute("SELECT 1")
        return threading.current_thread() is threading.main_thread()
    """
    assert call(load(code)).outcome["value"] is True


def test_a_forked_child_does_not_answer(load: Open) -> None:
    code = "if os.fork() == 0:\n    return 'child'\nos.wait()\nreturn 'parent'"

    assert call(load(body(code))).outcome["value"] == "parent"


def test_a_process_that_ends_after_its_answer_is_found_dead(load: Open) -> None:
    bridge = load(body("threading.Timer(0.05, os._exit, [3]).start(); return 1"))
    first = call(bridge)
    deadline = time.monotonic() + 60
    while not bridge.died() and time.monotonic() < deadline:
        time.sleep(0.02)
    second = call(bridge)

    assert (first.outcome["value"], first.found_dead) == (1, False)
    assert (second.outcome["value"], second.found_dead) == (1, True)


def test_a_helper_of_the_other_name_does_not_stand_in_the_way(load: Open) -> None:
    code = (
        "def cancel_appointment(session, url): pass\ndef cancelAppointment(user, authHeader, appointmentId): return 5"
    )

    assert call(load(code)).outcome["value"] == 5


def test_the_interface_itself_may_be_named(load: Open) -> None:
    assert call(load(body("return 6"), "cancel_appointment")).outcome["value"] == 6


def test_a_class_that_would_offer_it_is_hinted_at(load: Open) -> None:
    bridge = load("class Shop:\n    def cancel_appointment(self, **given): return 1")

    assert (bridge.loaded.interfaces, bridge.loaded.nested) == ((), ("Shop",))


def test_async_connectors_end_like_others(load: Open) -> None:
    code = "async def cancel_appointment(**given):\n    import sys\n    sys.exit(1)"

    assert call(load(code)).outcome["kind"] == "crashed"


@pytest.mark.parametrize(
    ("raise_it", "status"),
    [
        ("import requests; r = requests.Response(); r.status_code = 409; raise requests.HTTPError(response=r)", 409),
        ("import urllib.error; raise urllib.error.HTTPError('u', 404, 'm', {}, None)", 404),
        ("import httpx; q = httpx.Request('GET', 'https://x'); httpx.Response(429, request=q).raise_for_status()", 429),
        ("e = RuntimeError(); e.status = 503; raise e", 503),
        ("e = RuntimeError(); e.status = True; raise e", None),
        ("raise OSError(404, 'no')", None),
    ],
)
def test_the_status_of_an_escaped_error(load: Open, raise_it: str, status: int | None) -> None:
    assert call(load(body(raise_it))).outcome["error"]["status"] == status


def test_chatter_is_kept_apart_by_call(load: Open) -> None:
    """Python's print, plain descriptors and child processes; what comes after the answer is late, what came as it was
    loaded is the first call's.
    """
    code = """
    import os, subprocess, sys, threading
    print("while loading")
    def cancel_appointment(*, user, auth_header, appointment_id):
        print("call", appointment_id, flush=True)
        os.write(2, b"raw\\n")
        subprocess.run([sys.executable, "-c", "print('child')"])
        threading.Timer(0.2, print, ["late", appointment_id]).start()
        return 1
    """
    bridge = load(code)
    first = bridge.call("cancelAppointment", {**PARAMS, "appointmentId": "1"}, 10)
    deadline = time.monotonic() + 60
    while not first.printed(late=True)["stdout"] and time.monotonic() < deadline:
        time.sleep(0.02)
    second = bridge.call("cancelAppointment", {**PARAMS, "appointmentId": "2"}, 10)

    assert sorted(filter(None, first.printed()["stdout"].split("\n"))) == ["call 1", "child", "while loading"]
    assert first.printed()["stderr"] == "raw"
    assert first.printed(late=True) == {"stdout": "late 1", "stderr": ""}
    assert "call 2" in second.printed()["stdout"]


def test_a_flood_is_cut_and_counted(load: Open) -> None:
    reply = call(load(body("for _ in range(300): print('x' * 999)\nsys.stdout.close()\nreturn 1")))

    assert reply.outcome["value"] == 1
    assert reply.printed()["stdout"].endswith("more bytes)")
    assert len(reply.printed()["stdout"]) < 70_000


@pytest.mark.parametrize(
    "reach",
    [
        "import socket; socket.create_connection(('example.com', 443))",
        "import socket; socket.create_connection(('93.184.216.34', 443))",
        "import socket; socket.socket().connect(('example.com', 443))",
        "import socket; socket.gethostbyname('example.com')",
        "import socket; socket.getaddrinfo('example.com', 443)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('93.184.216.34', 53))",
        "import _socket; _socket.socket().connect(('93.184.216.34', 443))",
        "import requests; requests.get('https://example.com/')",
        "asyncio.run(asyncio.open_connection('example.com', 443))",
    ],
)
def test_other_hosts_are_refused_and_recorded(load: Open, reach: str) -> None:
    code = f"try:\n    {reach}\nexcept OSError as error:\n    return type(error).__name__\nreturn 'reached'"
    reply = call(load(body(code)))

    assert reply.outcome["value"] != "reached"
    assert {attempt["host"] for attempt in reply.attempts} <= {"example.com", "93.184.216.34"}
    assert reply.attempts[0]["why"] == "other-host"


def test_the_crm_without_tls_is_refused_and_recorded(load: Open) -> None:
    code = "import requests\ntry:\n    requests.get('http://app.clio.com/')\nexcept OSError:\n    return 'refused'"
    reply = call(load(body(code)))

    assert reply.outcome["value"] == "refused"
    assert {(a["host"], a["port"], a["why"]) for a in reply.attempts} == {("app.clio.com", 80, "not-encrypted")}


def test_another_port_of_the_crm_is_refused(load: Open) -> None:
    code = (
        "import requests\ntry:\n    requests.get('https://app.clio.com:8443/')\nexcept OSError:\n    return 'refused'"
    )
    reply = call(load(body(code)))

    assert reply.outcome["value"] == "refused"
    assert {(a["host"], a["port"], a["why"]) for a in reply.attempts} == {("app.clio.com", 8443, "other-host")}


def test_loopback_stays_open(load: Open) -> None:
    code = """
    import socket
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()
    return "open"
    """
    reply = call(load(body(textwrap.dedent(code))))

    assert (reply.outcome["value"], reply.attempts) == ("open", [])


@pytest.mark.parametrize(
    "client",
    [
        "import requests; return requests.get(url).status_code",
        "import requests, certifi; return requests.get(url, verify=certifi.where()).status_code",
        "import httpx; return httpx.get(url).status_code",
        "import http.client; c = http.client.HTTPSConnection('app.clio.com'); c.request('GET', '/'); return c.getresponse().status",
        "import urllib3; return urllib3.PoolManager().request('GET', url).status",
        "import os, certifi, urllib.request, urllib.error; os.environ['SSL_CERT_FILE'] = certifi.where()\ntry:\n    urllib.request.urlopen(url)\nexcept urllib.error.HTTPError as e:\n    return e.code",
        "import ipaddress, socket, requests; ip = socket.gethostbyname_ex('app.clio.com')[2][0]; assert ipaddress.ip_address(ip).is_global; return requests.get(url).status_code",
        "import socket, ssl; s = socket.socket(); s.connect(('app.clio.com', 443)); "
        "s = ssl.create_default_context().wrap_socket(s, server_hostname='app.clio.com'); "
        "s.send(b'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'); return int(s.recv(12)[9:])",
    ],
)
def test_production_hosts_lead_to_the_fake_for_every_client(load: Open, client: str) -> None:
    reply = call(load(body(f"url = 'https://app.clio.com/nothing'\n{client}")))

    assert (reply.outcome["kind"], reply.outcome["value"]) == ("returned", 404)


def test_verification_itself_stays_as_it_is(load: Open) -> None:
    """A client that verifies still refuses a host that the certificate does not name."""
    code = """
    import socket, ssl
    sock = socket.create_connection(("app.clio.com", 443))
    try:
        ssl.create_default_context().wrap_socket(sock, server_hostname="example.com")
    except ssl.SSLCertVerificationError:
        return "refused"
    """
    assert call(load(body(textwrap.dedent(code)))).outcome["value"] == "refused"


def test_the_environment_is_the_users_and_holds_no_secret_of_ours(load: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    code = "return {k: v for k, v in os.environ.items() if k in ('A', 'HTTPS_PROXY', 'GREENROOM_CHANNEL')}"
    bridge = load(body(code), env={"A": "1"})

    assert call(bridge).outcome["value"] == {"A": "1"}


def test_nothing_says_that_the_program_is_ours(load: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Names, command line, main module, environment and errors are those of any program."""
    monkeypatch.setenv("GREENROOM_SOMETHING", "1")
    code = """
    import __main__
    import socket
    try:
        socket.create_connection(("10.1.2.3", 443), timeout=2)
    except OSError as error:
        refused = [str(error), type(error).__name__]
    ours = [name for name in os.environ if name.upper().startswith("GREENROOM")]
    main = [getattr(__main__, "__file__", None), sorted(vars(__main__))[-1]]
    return [__name__, sys.argv, getattr(sys, "orig_argv", sys.argv)[1:], main, refused, ours]
    """
    name, argv, original, main, refused, ours = call(load(body(textwrap.dedent(code)))).outcome["value"]

    assert (name, ours) == ("connector", [])
    assert argv == [str(tmp_path / "connector.py")]
    assert original in ([], argv)
    assert main == [None, "__spec__"]
    assert refused == [f"[Errno {errno.ECONNREFUSED}] Connection refused", "ConnectionRefusedError"]


def test_a_connector_that_is_named_like_what_is_loaded_takes_nothings_place(route: Route, tmp_path: Path) -> None:
    path = tmp_path / "json.py"
    path.write_text("import sys\ndef cancel_appointment(**given): return [__name__, sys.modules['json'].__file__]")
    with Bridge(parse(str(path)), route, INTERFACES) as bridge:
        name, file = call(bridge).outcome["value"]

    assert name == "connector_json"
    assert file != str(path)


def test_the_declared_behaviour_is_reported(load: Open) -> None:
    source = body("return 1")

    assert load(source).loaded.cancellation is None
    assert load(source + "CANCELLATION = 'removed'\n").loaded.cancellation == "removed"


def test_a_neighbour_module_can_be_imported_and_nothing_of_ours(load: Open, tmp_path: Path) -> None:
    (tmp_path / "neighbour.py").write_text("x = 5")
    code = "import neighbour\ntry:\n    import python_worker\nexcept ImportError:\n    return neighbour.x"

    assert call(load(body(code))).outcome["value"] == 5


@pytest.mark.parametrize(
    ("source", "attribute", "sentence"),
    [
        ("1 +", "", "does not load.*SyntaxError"),
        ("import nothing_like_this", "", "does not load.*nothing_like_this"),
        ("import sys; sys.exit(1)", "", "does not load.*SystemExit"),
        ("x = 1", "Missing", "'Missing' is missing.*Missing"),
        ("class A:\n    def __init__(self, key): pass", "A", "cannot be created without arguments.*key"),
    ],
)
def test_connectors_that_cannot_be_loaded(load: Open, source: str, attribute: str, sentence: str) -> None:
    with pytest.raises(LoadError, match=sentence):
        load(source, attribute)


def test_a_wrong_signature_concerns_its_interface_only(load: Open) -> None:
    """The others can be called; one that is wanted is refused with the inputs that it must take."""
    bridge = load("def cancel_appointment(user): pass")

    assert bridge.loaded.interfaces == ()
    bridge.check_signatures(["listAppointments"])
    with pytest.raises(LoadError, match=r"with wrong parameters.*auth_header"):
        bridge.check_signatures([CANCEL.name])


WRAPPED = """
from functools import wraps
def interface(work):
    @wraps(work)
    def run({outer}):
        return work({given})
    return run
@interface
def cancel_appointment({inner}): return appointment_id
"""


@pytest.mark.parametrize(
    ("outer", "given", "inner"),
    [
        ("*, user, auth_header, **asked", "None, **asked", "client, *, appointment_id"),
        ("*, user, auth_header, appointment_id", "appointment_id=appointment_id", "*, appointment_id"),
        ("*args, **asked", "*args, **asked", "*, user, auth_header, appointment_id"),
    ],
)
def test_a_decorator_may_take_other_inputs_than_what_it_wraps(load: Open, outer: str, given: str, inner: str) -> None:
    bridge = load(WRAPPED.format(outer=outer, given=given, inner=inner))
    params = {"user": {}, "authHeader": "", "appointmentId": "7"}

    bridge.check_signatures([CANCEL.name])
    assert bridge.call(CANCEL.name, params, 10).outcome["value"] == "7"


@pytest.mark.parametrize(
    ("inputs", "body", "passed", "left_out"),
    [
        ("user, auth_header", "None", None, None),
        ("user, auth_header, range='none'", "range", "r", "none"),
        ("*, user, auth_header, range", "range", "r", None),
        ("**more", "more['range']", "r", None),
    ],
)
def test_optional_inputs_go_to_functions_that_take_them(
    tmp_path: Path, inputs: str, body: str, passed: str | None, left_out: str | None
) -> None:
    """One that App Connect leaves out is undefined there: a default of the connector's own counts, else None."""
    path, params = tmp_path / "c.py", {"user": {}, "authHeader": ""}
    path.write_text(f"def list_appointments({inputs}): return {body}")
    route = Route(("app.clio.com",), (443,), 1, Authority().write(tmp_path / "ca.pem"))
    with Bridge(parse(str(path)), route, {LIST.name: LIST.signature}) as bridge:
        assert bridge.call(LIST.name, {**params, "range": "r"}, 10).outcome["value"] == passed
        assert bridge.call(LIST.name, params, 10).outcome["value"] == left_out


def test_an_optional_input_without_a_default_is_none_where_it_is_absent(tmp_path: Path) -> None:
    path = tmp_path / "c.py"
    path.write_text("def list_appointments(*, user, auth_header, range): return range")
    route = Route(("app.clio.com",), (443,), 1, Authority().write(tmp_path / "ca.pem"))
    with Bridge(parse(str(path)), route, {"listAppointments": LIST.signature}) as bridge:
        bridge.check_signatures(["listAppointments"])
        assert bridge.call("listAppointments", {"user": {}, "authHeader": ""}, 10).outcome["value"] is None


def test_a_process_that_dies_while_loading(load: Open) -> None:
    with pytest.raises(WorkerError, match=r"ended while it was loaded \(exit 7\)"):
        load("import os; os._exit(7)")


@pytest.mark.parametrize(
    ("runtime", "sentence"),
    [
        (("no-such-python",), "cannot start 'no-such-python'"),
        ((sys.executable, "-c", "import sys; sys.exit('oh dear')"), r"(?s)ended \(exit 1\) before it began.*oh dear"),
    ],
)
def test_runtimes_that_do_not_start(load: Open, runtime: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(WorkerError, match=sentence):
        load(body("return 1"), runtime=runtime)


def test_another_interpreter_runs_the_connector(load: Open) -> None:
    """Isolated and without site-packages: the worker needs the standard library only."""
    bridge = load(body("import sys; return sys.flags.no_site"), runtime=(sys.executable, "-I", "-S"))

    assert call(bridge).outcome["value"] == 1


def test_what_was_edited_within_the_same_second_is_what_runs(load: Open, tmp_path: Path) -> None:
    """Python takes bytecode of the same size and second for current; a connector's must never be."""
    path, beside = tmp_path / "connector.py", tmp_path / "beside.py"

    def edit(file: Path, source: str) -> None:
        file.write_text(source, "utf-8")
        os.utime(file, (1_700_000_000, 1_700_000_000))

    source = "import beside\n" + body("return ['{}', beside.SAYS]")
    edit(beside, "SAYS = 'old'")
    bridge = load(source.format("old"))
    edit(path, source.format("old"))
    for file in (path, beside):
        py_compile.compile(str(file))  # as the author's own tests do
    bridge.restart()
    assert call(bridge).outcome["value"] == ["old", "old"]
    edit(path, source.format("new"))
    edit(beside, "SAYS = 'new'")
    bridge.restart()
    assert call(bridge).outcome["value"] == ["new", "new"]
    shutil.rmtree(tmp_path / "__pycache__")
    bridge.restart()
    assert not (tmp_path / "__pycache__").exists()
