"""``greenroom init``."""

from collections.abc import Sequence
from pathlib import Path

import click

from greenroom.cli import completion
from greenroom.cli.options import crm_option
from greenroom.contracts.interfaces import CANCEL, INTERFACES
from greenroom.simulators import find_crm
from greenroom.simulators.core.names import did_you_mean
from greenroom.starters.facts import Facts, facts
from greenroom.starters.languages import LANGUAGES
from greenroom.starters.writing import OFFERED, write


@click.command("init")
@click.argument("folder", default=".", metavar="[FOLDER]")
@crm_option
@click.option(
    "--language",
    type=click.Choice(list(LANGUAGES)),
    default="javascript",
    show_default=True,
    help="The language of the connector and of its test.",
)
@click.option(
    "--interface",
    "interfaces",
    multiple=True,
    default=[CANCEL.name],
    show_default=True,
    metavar="NAME",
    shell_complete=completion.interfaces,
    help="The interface that the connector offers. There is a starter for cancelAppointment only.",
)
def init(folder: str, crm: str, language: str, interfaces: tuple[str, ...]) -> int:
    """Write a starter connector and its test, in FOLDER or here. No file is written over.

    It has time-outs, checked ids, and messages for refusals. Certify it as it is, and make it yours.

    Example: greenroom init --crm clio --language python
    """
    _check(interfaces)
    try:
        written = write(Path(folder), _facts(crm), LANGUAGES[language])
    except FileExistsError as error:
        msg = f"'{error.args[0]}' exists already; name another folder, or move it away"
        raise click.UsageError(msg) from None
    click.echo(f"{written.connector} offers {', '.join(dict.fromkeys(interfaces))}; {written.test} tests it. Next:")
    click.echo("\n".join(f"  {each}" for each in written.commands))
    return 0


def _check(interfaces: Sequence[str]) -> None:
    for name in interfaces:
        if name != "all" and name not in INTERFACES:
            raise click.UsageError(f"no interface '{name}'; {did_you_mean(name, INTERFACES)}")
        if name not in OFFERED:
            raise click.UsageError(
                f"there is no starter for '{name}' yet; use --interface {OFFERED[0]}, "
                "and add the others to what it writes"
            )


def _facts(crm: str) -> Facts:
    found = facts(find_crm(crm))
    if found is None:
        raise click.UsageError(
            f"there is no starter for '{crm}': its package declares none (Crm.starter); write the connector yourself, "
            "or begin with 'greenroom init' for another CRM"
        )
    return found
