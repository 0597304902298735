"""``greenroom judge``."""

import click

from greenroom.cli.certify import exit_code
from greenroom.cli.options import detailed
from greenroom.cli.screen import opened
from greenroom.contracts.reports import open_report
from greenroom.contracts.reports.screen import Detail
from greenroom.contracts.reports.terminal import TerminalReport
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
@detailed
def judge(file: str, reports: tuple[str, ...], detail: Detail) -> int:
    """Judge a stored report again, from its recorded calls, without the connector.

    The verdict must be the same. If this version judges differently, it shows the differences. The exit code is then 2.

    Example: greenroom judge result.json --report result.html
    """
    stored = load(file)
    listeners = [open_report(name) for name in reports]
    certificate = rejudge(stored)
    with opened() as screen:
        for listener in (TerminalReport(screen, detail), *listeners):
            listener.handle(RunFinished(certificate))
    changed = differences(stored, certificate)
    if changed:
        click.echo(f"greenroom: the stored report says otherwise: {'; '.join(changed)}", err=True)
        return 2
    return exit_code(certificate)
