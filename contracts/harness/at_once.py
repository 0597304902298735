"""Calls at the same time: in an order of their requests, or the later ones once the first is held."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial

from greenroom.connectors.bridges.bridge import Bridge, Reply
from greenroom.contracts.harness.conductor import Conductor
from greenroom.contracts.harness.orders import Choice, Plan, written_order
from greenroom.contracts.harness.recording import CallRecorder
from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.turnstile import Turnstile

Ask = Callable[[CallRecorder], Reply]
"""Makes one call, and returns when it has ended."""


def in_order(calls: Sequence[CallRecorder], ask: Ask, bridge: Bridge, plan: Plan) -> list[Choice]:
    """Make two calls whose requests pass one by one; return the steps of the order played."""
    turnstile = Turnstile([recorder.carries for recorder in calls])
    _beside_each_other(calls)
    for recorder in calls:
        recorder.request.world.turnstile = turnstile
    with ThreadPoolExecutor(len(calls)) as pool:
        begin = [partial(pool.submit, ask, recorder) for recorder in calls]
        choices = Conductor(turnstile, begin, bridge, plan).play()
    for recorder in calls:
        recorder.request.world.turnstile = None
        recorder.record["variant"]["order"] = written_order(plan, choices)
    return choices


def together(
    calls: Sequence[CallRecorder], ask: Ask, between: Armed | None, seconds: float, pool: ThreadPoolExecutor
) -> None:
    """Make calls; the later ones begin once the fault ``between`` holds a request of the first.

    ``seconds``: how long it is waited at each point.
    """
    _beside_each_other(calls)
    futures = [pool.submit(ask, calls[0])]
    try:
        if between:
            _until_fired(between, futures[0], seconds)
        futures += [pool.submit(ask, other) for other in calls[1:]]
        for future in futures[1:]:
            wait([future], seconds)
        if between:
            between.released.set()
    finally:
        wait(futures)
    for future in futures:
        future.result()


def while_held(call: CallRecorder, ask: Ask, held: Armed, change: Callable[[], None], seconds: float) -> None:
    """Make a call; while the fault ``held`` holds a request of it, let something happen in the CRM.

    ``seconds``: how long it is waited for that request. Where none is held, nothing happens.
    """
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask, call)
        _until_fired(held, asked, seconds)
        if held.fired:
            change()
        held.released.set()
        asked.result()


def _until_fired(fault: Armed, call: Future[Reply], seconds: float) -> None:
    """Wait until a fault fires, or the call in which it may is over, or the time is."""
    call.add_done_callback(lambda _: fault.reached.set())
    fault.reached.wait(seconds)


def _beside_each_other(calls: Sequence[CallRecorder]) -> None:
    """Note of each call which others are made at the same time."""
    for recorder in calls:
        recorder.concurrent = [other for other in calls if other is not recorder]
