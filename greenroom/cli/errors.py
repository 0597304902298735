"""Error messages of the command line."""

import click


def complain(text: str) -> int:
    """Print a sentence on stderr, with any further lines (another program's output) below it. Return exit code 2."""
    first, *others = [shown(line) for line in text.splitlines() if line.strip()] or [""]
    click.echo(f"greenroom: {' '.join(first.split())}", err=True)
    for line in others:
        click.echo(f"  {line}", err=True)
    return 2


def shown(line: str) -> str:
    """Return the line with control characters escaped: no cursor movement, bell or colour."""
    return "".join(each if each.isprintable() or each == "\t" else repr(each)[1:-1] for each in line.rstrip())
