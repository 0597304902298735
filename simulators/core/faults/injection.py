"""When faults fire: at the stages of a request, at most one for each request."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, ARRIVAL, BODY, COMMIT, NOTHING, STATUS, WHOLE
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.faults.context import FaultContext


class Interrupted(Exception):  # noqa: N818 - no error: a fault gave the answer
    """A fault fired before the commit; ``response`` is the answer."""

    def __init__(self, response: Response) -> None:
        super().__init__("a fault gave the answer")
        self.response = response


def arrive(now: Exchange, crm: Crm, method: str) -> Response | None:
    """Reserve the fault that is meant for a request, and let it fire if it fires on arrival."""
    now.armed = now.world.faults.take(method, now.path, now.operation)
    if now.armed is None:
        return None
    if now.armed.stage == ARRIVAL:
        return _fire(now, crm)
    if now.armed.stage == COMMIT:
        now.before_commit = lambda: _interrupt(now, crm)
    return None


def _interrupt(now: Exchange, crm: Crm) -> None:
    now.before_commit = None
    response = _fire(now, crm)
    if response is not None:
        raise Interrupted(response)


def leave(now: Exchange, crm: Crm, response: Response, *, reads: bool) -> Response:
    """Let a fault of the later stages fire; one whose stage the request never came to goes back to the list.

    A write that was refused has done nothing that an answer could be lost of. A request that writes nothing meets what
    fires before the commit here, whatever its answer is, but none that would make a success of a refusal.
    """
    armed, now.before_commit = now.armed, None  # that would lead back to the request, and keep it
    if armed is None or now.fired:
        return response
    done = response.status_code < 400 or (reads and armed.fault.arrives != STATUS)
    if done and armed.stage in ((COMMIT, ANSWER, BODY) if reads else (ANSWER, BODY)):
        replaced = _fire(now, crm, response) or response
        if replaced is not response or armed.fault.arrives in (STATUS, NOTHING):
            now.shows = None  # what the CRM would have shown, nobody saw
        return replaced
    now.world.faults.give_back(armed)
    return response


def _fire(now: Exchange, crm: Crm, answer: Response | None = None) -> Response | None:
    armed = now.armed
    if armed is None:
        return None
    now.fired = True
    armed.note_fired()
    return armed.fault.fire(FaultContext(armed, now, crm, answer))


def outcome(now: Exchange, connection: str | None) -> tuple[str | None, str]:
    """Return what the journal says of a request: the fault that fired, and what of the answer reached the client.

    ``connection`` names a fault of the connection that the request came over all the same.
    """
    if now.fired and now.armed and not now.armed.fault.silent:
        return now.armed.label, now.armed.fault.arrives
    return connection, WHOLE
