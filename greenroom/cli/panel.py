"""``greenroom panel``: App Connect's appointment panel over a real connector and a fake CRM."""

import sys
import threading
import webbrowser
from contextlib import ExitStack, closing
from typing import Any

import click

from greenroom.cli.ending import until_asked
from greenroom.cli.options import command, common, crm_option, environment
from greenroom.connectors.bridges.target import Target, parse
from greenroom.connectors.errors import LoadError
from greenroom.contracts.interfaces import INTERFACES, SHOWN
from greenroom.contracts.run.order import Order
from greenroom.contracts.run.studio import Studio, studio
from greenroom.panel.panel import Panel
from greenroom.panel.routes import front
from greenroom.simulators import find_crm
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.crm import Crm


@click.command()
@click.argument("target")
@crm_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The page's port; 0: a free one.")
@click.option("--open/--no-open", "opens", default=None, help="Open a browser, or not (default: on a terminal only).")
@common
def panel(target: str, crm: str, port: int, opens: bool | None, **options: Any) -> int:  # noqa: FBT001 - click passes it
    """Open App Connect's appointment panel over a connector and a fake CRM: cancel, and see what happened.

    What the user is told stands beside what the CRM did and the promises that the call broke. Faults can be armed from
    the page; the connector is loaded again when its file changes. Ctrl-C ends it.

    Example: greenroom panel connectors/clio.js --crm clio
    """
    done = threading.Event()
    runtime, env = command(options.pop("runtime")), environment(options.pop("env"))
    order = Order(target, crm, runtime=runtime, env=env, **options)
    with until_asked(done), ExitStack() as stack:
        ready = _studio(stack, order, parse(target), find_crm(crm))
        front_page = front(Panel(ready, parse(target)))
        control = _control(stack, ready, port, front_page)
        click.echo(f"panel       {control.url}/\nconsole     {control.url}/console\n")
        if sys.stdout.isatty() if opens is None else opens:
            webbrowser.open(control.url)
        while not done.wait(1.0):
            pass
    return 0


def _studio(stack: ExitStack, order: Order, target: Target, crm: Crm) -> Studio:
    """Start the connector; one whose list takes other parameters is used without it."""
    try:
        return stack.enter_context(studio(order, target, crm, interfaces=SHOWN, port=0))
    except LoadError:
        return stack.enter_context(studio(order, target, crm, interfaces=INTERFACES, port=0))


def _control(stack: ExitStack, ready: Studio, port: int, front_page: Any) -> Control:
    try:
        return stack.enter_context(closing(Control(ready.simulator, port=port, front=front_page)))
    except OSError as error:
        msg = f"cannot show the panel on port {port}: {error.strerror or error}; choose another --port"
        raise click.UsageError(msg) from None
