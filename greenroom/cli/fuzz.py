"""``greenroom fuzz``."""

import json
from pathlib import Path
from typing import Any

import click

from greenroom.cli import completion
from greenroom.cli.cluster import Cluster, cluster_options
from greenroom.cli.ending import ENDING
from greenroom.cli.isolation import isolate_option
from greenroom.cli.options import command, common, crm_option, detailed, environment, examined, shard_option
from greenroom.cli.screen import opened
from greenroom.contracts.cluster.fuzzing import fuzz as run_on_cluster
from greenroom.contracts.fuzz.config import KEPT, MOST, FuzzConfig
from greenroom.contracts.fuzz.events import INTERRUPTED, LOST, Result
from greenroom.contracts.fuzz.results import document
from greenroom.contracts.fuzz.runner import Handle
from greenroom.contracts.fuzz.runner import fuzz as run
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.reports.fuzz import FuzzReport
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.shard import WHOLE

EXAMPLES = 200
"""Stories that are played by default."""


@click.command()
@click.argument("target")
@crm_option
@click.option("--examples", type=int, metavar="N", help=f"The number of stories to play.  [default: {EXAMPLES}]")
@click.option("--steps", type=int, default=10, show_default=True, metavar="N", help="The most steps of a story.")
@click.option("--seconds", type=float, metavar="S", help="Stop after S seconds. Without --examples, play until then.")
@click.option(
    "--jobs", type=int, default=1, show_default=True, metavar="N", help="The number of processes that share the work."
)
@click.option(
    "--only",
    multiple=True,
    metavar="GLOB",
    shell_complete=completion.clauses,
    help="Judge only these clauses, advice too. Repeatable.",
)
@click.option(
    "--keep",
    default=str(KEPT),
    show_default=True,
    metavar="FOLDER",
    help="Failing stories are stored here, and played first.",
)
@shard_option("play the stories of this part of the fuzz")
@click.option("--report", metavar="FILE.json", help="Also write the result, for 'greenroom merge' and other programs.")
@detailed
@isolate_option
@examined
@cluster_options
@common
def fuzz(
    target: str,
    crm: str,
    examples: int | None,
    seconds: float | None,
    only: tuple[str, ...],
    **options: Any,
) -> int:
    """Fuzz a connector: play random stories until a promise breaks.

    In a story, appointments appear and tokens expire. Users call the interfaces: once, twice, two at a time, in two
    accounts. Colleagues edit, cancel and delete. Faults are injected. The clauses of certify judge each call.
    Greenroom shortens a failing story, confirms it in fresh processes, and shows and stores its steps.
    'greenroom replay' plays it again.

    Example: greenroom fuzz my_connector.py --crm clio --seconds 60 --jobs 2
    """
    cluster: Cluster | None = options.pop("cluster")
    keep, report, detail = options.pop("keep"), options.pop("report"), options.pop("detail")
    count = examples if examples is not None else MOST if seconds else EXAMPLES
    runtime, env = command(options.pop("runtime")), environment(options.pop("env"))
    size = {name: options.pop(name) for name in ("steps", "jobs")} | {"shard": options.pop("shard") or WHOLE}
    run_config = RunConfig(target, crm, runtime=runtime, env=env, only=only, **options)
    config = FuzzConfig(run_config, examples=count, seconds=seconds, folder=Path(keep), **size)
    stop = Stop()
    with ENDING.handled_by(lambda _number: stop.ask()), opened() as screen:
        result = _played(config, FuzzReport(screen, detail).handle, stop, cluster)
    if report:
        write(report, result)
    if lacking := lacks(result):
        click.echo(f"greenroom: {lacking}", err=True)
    return exit_code(result)


def _played(config: FuzzConfig, handle: Handle, stop: Stop, cluster: Cluster | None) -> Result:
    """Play on this machine, or on a cluster."""
    if cluster is None:
        return run(config, handle, stop)
    with cluster.opened([config.run.target]) as pool:
        return run_on_cluster(config, pool, handle, stop, cluster.address)


def write(path: str, result: Result) -> None:
    """Write a result to a file."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(document(result), indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")


def lacks(result: Result) -> str | None:
    """Say what a result lacks that a cluster should have brought, and what to do."""
    if result.stopped == LOST:
        return f"{LOST}; what came back by then is counted, start it again for the rest"
    return f"not played: {result.errored[0]}" if result.errored else None


def exit_code(result: Result) -> int:
    """Return 1 if a failure was found, 2 if the run was cut off before that or lacks a part, else 0."""
    return 1 if result.found else 2 if result.errored or result.stopped in (INTERRUPTED, LOST) else 0
