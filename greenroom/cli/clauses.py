"""``greenroom clauses``."""

from fnmatch import fnmatchcase

import click

from greenroom.cli import completion
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.run.waivers import like_clause


@click.command()
@click.argument("pattern", default="*", metavar="[ID|GLOB]", shell_complete=completion.clauses)
def clauses(pattern: str) -> int:
    """List the promises with their level, strength, source and reason.

    Example: greenroom clauses 'truth.*'
    """
    found = [clause for clause in CLAUSES if fnmatchcase(clause.id, pattern)]
    if not found:
        msg = f"no clause matches '{pattern}'; {like_clause(pattern)}"
        raise click.UsageError(msg)
    click.echo("\n\n".join(map(describe, found)))
    return 0


def describe(clause: Clause) -> str:
    """Return one clause in full."""
    source = clause.source.of(clause.interfaces[0])
    where = f" ({source.url})" if source.url else ""
    return "\n".join(
        (
            f"{clause.id}  [{clause.level}, {clause.strength}]",
            f"  {clause.title}.",
            f"  {source.kind}: {source.text}{where}",
            f"  why: {clause.why}",
        )
    )
