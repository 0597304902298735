"""The command line: parse, call, print. Exit codes: 0 yes, 1 no, 2 could not be judged or done."""

import sys
from importlib.metadata import version

import click

from greenroom.cli.call import call
from greenroom.cli.certify import certify
from greenroom.cli.clauses import clauses
from greenroom.cli.serve import serve
from greenroom.connectors.errors import BridgeError

LATER = {"run": "any program against the fakes", "fuzz": "property-based tests", "replay": "stored failures"}
"""Commands that come with a later version."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(version("greenroom"), prog_name="greenroom")
def cli() -> None:
    """Fake CRMs for App Connect connectors, and a certification that tells whether a connector keeps its promises.

    Exit codes: 0 yes, 1 no, 2 could not be judged or done (one sentence on stderr says what to do).
    """


for command in (certify, call, clauses, serve):
    cli.add_command(command)


def main() -> None:
    """Run the command line; every failure to do what was asked is one sentence and exit code 2."""
    try:
        _refuse_later(sys.argv[1:])
        code = cli(standalone_mode=False)
    except click.exceptions.Abort:
        code = _tell("stopped")
    except click.ClickException as error:
        code = _tell(error.format_message())
    except (BridgeError, LookupError, ValueError) as error:
        code = _tell(str(error.args[0] if error.args else error))
    sys.exit(code if isinstance(code, int) else 0)


def _refuse_later(words: list[str]) -> None:
    if words and words[0] in LATER:
        msg = f"'{words[0]}' ({LATER[words[0]]}) comes with a later version; 'greenroom --help' lists what there is"
        raise click.UsageError(msg)


def _tell(sentence: str) -> int:
    click.echo(f"greenroom: {sentence.strip()}", err=True)
    return 2
