"""``greenroom certify``."""

from collections.abc import Sequence
from typing import Any

import click

from greenroom.cli.options import command, common, crm_option, environment
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.clauses.clause import LEVELS
from greenroom.contracts.reports import open_report
from greenroom.contracts.reports.report import Report
from greenroom.contracts.reports.terminal import TerminalReport
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.order import Order, OrderError
from greenroom.contracts.run.runner import certify as run

CODES = {"certified": 0, "not-certified": 1, "errored": 2}
_STYLES: dict[str, dict[str, Any]] = {
    "good": {"fg": "green", "bold": True},
    "bad": {"fg": "red", "bold": True},
    "mild": {"fg": "yellow"},
}


@click.command(no_args_is_help=False)
@click.argument("targets", nargs=-1, required=True, metavar="TARGET …")
@crm_option
@click.option("--level", default=LEVELS[-1], show_default=True, metavar="LEVEL", help=f"One of {', '.join(LEVELS)}.")
@click.option("--report", "reports", multiple=True, metavar="FILE", help="Also write FILE.json or FILE.xml (JUnit).")
@click.option("--only", multiple=True, metavar="GLOB", help="Judge only these clauses: no certificate, but quick.")
@click.option(
    "--situation", "situations", multiple=True, metavar="GLOB", help="Play only these: no certificate, but quick."
)
@click.option("--interface", "interfaces", multiple=True, metavar="NAME", help="Judge only these interfaces.")
@click.option("--waivers", metavar="FILE", help="Known failures that are let pass (a later version).")
@common
def certify(targets: tuple[str, ...], reports: tuple[str, ...], waivers: str | None, **options: Any) -> int:
    """Tell whether a connector keeps its promises.

    TARGET is path/to/connector.js[:attribute] (or .cjs, .mjs, .ts, .py) or package.module[:attribute]; several are
    certified one after another. TypeScript needs a loader: --runtime "node --import tsx".
    A level includes those before it: runtime, documented, resilient.

    Example: greenroom certify my_connector.py --crm clio --report result.json
    """
    if waivers:
        msg = "--waivers comes with a later version; run without it"
        raise click.UsageError(msg)
    if len(targets) > 1 and reports:
        msg = "several targets in one report come with a later version; certify them one by one"
        raise click.UsageError(msg)
    orders = [_order(target, **options) for target in targets]
    listeners = [_terminal(), *map(open_report, reports)]
    return max(_judged(order, listeners) for order in orders)


def _order(target: str, *, runtime: str, env: tuple[str, ...], **options: Any) -> Order:
    return Order(target, runtime=command(runtime), env=environment(env), **options)


def _judged(order: Order, listeners: Sequence[Report]) -> int:
    """Certify one target; one that cannot be judged does not keep the others from it."""
    try:
        return _certify(order, listeners)
    except (BridgeError, OrderError) as error:
        click.echo(f"greenroom: {' '.join(str(error).split())}", err=True)
        return 2


def _certify(order: Order, listeners: Sequence[Report]) -> int:
    code = 2
    for event in run(order):
        for listener in listeners:
            listener.hear(event)
        if isinstance(event, RunFinished):
            code = CODES[event.certificate.verdict]
    return code


def _terminal() -> TerminalReport:
    return TerminalReport(click.echo, lambda text, style: click.style(text, **_STYLES[style]))
