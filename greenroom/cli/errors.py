"""How the command line says why it could not do what was asked."""

import click


def complain(text: str) -> int:
    """Show a sentence on stderr, and below it what somebody else said, line by line; return the exit code for both."""
    first, *others = [shown(line) for line in text.splitlines() if line.strip()] or [""]
    click.echo(f"greenroom: {' '.join(first.split())}", err=True)
    for line in others:
        click.echo(f"  {line}", err=True)
    return 2


def shown(line: str) -> str:
    """Return a line in which nothing moves the terminal's cursor, rings, or changes its colours."""
    return "".join(each if each.isprintable() or each == "\t" else repr(each)[1:-1] for each in line.rstrip())
