"""A campaign in several processes: stories are shared out, results are merged, what one finds ends all."""

import multiprocessing
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.synchronize import Event as Flag
from typing import Any

from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.fuzz.brief import Brief
from greenroom.contracts.fuzz.campaign import Campaign
from greenroom.contracts.fuzz.events import INTERRUPTED, Event, Explored, Replayed, Result
from greenroom.contracts.fuzz.play import FuzzError, Spent
from greenroom.contracts.fuzz.tally import Tally
from greenroom.contracts.run.studio import studio
from greenroom.simulators import find_crm

PATIENCE = 0.2
"""Seconds between two looks at whether a process is still there."""
_SPAWN = multiprocessing.get_context("spawn")


def share_out(brief: Brief) -> list[Brief]:
    """Return what each process is to do; together they play as many examples as were asked for."""
    each, rest = divmod(brief.examples, brief.jobs)
    shares = [each + (number < rest) for number in range(brief.jobs)]
    return [replace(brief, examples=share, jobs=1) for share in shares if share]


def explore(brief: Brief, hear: Callable[[Event], None]) -> list[Result]:
    """Explore in several processes and return their results.

    Raises:
        BridgeError, FuzzError: one could not go on; the message says why.

    """
    said: Any = _SPAWN.Queue()
    over = _SPAWN.Event()
    shares = share_out(brief)
    processes = [
        _SPAWN.Process(target=_work, args=(number, share, said, over), daemon=False)
        for number, share in enumerate(shares)
    ]
    for process in processes:
        process.start()
    try:
        with _interrupts(over) as came:
            results = _gather(processes, said, over, hear)
    finally:
        over.set()
        for process in processes:
            process.join()
    return [replace(result, stopped=INTERRUPTED) for result in results] if came else results


@contextmanager
def _interrupts(over: Flag) -> Iterator[list[int]]:
    """Let the first interrupt end all processes, which then tell what they have; yields those that came."""
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield came
        return

    def note(number: int, _frame: object) -> None:
        came.append(number)
        over.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield came
    finally:
        signal.signal(signal.SIGINT, before)


def _gather(processes: list[Any], said: Any, over: Flag, hear: Callable[[Event], None]) -> list[Result]:
    """Hear what the processes say until each has told its result."""
    results: dict[int, Result] = {}
    latest: dict[int, Explored] = {}
    while len(results) < len(processes):
        try:
            number, told = said.get(timeout=PATIENCE)
        except queue.Empty:
            _alive(processes, results)
            continue
        if isinstance(told, Result):
            results[number] = told
        elif isinstance(told, Explored):
            latest[number] = told
            hear(_sum(list(latest.values())))
        elif isinstance(told, Exception):
            raise told
        else:
            if isinstance(told, Replayed):  # a failure that is confirmed: nobody else need look on
                over.set()
            hear(told)
    return [results[number] for number in sorted(results)]


def _alive(processes: list[Any], results: dict[int, Result]) -> None:
    for number, process in enumerate(processes):
        if number not in results and process.exitcode is not None:
            raise FuzzError(f"process {number + 1} ended without a result (exit {process.exitcode})")


def _sum(found: list[Explored]) -> Explored:
    return Explored(sum(e.examples for e in found), sum(e.calls for e in found), max(e.seconds for e in found))


def _work(number: int, brief: Brief, said: Any, over: Flag) -> None:
    """Explore in this process; ``number`` makes its stories others than those of the rest."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when it is over
    try:
        target = parse(brief.order.target)
        with studio(brief.order, target, find_crm(brief.order.crm)) as ready:
            identity = ready.identity(target)
            campaign = Campaign(brief, ready, identity, lambda event: said.put((number, event)), over.is_set)
            campaign.explore(number)
            said.put((number, campaign.result()))
    except BridgeError as error:
        said.put((number, BridgeError(str(error))))
    except Exception as error:
        said.put((number, FuzzError(str(error))))


def merged(results: list[Result], seconds: float) -> Result:
    """Return several processes' results as one; of several stories about one clause the shortest is kept."""
    shortest = {}
    for found in sorted((f for r in results for f in r.found), key=lambda f: len(f.story.steps), reverse=True):
        shortest[found.story.clause] = found
    tally, spent = Tally(), Spent()
    for result in results:
        tally.update(result.tally)
        spent = Spent(*(getattr(spent, n) + getattr(result.spent, n) for n in ("judge", "calls", "simulator")))
    return replace(
        results[0],
        examples=sum(result.examples for result in results),
        calls=sum(result.calls for result in results),
        seconds=seconds,
        found=tuple(shortest.values()),
        unsteady=sum(result.unsteady for result in results),
        tally=tally,
        spent=spent,
        stopped=next((result.stopped for result in results if result.stopped), None),
    )
