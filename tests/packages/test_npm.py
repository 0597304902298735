"""The npm package, packed and installed from its tarball: no author of a JavaScript connector meets Python."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.catalogue import HERE, NEEDS_NODE
from tests.once import Once

ROOT = HERE.parent
OURS = Path(__file__).parent
PACKED = (
    "packages/npm",
    "pyproject.toml",
    "setup.py",
    "README.md",
    "LICENSE",
    "greenroom",
    "contracts",
    "connectors",
    "simulators",
)
PATIENCE = 300
LIAR = """exports.cancelAppointment = async () => ({ successful: true, returnMessage: { message: 'Done', messageType: 'success', ttl: 3000 } });
exports.cancellation = 'removed';"""
NOSY = """exports.cancelAppointment = async () => console.log(Object.keys(process.env).filter((name) => /greenroom/i.test(name)).filter((name) => name !== 'GREENROOM_PYTHON'));"""

pytestmark = [
    pytest.mark.in_turn("npm"),
    NEEDS_NODE,
    pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed"),
]


@pytest.fixture(scope="module")
def project(once: Once) -> Path:
    """A connector's project, into which the tarball is installed."""
    return once("project", lambda folder: install(once("tree", copy), folder))


def copy(tree: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *PACKED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)


def install(tree: Path, folder: Path) -> None:
    npm("pack", "--pack-destination", str(folder), cwd=tree / "packages" / "npm")
    (folder / "package.json").write_text('{"private": true}')
    npm("install", "--offline", "--no-audit", "--no-fund", str(next(folder.glob("*.tgz"))), cwd=folder)
    (folder / "liar.cjs").write_text(LIAR)
    (folder / "nosy.cjs").write_text(NOSY)
    for name in ("connector.cjs", "fake_crm.vitest.mjs", "fake_crm.node.cjs"):
        shutil.copy(OURS / name, folder / name)
    for package in (HERE / "node_modules" / name for name in ("esbuild", "tsx", "vitest")):
        if package.is_dir():
            (folder / "node_modules" / package.name).symlink_to(package)


def npm(*words: str, cwd: Path) -> None:
    subprocess.run(["npm", *words], cwd=cwd, check=True, capture_output=True, timeout=PATIENCE)


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**os.environ, "GREENROOM_PYTHON": sys.executable, **(more or {})}


NPX = ("npx", "--no-install", "greenroom")


