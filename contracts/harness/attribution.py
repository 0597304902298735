"""Attribution: which call a request belongs to. Pure: an ordered table of rules over what is known of calls."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from greenroom.simulators.core.journal import Entry


class Caller(Protocol):
    """A call, as far as its requests are to be told from those of others."""

    @property
    def closed(self) -> bool:
        """Whether its late work is over."""

    @property
    def world(self) -> str:
        """The name of the world in which it was made."""

    @property
    def key(self) -> str:
        """The id of its appointment."""

    def carries(self, token: str) -> bool:
        """Tell whether a token is its own."""

    def fits(self, entry: Entry) -> bool:
        """Tell whether a request names its appointment, if any, and no other tenant's host."""

    def in_flight(self, entry: Entry) -> bool:
        """Tell whether a request came before it was answered."""

    def still_owes(self, entry: Entry) -> bool:
        """Tell whether a request is what it has not done yet."""


C = TypeVar("C", bound=Caller)


@dataclass(frozen=True)
class Moment(Generic[C]):
    """What is known when requests are looked at.

    ``calls``: all calls so far, oldest first. ``ended``: those of them that have just ended; none between two calls.
    ``entries``: the requests that are looked at together.
    """

    calls: Sequence[C]
    ended: Sequence[C] = ()
    entries: Sequence[Entry] = ()

    @property
    def with_own_tokens(self) -> bool:
        """Whether the ended calls used tokens of their own, or none; else an earlier call's is used for them."""
        return any(each.token is None or call.carries(each.token) for call in self.ended for each in self.entries)


def attribute(entry: Entry, moment: Moment[C]) -> C | None:
    """Return the call that a request belongs to, by the first rule that finds one; None where no rule does."""
    rules: tuple[Callable[[Entry, Moment[C]], C | None], ...] = (
        _by_token,
        _very_late,
        _by_appointment,
        _last_in_its_world,
        _background,
    )
    found = next((call for rule in rules if (call := rule(entry, moment))), None)
    return found and (_with_anothers_token(found, entry, moment) or found)


def _by_token(entry: Entry, moment: Moment[C]) -> C | None:
    """The call whose token the request carries, unless its late work is over.

    Of several with one token, it is the latest whose appointment the request names. A call may carry another one's
    token: where that one was answered already, the request belongs to the call under way that it fits.
    """
    mine = (c for c in reversed(moment.calls) if entry.token and not c.closed and c.carries(entry.token))
    latest = next(mine, None)
    if latest is None or latest.fits(entry):  # nearly always: no earlier call has to be asked
        return latest
    found = next((call for call in mine if call.fits(entry)), latest)
    if found.fits(entry) or found.in_flight(entry):
        return found
    return _under_way(entry, moment) or found


def _very_late(entry: Entry, moment: Moment[C]) -> C | None:
    """The earlier call whose token it carries, even after its late work was over: the ended calls use their own."""
    earlier = (call for call in reversed(moment.calls) if call not in moment.ended)
    known = moment.ended and entry.token and moment.with_own_tokens
    return next((call for call in earlier if known and call.carries(str(entry.token))), None)


def _by_appointment(entry: Entry, moment: Moment[C]) -> C | None:
    """Of the calls that have just ended, the one whose appointment the request names; else the first in its world."""
    here = [call for call in moment.ended if call.world == entry.world] or list(moment.ended)
    return next((call for call in here if call.key == entry.record), here[0] if here else None)


def _last_in_its_world(entry: Entry, moment: Moment[C]) -> C | None:
    """Between two calls: the last call in the world that the request came to."""
    return next((call for call in reversed(moment.calls) if call.world == entry.world), None)


def _background(entry: Entry, moment: Moment[C]) -> C | None:
    """Between two calls, to a host that is not the CRM's: the last call, as nobody else was there."""
    return moment.calls[-1] if entry.operation == "external_host" and moment.calls else None


def _with_anothers_token(found: C, entry: Entry, moment: Moment[C]) -> C | None:
    """The call under way that used an earlier one's token: no ended call used its own, and the earlier owes nothing."""
    if not moment.ended or found in moment.ended or moment.with_own_tokens or found.still_owes(entry):
        return None
    return _under_way(entry, moment)


def _under_way(entry: Entry, moment: Moment[C]) -> C | None:
    return next((call for call in moment.ended if call.fits(entry) and call.in_flight(entry)), None)
