"""The Node bridge: the same promises as the Python bridge, and what only JavaScript can do."""

import json
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from greenroom.connectors.bridges.bridge import Bridge, Reply
from greenroom.connectors.bridges.route import Route
from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import LoadError, WorkerError
from greenroom.contracts.interfaces import CANCEL
from greenroom.simulators import CRMS
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.simulator import Simulator
from tests.catalogue import HERE, LOADER, NEEDS_NODE

pytestmark = NEEDS_NODE
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
    """Return a function that loads a connector from its source; axios is there."""
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules")
    opened: list[Bridge] = []

    def from_source(source: str, attribute: str = "", suffix: str = "cjs", **more: Any) -> Bridge:
        path = tmp_path / f"connector.{suffix}"
        path.write_text(textwrap.dedent(source), "utf-8")
        opened.append(Bridge(parse(f"{path}:{attribute}" if attribute else str(path)), route, INTERFACES, **more))
        return opened[-1]

    yield from_source
    for bridge in opened:
        bridge.close()


def body(code: str) -> str:
    return (
        f"exports.cancelAppointment = async ({{ user, authHeader, appointmentId, proxyConfig }}) => {{\n{code}\n}};\n"
    )


def call(bridge: Bridge, deadline: float = 10, **params: Any) -> Reply:
    return bridge.call("cancelAppointment", {**PARAMS, **params}, deadline)


@pytest.mark.parametrize(
    ("source", "attribute", "suffix"),
    [
        ("exports.cancelAppointment = (given) => Object.keys(given)", "", "cjs"),
        ("exports.cancelAppointment = (given) => Object.keys(given)", "", "js"),
        ("module.exports = { cancelAppointment: async (given) => Object.keys(given) }", "", "cjs"),
        ("export const cancelAppointment = (given) => Object.keys(given)", "", "mjs"),
        ("export default { cancelAppointment: (given) => Object.keys(given) }", "", "mjs"),
        ("export default class { cancelAppointment(given) { return Object.keys(given) } }", "", "mjs"),
        ("export default () => ({ cancelAppointment: (given) => Object.keys(given) })", "", "mjs"),
        ("exports.make = () => ({ cancelAppointment: (given) => Object.keys(given) })", "make", "cjs"),
        ("exports.Clio = class { cancelAppointment(given) { return Object.keys(given) } }", "Clio", "cjs"),
        ("exports.a = { b: { cancelAppointment: (given) => Object.keys(given) } }", "a.b", "cjs"),
        ("exports.cancelAppointment = (given) => Object.keys(given)", "cancelAppointment", "cjs"),
        ("await 0; export const cancelAppointment = (given) => Object.keys(given)", "", "mjs"),
    ],
)
def test_every_style_of_offering_the_interface(load: Open, source: str, attribute: str, suffix: str) -> None:
    bridge = load(source, attribute, suffix)

    assert bridge.loaded.interfaces == ("cancelAppointment",)
    assert call(bridge).outcome["value"] == ["user", "authHeader", "appointmentId", "proxyConfig"]