def greenroom(project: Path, *words: str, by: tuple[str, ...] = (), **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the command: the file to which npx leads, or npx itself, which takes as long as Greenroom does."""
    command = [*(by or [str(project / "node_modules" / ".bin" / "greenroom")]), *words]
    return subprocess.run(
        command, cwd=project, env=environment(more), capture_output=True, text=True, timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL
    )  # fmt: skip


def test_both_sides_have_one_version(project: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    said = greenroom(project, "--version", by=NPX)

    assert (said.returncode, said.stdout) == (0, f"greenroom, version {version}\n"), said.stderr
    assert json.loads((ROOT / "packages" / "npm" / "package.json").read_text("utf-8"))["version"] == version


def test_the_tarball_holds_what_it_needs_and_no_more(project: Path) -> None:
    inside = project / "node_modules" / "greenroom"
    names = {path.relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file()}

    assert {
        "LICENSE",
        "bin/greenroom.js",
        "testing/index.d.ts",
        "python/pyproject.toml",
        "python/connectors/bridges/workers/node_fakes.cjs",
    } <= names
    assert not [name for name in names if name.startswith(("scripts/", "test")) and not name.startswith("testing/")]
    assert not [name for name in names if "__pycache__" in name or name.endswith(".whl")]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("certify", "connector.cjs", "--crm", "clio", "--level", "runtime"), 0, "CERTIFIED"),
        (("certify", "liar.cjs", "--crm", "clio", "--level", "runtime"), 1, "BROKEN"),
        (("certify", "liar.cjs", "--crm", "clio", "--only", "effect.*"), 1, "repeat: npx greenroom certify liar.cjs"),
        (("call", "nosy.cjs", "cancelAppointment", "--crm", "clio"), 1, "stdout    []"),
        (("certify", "conector.cjs", "--crm", "clio"), 2, "no connector at conector.cjs"),
    ],
)
def test_exit_codes_pass_through(project: Path, words: tuple[str, ...], code: int, sentence: str) -> None:
    said = greenroom(project, *words, by=NPX if code == 2 else ())

    assert said.returncode == code, said.stdout + said.stderr
    assert sentence in said.stdout + said.stderr


def launcher(project: Path) -> str:
    return str(project / "node_modules" / "greenroom" / "bin" / "greenroom.js")


def test_a_signal_passes_through(project: Path) -> None:
    command = ["node", launcher(project), "serve", "clio", "--json"]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert json.loads(process.stdout.readline())["crm"] == "clio"
        process.send_signal(signal.SIGTERM)

        assert process.wait(30) == 0
        assert process.stdout.read() == ""  # nobody else holds it: the Python side has ended


def test_input_passes_through(project: Path) -> None:
    """``serve --until-stdin-ends`` ends as its input does."""
    command = ["node", launcher(project), "serve", "clio", "--json", "--until-stdin-ends"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment(), stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin
        assert process.stdout
        assert json.loads(process.stdout.readline())["crm"] == "clio"
        process.stdin.close()

        assert process.wait(30) == 0


def test_a_python_without_greenroom_is_told(project: Path, tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\necho 'no module named greenroom' >&2; exit 1\n")
    bare.chmod(0o755)
    said = greenroom(project, "--version", GREENROOM_PYTHON=str(bare))

    assert said.returncode == 2
    assert (
        said.stderr.strip()
        == f"greenroom: GREENROOM_PYTHON={bare} has no Greenroom (no module named greenroom): name another one, or unset it"
    )


def alone(project: Path, tmp_path: Path, path: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the launcher on a machine whose PATH is this one."""
    env = {"HOME": str(tmp_path), "PATH": path, "GREENROOM_CACHE": str(tmp_path / "cache"), **more}
    command = [str(shutil.which("node")), launcher(project), "--version"]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_machine_without_python_is_told_what_to_install(project: Path, tmp_path: Path) -> None:
    said = alone(project, tmp_path, "/nowhere")

    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == (
        "greenroom: no Python 3.11 or newer was found: install Python 3.11 or newer, or uv, which brings one\n"
    )


def test_a_python_side_on_the_path_is_used_if_its_version_fits(project: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "greenroom"
    program.parent.mkdir()
    version = json.loads((ROOT / "packages" / "npm" / "package.json").read_text("utf-8"))["version"]
    for found, code in ((version, 0), ("0.0.1", 2)):
        program.write_text(f"#!/bin/sh\necho 'greenroom, version {found}'\n")
        program.chmod(0o755)

        assert alone(project, tmp_path, str(program.parent)).returncode == code


def test_uv_comes_first_and_its_failure_is_one_sentence(project: Path, tmp_path: Path) -> None:
    uv = tmp_path / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text("#!/bin/sh\necho 'error: no such network' >&2; exit 2\n")
    uv.chmod(0o755)
    said = alone(project, tmp_path, str(uv.parent))

    assert said.returncode == 2
    setting, failed = said.stderr.splitlines()
    assert setting == "greenroom: setting itself up with uv, once; this takes about a minute"
    assert "'uv venv --quiet --python >=3.11" in failed
    assert failed.endswith("failed: error: no such network; mend that, and run it again")
    assert not list((tmp_path / "cache").glob("*.lock"))


def test_pipx_is_used_where_python_makes_no_environments(project: Path, tmp_path: Path) -> None:
    """As on Debian, whose Python comes without ensurepip."""
    version = json.loads((ROOT / "packages" / "npm" / "package.json").read_text("utf-8"))["version"]
    programs = {
        "python3": 'case "$*" in *ensurepip*) exit 1;; esac',
        "pipx": f"printf '#!/bin/sh\\necho greenroom, version {version}\\n' > \"$PIPX_BIN_DIR/greenroom\"\n"
        'chmod +x "$PIPX_BIN_DIR/greenroom"; echo "$@" > "$HOME/asked"',
    }
    (tmp_path / "bin").mkdir()
    for name, code in programs.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{'mkdir -p $PIPX_BIN_DIR' * (name == 'pipx')}\n{code}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    said = alone(project, tmp_path, f"{tmp_path / 'bin'}:/usr/bin:/bin")

    assert (said.returncode, said.stdout) == (0, f"greenroom, version {version}\n"), said.stderr
    assert said.stderr == "greenroom: setting itself up with pipx, once; this takes about a minute\n"
    asked = (tmp_path / "asked").read_text().split()
    assert asked[:4] == ["install", "--quiet", "--python", str(tmp_path / "bin" / "python3")]


@pytest.mark.in_turn
def test_it_installs_its_own_source_once(project: Path, tmp_path: Path) -> None:
    """From the registry by names of packages; where that cannot be reached, the test skips."""
    path = f"{Path(sys.executable).resolve().parent}:/usr/bin:/bin"
    proxies = {k: v for k, v in os.environ.items() if k.upper().startswith(("PIP_", "HTTP", "SSL_", "REQUESTS_"))}
    first = alone(project, tmp_path, path, **proxies)
    if "No matching distribution" in first.stderr or "Could not find a version" in first.stderr:
        pytest.skip("no registry of packages can be reached")

    assert first.returncode == 0, first.stderr
    assert "setting itself up with" in first.stderr
    second = alone(project, tmp_path, "/nowhere")
    assert (second.stdout, second.stderr) == (first.stdout, "")


PLATFORMS = """
const { Platform } = require(process.argv[1] + '/lib/platform.js');
const { ways } = require(process.argv[1] + '/lib/install.js');
const files = new Set(['C:\\\\py\\\\py.exe', 'C:\\\\py\\\\python.exe', 'C:\\\\py\\\\uv.exe']);
const windows = new Platform({ name: 'win32', env: { Path: 'C:\\\\x\\\\node_modules\\\\.bin;C:\\\\py', LOCALAPPDATA: 'C:\\\\me' }, home: 'C:\\\\', isFile: (f) => files.has(f) });
const mac = new Platform({ name: 'darwin', env: {}, home: '/Users/me', isFile: () => false });
const linux = new Platform({ name: 'linux', env: { XDG_CACHE_HOME: '/x' }, home: '/home/me', isFile: () => false });
console.log(JSON.stringify([
  windows.cache(), windows.inside('C:\\\\e', 'greenroom'), windows.pythons(), ways(windows, 'C:\\\\e')[0].commands('S'),
  mac.cache(), mac.inside('/e', 'greenroom'), mac.pythons(), linux.cache(),
]));
"""


def test_each_platform_has_its_own_folders_and_programs(project: Path) -> None:
    inside = str(project / "node_modules" / "greenroom")
    done = subprocess.run(["node", "-e", PLATFORMS, inside], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == [
        r"C:\me\greenroom",
        r"C:\e\Scripts\greenroom.exe",
        [[r"C:\py\py.exe", "-3"], [r"C:\py\python.exe"]],
        [
            [r"C:\py\uv.exe", "venv", "--quiet", "--python", ">=3.11", r"C:\e"],
            [r"C:\py\uv.exe", "pip", "install", "--quiet", "--python", r"C:\e\Scripts\python.exe", "S"],
        ],
        "/Users/me/Library/Caches/greenroom",
        "/e/bin/greenroom",
        [],
        "/x/greenroom",
    ]


@pytest.mark.in_turn
def test_the_helper_under_vitest(project: Path) -> None:
    vitest = HERE / "node_modules" / "vitest"
    if not vitest.is_dir():
        pytest.skip("vitest is not installed: run npm ci in tests/")
    (project / "vitest.config.mjs").write_text(
        "export default { test: { include: ['*.vitest.mjs'], testTimeout: 60000 } }"
    )
    command = ["node", str(vitest / "vitest.mjs"), "run", "--root", str(project)]
    done = subprocess.run(
        command, cwd=project, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 passed" in done.stdout


@pytest.mark.in_turn
def test_the_helper_under_node_test(project: Path) -> None:
    command = ["node", "--test", "fake_crm.node.cjs"]
    done = subprocess.run(
        command, cwd=project, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("language", "crm"), [("javascript", "netsuite"), ("typescript", "clio"), ("javascript", "bullhorn")]
)
def test_the_tests_of_a_starter_pass(language: str, crm: str, project: Path) -> None:
    """As the command prints it, which also says what it needs."""
    wrote = greenroom(project, "init", f"{language}-{crm}", "--crm", crm, "--language", language)
    command = shlex.split(wrote.stdout.splitlines()[-1], comments=True)
    tested = subprocess.run(
        command, cwd=project, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )

    assert wrote.returncode == 0, wrote.stderr
    assert "\n  npx greenroom certify " in wrote.stdout
    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert "# pass 4" in tested.stdout


def test_a_fake_ends_with_a_test_that_is_killed(project: Path) -> None:
    code = "require('greenroom/testing').fakeCrm('clio').then((crm) => { console.log(crm.url); setInterval(() => {}, 1e6) })"
    with subprocess.Popen(
        ["node", "-e", code], cwd=project, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        process.kill()
    ended = f"const again = () => fetch('{url}').then(() => setTimeout(again, 50), () => process.exit(0)); again()"

    assert subprocess.run(["node", "-e", ended], timeout=30, check=False).returncode == 0
