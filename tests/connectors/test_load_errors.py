"""Connectors that do not load: the message names file and line, the cause, and what to do, in their language."""

import json
import time
from pathlib import Path

import pytest

from greenroom.connectors.bridges.bridge import Bridge
from greenroom.connectors.bridges.route import Route
from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import BridgeError, LoadError, WorkerError
from greenroom.contracts.interfaces import CANCEL
from greenroom.simulators.core.authority import Authority
from tests.catalogue import HERE, LOADER, NEEDS_NODE, NODE

INTERFACES = {CANCEL.name: CANCEL.signature}
PARAMS = {"user": {"hostname": "app.clio.com"}, "authHeader": "Bearer x", "appointmentId": "7"}
BROKEN = {
    "good.mjs": "export const yes = 1",
    "bad.mjs": "export const x = 1;\nconst y = ;",
    "bad.cjs": "const x = 1;\nconst y = ;",
    "utils.js": "exports.x = 1",
}
"""Files beside each connector."""


def write(folder: Path, name: str, source: str) -> str:
    for each, text in {**BROKEN, name: source}.items():
        (folder / each).write_text(text, "utf-8")
    return str(folder / name)


def bridge(target: str, folder: Path, runtime: tuple[str, ...] = (), load_limit: float = 60) -> Bridge:
    route = Route(("app.clio.com",), (443,), 1, Authority().write(folder / "ca.pem"))
    return Bridge(parse(target), route, INTERFACES, runtime=runtime, load_limit=load_limit)


@pytest.mark.in_turn
@NEEDS_NODE
@pytest.mark.parametrize(
    ("name", "source", "sentence"),
    [
        (
            "c.mjs",
            "export const x = 1;\nconst y = ;",
            r"fix this: SyntaxError \(at \S+c\.mjs:2\): Unexpected token ';'",
        ),
        ("c.cjs", "const x = 1;\n\nconst y = ;", r"SyntaxError \(at \S+c\.cjs:3\): Unexpected token"),
        ("c.mjs", "import './bad.mjs'", r"SyntaxError \(at \S+bad\.mjs:2\)"),
        ("c.cjs", "require('./bad.cjs')", r"SyntaxError \(at \S+bad\.cjs:2\)"),
        ("c.mjs", "\nimport { no } from './good.mjs'", r"at \S+c\.mjs:2\): The requested module .* does not provide"),
        ("c.cjs", "\nthrow new Error('no key')", r"--env and --runtime: Error \(at \S+c\.cjs:2\): no key"),
        ("c.mjs", "function deep(n) {\n if (n) deep(n - 1); else throw new Error('x')\n}\ndeep(3)", r"at \S+c\.mjs:2"),
        ("c.cjs", "require('./utl.js')", r"there is no such file; did you mean utils\.js\?"),
        ("c.mjs", "import './utl.js'", r"there is no such file; did you mean utils\.js\?"),
        ("c.cjs", "require('./nothing-like-it')", "there is no such file; check its name"),
        ("c.cjs", "require('axiso')", "Cannot find module 'axiso': run npm install in the connector's project"),
        ("c.mjs", "import 'axiso'", "Cannot find package 'axiso' .*: run npm install"),
        ("c.mjs", "throw null", "does not load.*null"),
        ("c.cjs", "exports.cancellation = { toString() { throw new Error('odd') } }", "does not load.*odd"),
        ("c.ts", "export const x: number = 1", "needs a loader.*node --import tsx"),
    ],
)
def test_javascript_that_does_not_load(tmp_path: Path, name: str, source: str, sentence: str) -> None:
    with pytest.raises(LoadError, match=sentence):
        bridge(write(tmp_path, name, source), tmp_path)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("x = 1\ndef f(:", r"fix this: SyntaxError \(at \S+c\.py:2\)"),
        ("import json\n\njson.loads('no')", r"JSONDecodeError \(at \S+c\.py:3\): Expecting value"),
        ("import bad", r"SyntaxError \(at \S+bad\.py:1\)"),
        ("raise ValueError('line one\\n' + 'x\\n' * 100 + 'last')", r"(?s)ValueError.*line one.*more lines.*last"),
    ],
)
def test_python_that_does_not_load(tmp_path: Path, source: str, sentence: str) -> None:
    (tmp_path / "bad.py").write_text("1 +", "utf-8")
    with pytest.raises(LoadError, match=sentence):
        bridge(write(tmp_path, "c.py", source), tmp_path)


