"""What ``pyproject.toml`` cannot say: the four folders are one installed name, and the README's links are addresses.

``ARCHITECTURE.md``, "Import names", explains the first. A package index shows the README far from the repository.
"""

import re
import tomllib
from pathlib import Path

from setuptools import find_packages, setup

ROOT = Path(__file__).parent
FOLDERS = ("contracts", "connectors", "simulators")
RELATIVE = r"(?![a-z]+:)"


def names(folder: str, prefix: str) -> list[str]:
    """List a folder's packages under their installed names."""
    return [prefix, *(f"{prefix}.{name}" for name in find_packages(folder))]


def readme() -> str:
    """Return the README as an index shows it: links and pictures by the addresses of ``[tool.greenroom]``."""
    at = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["greenroom"]
    text = (ROOT / "README.md").read_text("utf-8")
    text = re.sub(rf'\b(src|srcset)="{RELATIVE}', rf'\1="{at["files"]}', text)
    text = re.sub(r"\]\(#", f"]({at['pages']}README.md#", text)
    return re.sub(rf"\]\({RELATIVE}", f"]({at['pages']}", text)


setup(
    long_description=readme(),
    long_description_content_type="text/markdown",
    packages=names("greenroom", "greenroom") + [n for f in FOLDERS for n in names(f, f"greenroom.{f}")],
    package_dir={"greenroom": "greenroom", **{f"greenroom.{f}": f for f in FOLDERS}},
    include_package_data=False,  # what is data says the next line; folders of it are no packages
    package_data={
        "": [
            "*.json",
            "py.typed",
            "workers/*",
            "workers/startup/*",
            "templates/*",
            "pages/*",
            "skeleton/*",
            "skeleton/tidepool/*.py",
        ]
    },
)
