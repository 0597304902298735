"""Error messages of the command line."""

import click

from greenroom.contracts.visible import visible


def complain(text: str) -> int:
    """Print a sentence on stderr, with any further lines (another program's output) below it. Return exit code 2."""
    first, *others = [visible(line.rstrip()) for line in text.splitlines() if line.strip()] or [""]
    click.echo(f"greenroom: {' '.join(first.split())}", err=True)
    for line in others:
        click.echo(f"  {line}", err=True)
    return 2
