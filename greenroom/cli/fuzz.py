"""``greenroom fuzz``."""

from pathlib import Path
from typing import Any

import click

from greenroom.cli.certify import styled
from greenroom.cli.ending import ENDING
from greenroom.cli.isolation import isolate_option
from greenroom.cli.options import command, common, crm_option, environment, examined
from greenroom.contracts.fuzz.config import KEPT, MOST, FuzzConfig
from greenroom.contracts.fuzz.events import INTERRUPTED, Result
from greenroom.contracts.fuzz.runner import fuzz as run
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.reports.fuzz import FuzzReport
from greenroom.contracts.run.config import RunConfig

EXAMPLES = 200
"""Stories that are played where nobody says how many."""


@click.command()
@click.argument("target")
@crm_option
@click.option("--examples", type=int, metavar="N", help=f"How many stories to play.  [default: {EXAMPLES}]")
@click.option("--steps", type=int, default=10, show_default=True, metavar="N", help="How long a story may be.")
@click.option("--seconds", type=float, metavar="S", help="Stop after so long; without --examples, no sooner.")
@click.option("--jobs", type=int, default=1, show_default=True, metavar="N", help="How many processes share the work.")
@click.option("--only", multiple=True, metavar="GLOB", help="Let only these clauses break a story, advice too.")
@click.option(
    "--keep", default=str(KEPT), show_default=True, metavar="FOLDER", help="Where failures are kept, and tried first."
)
@isolate_option
@examined
@common
def fuzz(
    target: str, crm: str, examples: int | None, seconds: float | None, only: tuple[str, ...], keep: str, **options: Any
) -> int:
    """Look for a story in which a connector breaks a promise, among random days in the life of its users.

    Appointments appear, users cancel (again, two at once, in two accounts), colleagues edit, cancel and delete, tokens
    end, faults strike. Each call is judged by the clauses of certify. A failure is made short, confirmed in fresh
    processes, told step by step and kept; 'greenroom replay' plays it again.

    Example: greenroom fuzz my_connector.py --crm clio --seconds 60 --jobs 2
    """
    count = examples if examples is not None else MOST if seconds else EXAMPLES
    runtime, env = command(options.pop("runtime")), environment(options.pop("env"))
    size = {name: options.pop(name) for name in ("steps", "jobs")}
    run_config = RunConfig(target, crm, runtime=runtime, env=env, only=only, **options)
    config = FuzzConfig(run_config, examples=count, seconds=seconds, folder=Path(keep), **size)
    stop = Stop()
    with ENDING.told(lambda _number: stop.ask()):
        return exit_code(run(config, FuzzReport(click.echo, styled).handle, stop))


def exit_code(result: Result) -> int:
    """Return 1 where a failure was found, 2 where it was interrupted before, else 0."""
    return 1 if result.found else 2 if result.stopped == INTERRUPTED else 0