@pytest.mark.parametrize(
    ("name", "source", "sentence"),
    [
        pytest.param("c.cjs", "exports.cancelappointment = 1 && (() => 1)", "it has cancelappointment: did you mean cancelAppointment?", marks=NEEDS_NODE),
        pytest.param("c.cjs", "exports.list = () => []", "add exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => …", marks=NEEDS_NODE),
        pytest.param("c.mjs", "export default { cancelAppointmnet() {} }", "it has cancelAppointmnet: did you mean cancelAppointment?", marks=NEEDS_NODE),
        pytest.param("c.cjs", "exports.A = class { cancelAppointment() {} }", "c.cjs:A?", marks=NEEDS_NODE),
        ("c.py", "def cancel_appointmnt(**given): pass", "it has cancel_appointmnt: did you mean cancel_appointment?"),
        ("c.py", "x = 1", "add def cancel_appointment(*, user, auth_header, appointment_id): …"),
    ],
)  # fmt: skip
def test_connectors_that_offer_nothing_asked_for(tmp_path: Path, name: str, source: str, sentence: str) -> None:
    with bridge(write(tmp_path, name, source), tmp_path) as opened:
        assert sentence in opened.no_offer(["cancelAppointment"])


def test_a_misspelt_name_is_one_piece_of_advice(tmp_path: Path) -> None:
    with bridge(write(tmp_path, "c.py", "def createappointment(**given): pass"), tmp_path) as opened:
        said = opened.no_offer(["cancelAppointment", "createAppointment", "updateAppointment"])

    assert said.endswith("; it has createappointment: did you mean createAppointment?")


@NEEDS_NODE
@pytest.mark.parametrize("suffix", ["ts", "cts"])
def test_a_hook_of_require_reads_typescript(tmp_path: Path, suffix: str) -> None:
    """As esbuild-register, ts-node/register, @swc-node/register and @babel/register do."""
    hook = tmp_path / "hook.cjs"
    esbuild = json.dumps(str(HERE / "node_modules" / "esbuild"))
    hook.write_text(
        f"const {{ transformSync }} = require({esbuild});\n"
        "require('module')._extensions['.ts'] = (module, file) => module._compile("
        "transformSync(require('fs').readFileSync(file, 'utf8'), { loader: 'ts', format: 'cjs' }).code, file);\n"
    )
    source = "export const cancelAppointment = async ({ appointmentId }: { appointmentId: string }) => appointmentId"
    target = write(tmp_path, f"c.{suffix}", source)

    with bridge(target, tmp_path, ("node", "-r", str(hook))) as opened:
        assert opened.call("cancelAppointment", PARAMS, 10).outcome["value"] == "7"


@NEEDS_NODE
def test_a_loader_that_leaves_the_source_map_to_node(tmp_path: Path) -> None:
    """As @swc-node/register/esm-register does: the map stands in what it compiles, and in no file."""
    esbuild = json.dumps((HERE / "node_modules" / "esbuild" / "lib" / "main.js").as_uri())
    (tmp_path / "hooks.mjs").write_text(
        f"import esbuild from {esbuild};\nimport {{ readFile }} from 'node:fs/promises';\n"
        "export async function load(url, context, next) {\n"
        "  if (!url.endsWith('.ts')) return next(url, context);\n"
        "  const options = { loader: 'ts', format: 'esm', sourcemap: 'inline', sourcefile: new URL(url).pathname };\n"
        "  const { code } = await esbuild.transform(await readFile(new URL(url), 'utf8'), options);\n"
        "  return { format: 'module', source: code, shortCircuit: true };\n}\n"
    )
    (tmp_path / "loader.mjs").write_text(
        "import { register } from 'node:module';\nregister('./hooks.mjs', import.meta.url);\n"
    )
    source = (
        "interface User {\n  hostname: string;\n}\n\nexport const cancelAppointment = async (given: object) => {\n"
        "  throw new Error('no');\n};\n"
    )
    runtime = ("node", "--import", str(tmp_path / "loader.mjs"))
    with bridge(write(tmp_path, "c.ts", source), tmp_path, runtime) as opened:
        assert opened.call("cancelAppointment", PARAMS, 10).outcome["error"]["at"] == "c.ts:6"


