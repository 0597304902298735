"""The distribution: one installed name, from which our folders never meet a user's."""

import email
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import built as packages
from tests.catalogue import WHOLE
from tests.once import Once
from tests.test_architecture import FILES, imports

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def built(once: Once) -> dict[str, Path]:
    """Both packages by their kind, built without the network."""
    folder = once("built", build)
    return {"wheel": next(folder.glob("*.whl")), "sdist": next(folder.glob("*.tar.gz"))}


def build(folder: Path) -> None:
    code = "from setuptools import build_meta as b; b.build_sdist({0!r}); b.build_wheel({0!r})".format(str(folder))
    packages.run(sys.executable, "-c", code, cwd=packages.copied(folder / "source"))


@pytest.fixture(scope="module")
def metadata(built: dict[str, Path]) -> Message:
    with zipfile.ZipFile(built["wheel"]) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_string(wheel.read(name).decode())


def test_the_wheel_has_one_top_level_name_and_all_data(built: dict[str, Path]) -> None:
    names = zipfile.ZipFile(built["wheel"]).namelist()
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
        "greenroom/starters/templates/python.connector.jinja",
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


def test_the_sdist_has_what_packagers_read_and_no_tests(built: dict[str, Path]) -> None:
    with tarfile.open(built["sdist"]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}

    assert {"LICENSE", "CHANGELOG.md", "README.md", "setup.py", "contracts/schemas/report.json"} <= names
    assert [name for name in names if name.startswith(("tests", "docs", "benchmarks"))] == []


def test_the_readme_of_an_index_leads_to_addresses_only(metadata: Message) -> None:
    """A relative link or picture leads nowhere there. Each address names a file of this repository."""
    text = str(metadata.get_payload())
    links = re.findall(r"\]\(([^)]+)\)", text) + re.findall(r'\b(?:src|srcset)="([^"]+)"', text)
    files = PROJECT["tool"]["greenroom"]["files"]
    ours = [urlsplit(link.removeprefix(files)).path for link in links if link.startswith(files)]

    assert [link for link in links if not link.startswith("https://")] == []
    assert len(ours) > 30
    assert [path for path in ours if not (ROOT / path).exists()] == []


def test_the_repositorys_readme_is_relative() -> None:
    assert PROJECT["tool"]["greenroom"]["files"] not in (ROOT / "README.md").read_text("utf-8")


def test_the_metadata_says_who_what_and_under_which_licence(metadata: Message) -> None:
    assert metadata["Author"] == "Greenroom maintainers"
    assert (metadata["License-Expression"], metadata["License-File"]) == ("MIT", "LICENSE")
    assert len(metadata.get_all("Project-URL", [])) == len(PROJECT["project"]["urls"])


def test_what_is_imported_is_declared() -> None:
    """What another dependency happens to bring can go at its next version."""
    named = {"dateutil": "python-dateutil", "jwt": "pyjwt[crypto]", "cryptography": "pyjwt[crypto]"}
    extras = PROJECT["project"]["optional-dependencies"]
    places = [path for path in FILES if not {"skeleton", "workers"} & set(path.parts)]
    ours = {path.stem for path in places} | {"greenroom", "contracts", "connectors", "simulators", "tidepool"}

    for path in places:
        declared = names([*PROJECT["project"]["dependencies"], *extras.get(EXTRAS.get(path.stem, ""), ())])
        found = {name.split(".")[0] for name in imports(path)} - ours - set(sys.stdlib_module_names)
        assert {named.get(name, name) for name in found} - {"pytest"} <= declared, path


EXTRAS = {"dask_pool": "cluster"}
"""Modules that are loaded only where an extra is installed."""


def names(requirements: list[str]) -> set[str]:
    return {re.split("[><=]", each)[0] for each in requirements}


@pytest.mark.in_turn
def test_the_wheel_works_as_installed(built: dict[str, Path], tmp_path: Path) -> None:
    """The quick variant: beside the packages of this environment."""
    words = ("-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(tmp_path / "site"))
    packages.run(sys.executable, *words, str(built["wheel"]))
    command = (sys.executable, "-W", "ignore", "-c", "from greenroom.cli import main; main()")
    smoke(packages.Environment(command, tmp_path, (("PYTHONPATH", str(tmp_path / "site")),)))


@pytest.mark.skipif(not WHOLE, reason="whole tests only: each makes an environment of its own")
@pytest.mark.skipif(not Path(packages.UV).exists(), reason="uv is not installed: make package brings it")
@pytest.mark.parametrize("resolution", packages.RESOLUTIONS)
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
@pytest.mark.parametrize("version", packages.VERSIONS)
def test_a_package_works_in_a_bare_environment(
    built: dict[str, Path], version: str, kind: str, resolution: str, tmp_path: Path
) -> None:
    if packages.interpreter(version) is None:
        pytest.skip(f"this machine has no Python {version}")
    smoke(packages.installed(built[kind], version, resolution, tmp_path))


def smoke(environment: packages.Environment) -> None:
    """Try the version, a certificate of a small connector, and a fake."""
    certify = ("certify", str(packages.CONNECTOR), "--crm", "clio", "--level", "runtime")

    assert PROJECT["project"]["version"] in environment.run("--version")
    said = environment.run(*certify)
    assert "Certifying" in said  # a click that takes an option for given which was not shows less
    assert "CERTIFIED" in said
    assert environment.first_response() == 401
