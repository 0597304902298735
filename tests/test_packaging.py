"""The distribution: one installed name, from which our folders never meet a user's."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_has_one_top_level_name_and_all_data(tmp_path: Path) -> None:
    sdist = tmp_path / "source"
    listed = ["git", "ls-files", "-co", "--exclude-standard"]
    for name in subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines():
        if (ROOT / name).is_file():
            (sdist / name).parent.mkdir(parents=True, exist_ok=True)
            (sdist / name).write_bytes((ROOT / name).read_bytes())
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        str(sdist),
    ]
    subprocess.run(build, check=True, capture_output=True)
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    top = {name.split("/")[0] for name in names}

    assert {t for t in top if not t.endswith(".dist-info")} == {"greenroom"}
    for wanted in (
        "greenroom/py.typed",
        "greenroom/contracts/schemas/report.json",
        "greenroom/connectors/bridges/protocol.json",
        "greenroom/connectors/bridges/workers/python_outcome.py",
        "greenroom/connectors/bridges/workers/python_worker.py",
        "greenroom/connectors/bridges/workers/node_worker.cjs",
        "greenroom/connectors/bridges/workers/node_fakes.cjs",
        "greenroom/connectors/bridges/workers/node_load.cjs",
        "greenroom/connectors/bridges/workers/node_network.cjs",
        "greenroom/connectors/bridges/workers/node_outcome.cjs",
        "greenroom/connectors/bridges/workers/node_user.cjs",
        "greenroom/connectors/bridges/workers/startup/sitecustomize.py",
        "greenroom/connectors/bridges/workers/startup/redirect.cjs",
        "greenroom/simulators/clio/routes.py",
        "greenroom/cli/certify.py",
        "greenroom/simulators/core/control/pages/console.html",
        "greenroom/simulators/core/control/pages/rows.js",
        "greenroom/panel/pages/panel.html",
        "greenroom/skeleton/pyproject.toml",
        "greenroom/skeleton/connector.py",
        "greenroom/skeleton/tidepool/facts.py",
    ):
        assert wanted in names
    assert not [name for name in names if "packages/" in name or name.endswith("package.json")]


def test_a_users_own_folders_are_left_alone(tmp_path: Path) -> None:
    """A project with ``contracts`` and ``connectors`` of its own imports its own, and ours beside them."""
    for folder in ("contracts", "connectors", "simulators"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").write_text(f"mine = '{folder}'")
    code = "import contracts, connectors, simulators, greenroom.contracts.clauses as c; print(contracts.mine, len(c.CLAUSES) > 20)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "contracts True"
