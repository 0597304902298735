"""Plays units of work: the main program of a process beside a worker, which stands where the connector's folder is.

Nothing else happens in this process: Hypothesis wants the ``random`` module for itself. Orders come as lines of JSON on
stdin, answers leave as such on stdout. The process ends with its stdin, whatever it plays.
"""

import json
import os
import queue
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from greenroom.connectors.bridges import systems
from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.cluster.fuzz_orders import fuzz_of
from greenroom.contracts.cluster.orders import Order, run_of
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.fuzz.play import FuzzError
from greenroom.contracts.fuzz.results import document
from greenroom.contracts.fuzz.runner import explored, replay
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.fuzz.story import StoryError, parsed
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.runner import certify

Document = Mapping[str, Any]


def play(order: Order, root: str) -> dict[str, Any]:
    """Play a unit. The answer has a ``document``, or says why the unit was ``refused``.

    ``root`` stands for the root of the sender's files; the sender never sees where it is.
    """
    if order["greenroom"] != version("greenroom"):
        return {"refused": f"it has Greenroom {version('greenroom')}, and not {order['greenroom']}"}
    target = order["run"]["target"]
    moved = f"{root}{target}" if Path(target).is_absolute() else target
    answer = _answer({**order, "run": {**order["run"], "target": moved}})
    found: dict[str, Any] = json.loads(json.dumps(answer).replace(root, "") if root else json.dumps(answer))
    return found


def _answer(order: Order) -> dict[str, Any]:
    try:
        return {"document": KINDS[order["kind"]](order)}
    except (BridgeError, ConfigError, FuzzError, StoryError, LookupError) as error:
        return {"refused": str(error)}


def _certified(order: Order) -> Document:
    *_, last = certify(run_of(order))
    return last.certificate.report() if isinstance(last, RunFinished) else {}


def _fuzzed(order: Order) -> Document:
    """Play a part of a fuzz. Nothing is kept here, so that Hypothesis begins without earlier choices everywhere."""
    with tempfile.TemporaryDirectory() as folder:
        return document(explored(replace(fuzz_of(order), folder=Path(folder)), _stop()))


@cache
def _stop() -> Stop:
    """Return what could end a fuzz here: one for all of them, since each has a thread."""
    return Stop()


def _replayed(order: Order) -> Document:
    config = run_of(order)
    found = replay(config, parsed(order["story"]), "")
    target = {"name": config.target, "digest": parse(config.target).digest}
    return {"target": target, "story": order["story"], "broken": asdict(found.broken) if found.broken else None}


KINDS: Mapping[str, Callable[[Order], Document]] = {"certify": _certified, "fuzz": _fuzzed, "replay": _replayed}


def main(root: str) -> None:
    """Play what is ordered until stdin ends."""
    systems.let_through(systems.ENDING)  # a local cluster starts with them held back; the connector's process gets them
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)  # whatever prints to stdout breaks no line of ours
        for line in _lines():
            answers.write(f"{json.dumps(play(json.loads(line), root))}\n")
            answers.flush()


def _lines() -> Iterator[str]:
    """Yield lines of stdin; a thread reads on while one is played, and ends the process where stdin ends."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        for line in sys.stdin:
            lines.put(line)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield lines.get()


if __name__ == "__main__":
    main(sys.argv[1])