@NEEDS_NODE
def test_exports_in_a_module_are_told(tmp_path: Path) -> None:
    """A loader of ES modules, for TypeScript as App Connect writes it."""
    source = "exports.cancelAppointment = async () => 1;\nexport {};\n"
    (tmp_path / "hooks.mjs").write_text(
        "import { readFile } from 'node:fs/promises';\n"
        "export const load = async (url, context, next) => (url.endsWith('.ts')\n"
        "  ? { format: 'module', source: await readFile(new URL(url), 'utf8'), shortCircuit: true } : next(url, context));\n"
    )
    (tmp_path / "loader.mjs").write_text(
        "import { register } from 'node:module';\nregister('./hooks.mjs', import.meta.url);\n"
    )
    with pytest.raises(LoadError, match=r"exports is not defined in ES module scope: a hook .* -r @swc-node/register"):
        bridge(write(tmp_path, "c.ts", source), tmp_path, ("node", "--import", str(tmp_path / "loader.mjs")))


@NEEDS_NODE
def test_exports_that_tsx_drops_are_told(tmp_path: Path) -> None:
    """App Connect's own connectors end so; see docs/guides/certify-your-connector.md."""
    source = "async function cancelAppointment(given: any) { return 1 }\nexports.cancelAppointment = cancelAppointment;\nexport {};\n"
    with bridge(write(tmp_path, "c.ts", source), tmp_path, tuple(LOADER.split())) as opened:
        assert "compile it with tsc and name the .js file" in opened.no_offer(["cancelAppointment"])


@NEEDS_NODE
@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        (
            ("-r", "./deep.cjs"),
            [r"ended \(exit 1\) before it began; check --runtime", "MISSING SETTING: TENANT", "Node.js v"],
        ),
        (
            ("--import", "no-such-loader"),
            ["'no-such-loader' is not installed here; run: npm install --save-dev no-such"],
        ),
        (("-e", "process.kill(process.pid, 'SIGKILL')"), [r"signal SIGKILL.*it said: nothing"]),
    ],
)
def test_what_a_runtime_says_first_is_told(
    tmp_path: Path, words: tuple[str, ...], sentences: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deep.cjs").write_text(
        "const deep = (n) => { if (n) deep(n - 1); else throw new Error('MISSING SETTING: TENANT') };\ndeep(30);"
    )
    for sentence in sentences:
        with pytest.raises(WorkerError, match=sentence):
            bridge(write(tmp_path, "c.cjs", ""), tmp_path, (str(NODE), *words))


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("name", "source"),
    [("c.py", "while True: pass"), pytest.param("c.mjs", "for (;;) {}", marks=NEEDS_NODE)],
)
def test_a_loop_on_import_ends_with_its_limit(tmp_path: Path, name: str, source: str) -> None:
    started = time.monotonic()
    with pytest.raises(LoadError, match="did not finish loading within 2 s"):
        bridge(write(tmp_path, name, source), tmp_path, load_limit=2)

    assert time.monotonic() - started < 60


def test_a_folder_is_no_connector(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "clio").mkdir()
    (tmp_path / "clio" / "helpers.js").write_text("")
    (tmp_path / "clio" / "index.js").write_text("")
    monkeypatch.chdir(tmp_path)
    for target in ("clio", "clio/", "./clio:Clio"):
        with pytest.raises(BridgeError, match=r"is a folder: name the connector's file in it, e\.g\. clio/index\.js"):
            parse(target)
