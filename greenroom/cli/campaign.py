"""``greenroom campaign``."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic

import click

from greenroom.cli.cluster import Cluster, cluster_options
from greenroom.cli.ending import ENDING
from greenroom.cli.screen import opened
from greenroom.contracts.campaign.plan import Plan, load
from greenroom.contracts.campaign.standing import Standing
from greenroom.contracts.campaign.state import State, write
from greenroom.contracts.cluster.engine import Pool
from greenroom.contracts.cluster.local_pool import LocalPool
from greenroom.contracts.fuzz.config import KEPT
from greenroom.contracts.fuzz.events import INTERRUPTED, LOST
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.reports.campaign import cells_were, counts, lines, page

EVERY = 5.0
"""Seconds between two pages, while a campaign goes on."""


@click.command()
@click.argument("file", metavar="FILE.toml")
@click.option(
    "--state", metavar="DIR", help="The folder that holds what was played.  [default: .greenroom/campaigns/FILE]"
)
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="The processes that play."
)
@cluster_options
def campaign(file: str, state: str | None, jobs: int, cluster: Cluster | None) -> int:
    """Play many connectors for days, until every cell of the coverage is reached, or named.

    FILE.toml lists connectors, CRMs, days and stories, and the cells to reach. What was played is kept. So you can end
    the command at any time, and start it again: it goes on from there. DIR/index.html shows how it stands.

    The exit code is 1 if a promise is broken. It is 2 if parts were not played, or cells were not reached.

    Example: greenroom campaign november.toml --jobs 2
    """
    plan, stop = load(Path(file)), Stop()
    folder = Path(state) if state else KEPT / "campaigns" / Path(file).stem
    with closing(State(folder)) as kept, ENDING.handled_by(lambda _number: stop.ask()), opened() as screen:
        standing = Standing(plan, kept)
        shown = -EVERY
        with _workers(plan, standing, jobs, cluster) as pool:
            for _ in standing.play(pool, stop) if pool else ():
                screen.progress(", ".join(counts(standing)))
                if monotonic() > shown + EVERY:
                    _show(standing, folder)
                    shown = monotonic()
        place = _show(standing, folder)
        if stop.is_set():
            standing.stopped = INTERRUPTED
        screen.rest()
        for line in lines(standing, place):
            screen.say(line)
    return _ended(standing)


@contextmanager
def _workers(plan: Plan, standing: Standing, jobs: int, cluster: Cluster | None) -> Iterator[Pool | None]:
    """Open what plays, if there is anything left to play."""
    if not standing.left:
        yield None
    elif cluster:
        with cluster.opened(plan.targets) as pool:
            yield pool
    else:
        with closing(LocalPool(jobs)) as local:
            yield local


def _show(standing: Standing, folder: Path) -> Path:
    """Write the stories that were found, and the page; return where that is."""
    stories = folder / "stories"
    for (target, crm, clause), found in standing.found.items():
        name = re.sub(r"[^\w.-]", "_", f"{crm}-{target}-{clause}")
        found.story.write(stories / f"{name}.json")
        standing.found[target, crm, clause] = replace(found, place=str(stories / f"{name}.json"))
    place = folder / "index.html"
    write(place, page(standing, datetime.now().astimezone(), stories))
    return place


def _ended(standing: Standing) -> int:
    """Return the exit code; say on stderr what is not there."""
    if standing.found:
        return 1
    if standing.stopped in (INTERRUPTED, LOST):
        why = f"{standing.stopped}; start it again, it goes on from there"
    elif standing.errored:
        why = f"not played: {next(iter(standing.errored.values()))}"
    elif standing.missing:
        why = f"{cells_were(len(standing.missing))} not reached; play more stories, or leave them out with a reason"
    elif standing.wrong:
        why = f"{cells_were(len(standing.wrong))} left out, and yet reached; delete what was reached from leave_out"
    else:
        return 0
    click.echo(f"greenroom: {why}", err=True)
    return 2