@pytest.mark.parametrize(
    ("code", "kind", "detail"),
    [
        ("return { successful: true }", "returned", "'value': {'successful': True}"),
        ("return undefined", "returned", "'value': None, 'unrepresentable': None"),
        ("return { successful: undefined }", "returned", "{'successful': None}"),
        ("return { at: new Date() }", "returned", "{'at': {'date':"),
        ("return { x: NaN }", "returned", "{'x': {'number': 'NaN'}}"),
        ("return { x: 1n }", "returned", "a BigInt cannot be written as JSON"),
        ("const a = {}; a.a = a; return a", "returned", "circular structure"),
        ("return { message: () => 1 }", "returned", "'value': {}"),
        ("return 'x'.repeat(5e6)", "returned", "a result of"),
        ("throw new TypeError('boom')", "raised", "'type': 'TypeError', 'message': 'boom', 'status': None"),
        ("throw 'text'", "raised", "'message': 'text'"),
        ("throw null", "raised", "'message': 'null'"),
        ("throw { response: { status: 409 } }", "raised", "'status': 409"),
        ("return Promise.reject(undefined)", "raised", "'message': 'undefined'"),
        ("process.exit(3)", "crashed", "'exit': 3"),
        ("setTimeout(() => { throw new Error('later') }, 0); return new Promise(() => {})", "crashed", "'exit': 1"),
        ("Promise.reject(new Error('x')); return new Promise((r) => setTimeout(r, 500))", "crashed", "'exit': 1"),
        ("return new Promise(() => {})", "timed-out", "'deadline': 0.5"),
        ("for (;;) {}", "timed-out", "'deadline': 0.5"),
    ],
)
def test_every_ending_has_a_name(load: Open, code: str, kind: str, detail: str) -> None:
    """And after each the connector can be called again."""
    bridge = load(body(f"if (appointmentId === 'again') return 'well';\n{code}"))
    reply = call(bridge, 0.5 if kind == "timed-out" else 10)

    assert reply.outcome["kind"] == kind
    assert detail in str(reply.outcome)
    assert call(bridge, appointmentId="again").outcome["value"] == "well"


def test_the_user_behaves_like_app_connects_model(load: Open) -> None:
    """All of it is compared with the real one in tests/contracts/test_user.py."""
    code = "await user.update({ hostname: 'eu' }); const saved = await user.save(); return [saved === user, saved.toJSON().hostname, { ...user }.hostname, proxyConfig]"

    assert call(load(body(code))).outcome["value"] == [True, "eu", None, None]


def test_chatter_is_kept_apart_by_call(load: Open) -> None:
    code = "console.log('call', appointmentId); console.error('raw'); setTimeout(() => console.log('late', appointmentId), 150)"
    bridge = load("console.log('loading');\n" + body(code))
    first = call(bridge, appointmentId="1")
    deadline = time.monotonic() + 60
    while not first.printed(late=True)["stdout"] and time.monotonic() < deadline:
        time.sleep(0.02)
    second = call(bridge, appointmentId="2")

    assert first.printed() == {"stdout": "loading\ncall 1", "stderr": "raw"}
    assert first.printed(late=True)["stdout"] == "late 1"
    assert "call 2" in second.printed()["stdout"]
    assert "loading" not in second.printed()["stdout"]


def test_a_flood_is_cut_and_counted(load: Open) -> None:
    reply = call(load(body("for (let i = 0; i < 3000; i += 1) console.log('x'.repeat(999)); return 1")))

    assert reply.outcome["value"] == 1
    assert reply.printed()["stdout"].endswith("more bytes)")


@pytest.mark.parametrize(
    "reach",
    [
        "await fetch('https://example.com/')",
        "await require('axios').get('https://example.com/')",
        "await new Promise((ok, no) => require('node:https').get('https://example.com/', ok).on('error', no))",
        "await new Promise((ok, no) => require('node:net').connect(443, '93.184.216.34', ok).on('error', no))",
        "await new Promise((ok, no) => require('node:net').connect({ host: 'example.com', port: 443 }, ok).on('error', no))",
        "require('node:dgram').createSocket('udp4').send('x', 53, '93.184.216.34')",
    ],
)
def test_other_hosts_are_refused_and_recorded(load: Open, reach: str) -> None:
    reply = call(load(body(f"try {{ {reach} }} catch (error) {{ return 'refused' }}\nreturn 'reached'")))

    assert reply.outcome["value"] == "refused"
    assert {attempt["host"] for attempt in reply.attempts} <= {"example.com", "93.184.216.34"}
    assert reply.attempts[0]["why"] == "other-host"


@pytest.mark.parametrize(
    ("url", "why"), [("http://app.clio.com/", "not-encrypted"), ("https://app.clio.com:8443/", "other-host")]
)
def test_the_crm_without_tls_or_on_another_port_is_refused(load: Open, url: str, why: str) -> None:
    reply = call(load(body(f"try {{ await fetch('{url}') }} catch {{ return 'refused' }}")))

    assert (reply.outcome["value"], reply.attempts[0]["why"]) == ("refused", why)


