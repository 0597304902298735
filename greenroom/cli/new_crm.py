"""``greenroom new-crm``."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from keyword import iskeyword
from pathlib import Path

import click

from greenroom.simulators import CRMS

SKELETON, SAMPLE = "skeleton", "tidepool"
"""Where the package is that is written, and the name that it has there."""
UNWANTED = ("build", "__pycache__")


@click.command("new-crm")
@click.argument("name")
def new_crm(name: str) -> int:
    """Write a package with a fake CRM and a connector, in a new folder of that name.

    It runs at once: what it says of its made-up vendor is replaced by your vendor's facts, one after the other.

    Example: greenroom new-crm acme
    """
    _check(name)
    _copy(files("greenroom") / SKELETON, Path(name), name)
    click.echo(f"{name}/ has a fake CRM, a connector, and tests. Next:")
    for line in (
        f"pip install -e {name}",
        f"greenroom serve {name}",
        f"greenroom certify {name}/connector.py --crm {name}",
    ):
        click.echo(f"  {line}")
    return 0


def _check(name: str) -> None:
    if not re.fullmatch("[a-z][a-z0-9]{1,29}", name) or iskeyword(name):
        msg = f"'{name}' cannot be the name of a CRM; use 2 to 30 small letters and digits, such as 'acme'"
        raise click.UsageError(msg)
    if name in CRMS:
        msg = f"Greenroom has a CRM '{name}' already; use another name"
        raise click.UsageError(msg)
    if Path(name).exists():
        msg = f"'{name}' exists already; use another name, or move it away"
        raise click.UsageError(msg)
    if find_spec(name) or name == "connector":
        msg = f"Python has a module '{name}' already; use another name"
        raise click.UsageError(msg)


def _copy(source: Traversable, target: Path, name: str) -> None:
    """Copy a folder, with the new name in place of the sample's, in texts and in names of files."""
    target.mkdir()
    for each in source.iterdir():
        there = target / each.name.replace(SAMPLE, name)
        if each.is_dir() and each.name not in UNWANTED and not each.name.endswith(".egg-info"):
            _copy(each, there, name)
        elif each.is_file():
            there.write_text(_renamed(each.read_text("utf-8"), name), "utf-8", newline="\n")


def _renamed(text: str, name: str) -> str:
    return text.replace(SAMPLE, name).replace(SAMPLE.capitalize(), name.capitalize())
