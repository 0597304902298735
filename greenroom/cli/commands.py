"""The commands by name. Each is loaded on demand, because most need modules that the others do not."""

import gc
from importlib import import_module

import click

NAMES = (
    "call",
    "campaign",
    "certify",
    "clauses",
    "compare",
    "fuzz",
    "init",
    "judge",
    "mcp",
    "merge",
    "new-crm",
    "panel",
    "probe",
    "register",
    "replay",
    "run",
    "serve",
    "sign",
    "verify",
)


def load(name: str) -> click.Command:
    """Return the command of that name. What is loaded is no garbage: nothing looks through it, now or as it runs."""
    module = name.replace("-", "_")
    gc.disable()
    try:
        command: click.Command = getattr(import_module(f"greenroom.cli.{module}"), module)
    finally:
        gc.enable()
        gc.freeze()
    return command


class Commands(click.Group):
    """A group of commands. Each command is in a module of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Return the names."""
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Return the command of that name, or None."""
        return load(cmd_name) if cmd_name in NAMES else None
