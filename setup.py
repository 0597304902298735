"""Map the four top-level folders onto the one installed name ``greenroom`` (see ARCHITECTURE.md, "Import names")."""

from setuptools import find_packages, setup

FOLDERS = ("contracts", "connectors", "simulators")


def names(folder: str, prefix: str) -> list[str]:
    """List a folder's packages under their installed names."""
    return [prefix, *(f"{prefix}.{name}" for name in find_packages(folder))]


setup(
    packages=names("greenroom", "greenroom") + [n for f in FOLDERS for n in names(f, f"greenroom.{f}")],
    package_dir={"greenroom": "greenroom", **{f"greenroom.{f}": f for f in FOLDERS}},
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
