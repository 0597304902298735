"""``greenroom compare``."""

import click

from greenroom.contracts.run.compare import compare as compared
from greenroom.contracts.run.rejudge import load


@click.command()
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
def compare(old: str, new: str) -> int:
    """Compare two reports of a connector: what is newly broken, newly kept, or no longer played.

    The exit code is 1 only if a promise is newly broken, and 2 if the new report could not be judged.

    Example: greenroom compare main.json branch.json
    """
    before, now = load(old), load(new)
    found = compared(before, now)
    for line in found.lines():
        click.echo(line)
    if now["verdict"] == "errored" and not found.broken:
        click.echo(f"greenroom: '{new}' says that the connector could not be judged", err=True)
        return 2
    return 1 if found.broken else 0
