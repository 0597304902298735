"""``greenroom judge``."""

import click

from greenroom.cli.certify import exit_code, terminal
from greenroom.contracts.reports import open_report
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.rejudge import differences, load, rejudge


@click.command()
@click.argument("file", metavar="FILE.json")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FILE",
    help="Also write the report to FILE, in the format of its suffix. Repeatable.",
)
def judge(file: str, reports: tuple[str, ...]) -> int:
    """Judge a stored report again, from its recorded calls, without the connector.

    The verdict must be the same. If this version judges differently, it shows the differences. The exit code is then 2.

    Example: greenroom judge result.json --report result.html
    """
    stored = load(file)
    listeners = [terminal(), *map(open_report, reports)]
    certificate = rejudge(stored)
    for listener in listeners:
        listener.handle(RunFinished(certificate))
    changed = differences(stored, certificate)
    if changed:
        click.echo(f"greenroom: the stored report says otherwise: {'; '.join(changed)}", err=True)
        return 2
    return exit_code(certificate)