def test_loopback_stays_open(load: Open) -> None:
    code = """
    const server = require('node:http').createServer((q, r) => r.end('open')).listen(0, '127.0.0.1');
    await new Promise((ready) => server.on('listening', ready));
    const answer = await fetch(`http://localhost:${server.address().port}`);
    server.close();
    return answer.text();
    """
    reply = call(load(body(code)))

    assert (reply.outcome["value"], reply.attempts) == ("open", [])


@pytest.mark.parametrize(
    "client",
    [
        "return (await fetch(url)).status",
        "return (await require('axios').get(url, { validateStatus: () => true })).status",
        "return new Promise((ok) => require('node:https').get(url, (r) => ok(r.statusCode)))",
        "const agent = new (require('node:https').Agent)({ ca: require('node:tls').rootCertificates }); "
        "return new Promise((ok) => require('node:https').get(url, { agent }, (r) => ok(r.statusCode)))",
        "const s = require('node:tls').connect({ host: 'app.clio.com', port: 443, servername: 'app.clio.com' }); "
        "s.write('GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'); return new Promise((ok) => s.once('data', (d) => ok(Number(String(d).slice(9, 12)))))",
    ],
)
def test_production_hosts_lead_to_the_fake_for_every_client(load: Open, client: str) -> None:
    reply = call(load(body(f"const url = 'https://app.clio.com/nothing'; {client}")))

    assert reply.outcome == {"kind": "returned", "value": 404, "unrepresentable": None}


def test_verification_itself_stays_as_it_is(load: Open) -> None:
    code = """
    const socket = require('node:tls').connect({ host: 'app.clio.com', port: 443, servername: 'example.com' });
    return new Promise((ok) => socket.on('error', (error) => ok(error.code)));
    """
    assert call(load(body(code))).outcome["value"] == "ERR_TLS_CERT_ALTNAME_INVALID"


def test_the_environment_is_there_on_import_and_holds_no_secret_of_ours(load: Open) -> None:
    source = "const seen = process.env.DATABASE_URL;\n" + body("return [seen, process.env.GREENROOM_CHANNEL ?? null]")

    assert call(load(source, env={"DATABASE_URL": "sqlite:"})).outcome["value"] == ["sqlite:", None]


