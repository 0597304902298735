"""``greenroom mcp``."""

from importlib import import_module
from importlib.util import find_spec

import click


@click.command()
def mcp() -> int:
    """Offer Greenroom to coding agents, as a server of the Model Context Protocol on stdin and stdout.

    Tools: certify, call, explain_clause, broken_promises (of a stored report, with the connector's lines), replay.

    Example, in an agent's configuration: {"command": "greenroom", "args": ["mcp"]}
    """
    if not find_spec("mcp"):
        raise click.UsageError("the server needs the package mcp: pip install 'greenroom[mcp]'")
    import_module("greenroom.mcp").server().run()  # the package is there only with the extra
    return 0
