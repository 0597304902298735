"""The command line: parse, call, print. Exit codes: 0 yes, 1 no, 2 could not be judged or done."""

import gc
import os
import sys
import traceback
import warnings
from importlib.metadata import version
from typing import Any

import click

from greenroom.cli.commands import NAMES, Commands
from greenroom.cli.ending import ENDING
from greenroom.cli.errors import complain
from greenroom.cli.output import outlive_readers
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.called import CALLED_AS
from greenroom.simulators.core.names import did_you_mean


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(version("greenroom"), prog_name="greenroom")
def cli() -> None:
    """Test App Connect connectors against fake CRMs, and certify that they keep their promises.

    Begin with 'greenroom init --crm clio': it writes a connector that is certified, and a test of it.

    Exit codes: 0 yes, 1 no, 2 could not be judged or done. For 2, one sentence on stderr says what to do.
    """


def main() -> None:
    """Run the command line. Every failure of the command itself is one sentence and exit code 2."""
    ENDING.listen()
    outlive_readers()
    _show_warnings()
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = 2
    except click.exceptions.Abort:
        code = complain("stopped")
    except click.ClickException as error:
        code = complain(error.format_message())
    except (BridgeError, LookupError, ValueError) as error:
        code = complain(str(error.args[0] if error.args else error))
    except OSError as error:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - nothing more can be written there
        what = f"'{error.filename}'" if error.filename else "the output"
        code = complain(f"{what} cannot be written: {error.strerror}")
    except Exception as error:  # our own failure is no verdict: 1 would say that the connector is broken
        frame = traceback.extract_tb(error.__traceback__)[-1]
        code = complain(
            f"Greenroom itself failed. Run it again, and report this: {error!r} at {frame.filename}:{frame.lineno}"
        )
    gc.freeze()  # the process ends: to look through all that was loaded for garbage takes a fifth of a short command
    sys.exit(code if isinstance(code, int) else 0)


def _show_warnings() -> None:
    """Print each of our warnings (a CRM that does not load) as one sentence, once."""
    others, shown = warnings.showwarning, set[str]()

    def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if category is not RuntimeWarning or not str(message).startswith("the CRM '"):
            others(message, category, *where, **more)
        elif str(message) not in shown:
            shown.add(str(message))
            complain(str(message))

    warnings.showwarning = show


def _run(words: list[str]) -> object:
    if words and not words[0].startswith("-") and words[0] not in NAMES:
        msg = f"unknown command '{words[0]}'; {did_you_mean(words[0], NAMES)}"
        raise click.UsageError(msg)
    return cli(words, prog_name=" ".join(CALLED_AS), standalone_mode=False)