def test_nothing_says_that_the_program_is_ours(load: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Command line, main module, environment and errors are those of any program."""
    monkeypatch.setenv("GREENROOM_SOMETHING", "1")
    code = """
    const names = Object.keys(process.env).filter((name) => /greenroom|EXTRA_CA/i.test(name));
    const socket = require('node:net').connect({ host: '10.1.2.3', port: 443 });
    const refused = await new Promise((ok) => socket.on('error', (error) => ok([error.message, error.code, error.syscall])));
    const main = [require.main.filename, require.main === module, require.main.paths[0]];
    return [process.argv.slice(1), main, names, refused];
    """
    argv, main, names, refused = call(load(body(code))).outcome["value"]

    assert argv == [str(Path.cwd() / "server.js")]
    assert main == [argv[0], False, str(Path.cwd() / "node_modules")]
    assert names == []
    assert refused == ["connect ECONNREFUSED 10.1.2.3:443", "ECONNREFUSED", "connect"]


def test_the_declared_behaviour_is_reported(load: Open) -> None:
    assert load(body("return 1")).loaded.cancellation is None
    assert load(body("return 1") + "exports.cancellation = 'removed'").loaded.cancellation == "removed"


@pytest.mark.parametrize(
    ("source", "suffix", "attribute", "sentence"),
    [
        ("this is no javascript", "cjs", "", "does not load.*SyntaxError"),
        ("throw new Error('no key')", "mjs", "", "does not load.*no key"),
        ("require('nothing-like-this')", "cjs", "", "nothing-like-this.*run npm install"),
        ("import 'nothing-like-this'", "mjs", "", "nothing-like-this.*run npm install"),
        ("export const x: number = 1", "ts", "", "needs a loader.*node --import tsx"),
        ("exports.x = 1", "cjs", "Missing", "'Missing' is missing.*no export 'Missing'"),
        (
            "exports.A = class { constructor() { throw new Error('key?') } }",
            "cjs",
            "A",
            "cannot be created without arguments.*key",
        ),
    ],
)
def test_connectors_that_cannot_be_loaded(load: Open, source: str, suffix: str, attribute: str, sentence: str) -> None:
    with pytest.raises(LoadError, match=sentence):
        load(source, attribute, suffix)


def test_typescript_runs_with_a_loader(load: Open) -> None:
    source = "export const cancelAppointment = async ({ user }: { user: object }): Promise<number> => Object.keys({ user }).length"

    assert call(load(source, suffix="ts", runtime=LOADER.split())).outcome["value"] == 1


def test_a_process_that_dies_while_loading(load: Open) -> None:
    with pytest.raises(WorkerError, match=r"ended while it was loaded \(exit 7\)"):
        load("process.exit(7)")


def test_no_node_is_one_sentence(load: Open) -> None:
    with pytest.raises(WorkerError, match="cannot start 'no-such-node'"):
        load(body("return 1"), runtime=("no-such-node",))


def test_too_old_a_node_is_one_sentence(load: Open, tmp_path: Path) -> None:
    """A Node that says it is 18."""
    old = tmp_path / "old.cjs"
    old.write_text(
        "Object.defineProperty(process.versions, 'node', { value: '18.1.0' }); Object.defineProperty(process, 'version', { value: 'v18.1.0' })"
    )
    with pytest.raises(WorkerError, match=r"Node 20 or newer is needed, this is v18\.1\.0"):
        load(body("return 1"), runtime=("node", "--require", str(old)))


@pytest.mark.parametrize("language", ["node", "python"])
def test_several_calls_are_in_flight_each_with_its_deadline(
    load: Open, route: Route, tmp_path: Path, language: str
) -> None:
    """Three calls that wait for each other, and one that hangs: it takes no other with it, and the next call has a new
    worker.
    """
    if language == "node":
        bridge = load(body(MEETS.replace("FOLDER", json.dumps(str(tmp_path)))))
    else:
        (tmp_path / "c.py").write_text(PYTHON_MEETS.replace("FOLDER", repr(str(tmp_path))))
        bridge = Bridge(parse(str(tmp_path / "c.py")), route, INTERFACES)
    replies: dict[str, Reply] = {}

    def one(name: str, deadline: float) -> None:
        replies[name] = call(bridge, deadline, appointmentId=name)

    threads = [threading.Thread(target=one, args=(name, 60)) for name in ("1", "2", "3")]
    threads.append(threading.Thread(target=one, args=("hangs", 0.2)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    again = call(bridge, appointmentId="4")
    bridge.close()

    assert replies.pop("hangs").outcome["kind"] == "timed-out"
    pids = {reply.outcome["value"][1] for reply in replies.values()}
    assert [reply.outcome["value"][0] for _, reply in sorted(replies.items())] == ["1", "2", "3"]
    assert len(pids) == 1
    assert again.outcome["value"][1] not in pids


MEETS = """
const fs = require('node:fs');
const pause = () => new Promise((r) => setTimeout(r, 10));
fs.writeFileSync(FOLDER + `/${appointmentId}.met`, '');
const met = () => fs.readdirSync(FOLDER).filter((name) => /^[0-9].met$/.test(name)).length;
while (appointmentId === 'hangs' || met() < 3) await pause();
return [appointmentId, process.pid];
"""
PYTHON_MEETS = """
import os, pathlib, time
def cancel_appointment(*, user, auth_header, appointment_id):
    (pathlib.Path(FOLDER) / f"{appointment_id}.met").touch()
    while appointment_id == "hangs" or len(list(pathlib.Path(FOLDER).glob("[0-9].met"))) < 3:
        time.sleep(0.01)
    return [appointment_id, os.getpid()]
"""
