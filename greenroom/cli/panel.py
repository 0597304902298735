"""``greenroom panel``: App Connect's appointment panel over a real connector and a fake CRM."""

import sys
import webbrowser
from typing import Any

import click

from greenroom.cli.ending import ENDING
from greenroom.cli.options import command, common, crm_option, environment, friendly
from greenroom.contracts.run.config import RunConfig
from greenroom.panel.serving import served


@click.command()
@click.argument("target")
@crm_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The page's port; 0: a free one.")
@click.option("--open/--no-open", "opens", default=None, help="Open a browser, or not (default: on a terminal only).")
@friendly
@common
def panel(target: str, crm: str, port: int, opens: bool | None, **options: Any) -> int:  # noqa: FBT001 - click passes it
    """Open App Connect's appointment panel over a connector and a fake CRM: cancel, and see what happened.

    What the user is told stands beside what the CRM did and the promises that the call broke. Faults can be armed from
    the page; the connector is loaded again when its file changes. Ctrl-C ends it.

    Example: greenroom panel connectors/clio.js --crm clio
    """
    runtime, env = command(options.pop("runtime")), environment(options.pop("env"))
    config = RunConfig(target, crm, runtime=runtime, env=env, **options)
    with ENDING.serving(), served(config, port=port) as control:
        click.echo(f"panel       {control.url}/\nconsole     {control.url}/console")
        if sys.stdout.isatty() if opens is None else opens:
            webbrowser.open(control.url)
        ENDING.wait()
    return 0
