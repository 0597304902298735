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
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port of the page. 0: a free one.")
@click.option("--open/--no-open", "opens", default=None, help="Open a browser.  [default: only on a terminal]")
@friendly
@common
def panel(target: str, crm: str, port: int, opens: bool | None, **options: Any) -> int:  # noqa: FBT001 - click passes it
    """Open App Connect's appointment panel with your connector and a fake CRM.

    Make, change, confirm or cancel an appointment on the page. It shows the user's toast, the CRM's changes and the
    broken promises. The list and the details come from the connector, if it offers them.
    You can inject faults there, too. The connector reloads when its file changes. Ctrl-C ends the command.

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
