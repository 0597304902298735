"""The calls of a run: each gets what it asked, late work too, and is completed once that is over."""

import time
from collections.abc import Sequence
from typing import Any

from greenroom.connectors.bridges.bridge import Bridge
from greenroom.contracts.clauses.bounds import comes_to_an_end
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.judge import judge
from greenroom.contracts.clauses.shape import returns
from greenroom.contracts.harness.attribution import Moment, attribute
from greenroom.contracts.harness.recording import CallRecorder, finished
from greenroom.contracts.harness.starvation import PROBE
from greenroom.contracts.harness.worlds import Worlds
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.secrets import Masker
from greenroom.simulators.core.world import World

SETTLING = 0.5
"""Seconds after an answer in which late work is still looked for."""


class Calls:
    """The recorders of calls, in order.

    Requests are told apart by the token they carry, since each call gets one of its own: late work of an earlier call
    never lands on a later one.
    """

    def __init__(self, worlds: Worlds, bridge: Bridge) -> None:
        self._worlds, self._bridge = worlds, bridge
        self._recorders: list[CallRecorder] = []
        self._loading: list[Entry] = []
        self._prepared: dict[CallRecorder, tuple[tuple[Any, ...], dict[str, Any]]] = {}
        self._masker = Masker()

    def __len__(self) -> int:
        return len(self._recorders)

    def add(self, calls: Sequence[CallRecorder]) -> int:
        """Add calls that ended, with what they asked. Return how many of them hung."""
        if self._recorders and any(recorder.found_dead for recorder in calls):
            self._recorders[-1].record["died_late"] = True
        self._recorders += calls
        calls[0].journal += self._loading
        self._loading.clear()
        self._attribute(self._requests(), calls)
        return sum(map(_hung, calls))

    def _requests(self) -> list[Entry]:
        """Return the requests that nobody has looked at yet, with those that the connector's process tells of."""
        self._bridge.look()
        return self._worlds.requests()

    def _attribute(self, entries: Sequence[Entry], during: Sequence[CallRecorder] = ()) -> None:
        moment = Moment(self._recorders, during, entries) if during else Moment(self._recorders)
        for entry in entries:
            if owner := attribute(entry, moment):
                owner.asks(entry)
            elif entry.operation == "external_host" and not during:  # sent as it was loaded: the first call's
                self._loading.append(entry)

    def note_late(self, *, final: bool = True, world: World | None = None) -> None:
        """Give what came since the last answer to the calls that left it, and note the state of their appointments.

        Where nothing is about to change, which is not ``final``, that is noted only once late work should be over.
        Something changes in the world of the last call, and in ``world``.
        """
        self._attribute(self._requests())
        if self._recorders:
            self._recorders[-1].attempts += self._bridge.late_attempts()
        changing = [world, *(recorder.request.world for recorder in self._recorders[-1:])]
        for recorder in self._recorders:
            over = final or time.monotonic() > recorder.answered + SETTLING
            if over and recorder.final_standings is None and recorder.request.world in changing:
                recorder.final_standings = recorder.final()

    def pause(self) -> None:
        """Wait until all late work is over; what carries an earlier call's token afterwards is no late work."""
        if self._recorders:
            PROBE.sleep(self._recorders[-1].answered + SETTLING)
        self.note_late()
        for recorder in self._recorders:
            recorder.closed = True

    def clear(self) -> set[str]:
        """Forget all calls: what still carries their tokens is nobody's any more.

        Returns the names of worlds of which something came that nobody has looked at yet.
        """
        known = [len(recorder.late) for recorder in self._recorders]
        self.note_late()
        late = {t.request.world.name for t, number in zip(self._recorders, known, strict=True) if len(t.late) > number}
        for recorder in self._recorders:
            recorder.concurrent = ()  # those that know each other would not be freed
        self._recorders.clear()
        self._prepared.clear()
        return late | self._worlds.end()

    def subjects(self, since: int) -> list[str]:
        """Return the ids of the records that calls are about, once the CRM has done all that it accepted."""
        calls = self._recorders[since:]
        for recorder in calls:
            recorder.crm.settle(recorder.request.world)
        return [recorder.subject for recorder in calls]

    def stamps(self, since: int) -> list[tuple[Any, ...]]:
        """Return what of calls may still change (:meth:`CallRecorder.stamp`)."""
        self._note_death()
        return [recorder.stamp() for recorder in self._recorders[since:]]

    def get_ready(self) -> None:
        """Get ready to mask the secrets that there are by now: that is half of what masking costs."""
        self._masker.of([world.secrets for world in self._worlds.present])

    def prepare(self) -> None:
        """Complete all records by now, while nothing else is to do: only what changes has to be completed again."""
        stamps = self.stamps(0)
        self._prepared = dict(zip(self._recorders, zip(stamps, self.records(0, None), strict=True), strict=True))

    def _note_death(self) -> None:
        self._bridge.look()
        if self._recorders and self._bridge.died():
            self._recorders[-1].record["died_late"] = True

    def records(self, since: int, until: int | None) -> list[dict[str, Any]]:
        """Return call records as they are by now, complete and masked."""
        self._note_death()
        chosen = self._recorders[since:until]
        changed = self._changed(chosen)
        worlds = dict.fromkeys([*self._worlds.present, *(recorder.request.world for recorder in changed)])
        masked = finished(changed, self._masker.of([world.secrets for world in worlds])) if changed else []
        new = dict(zip(changed, masked, strict=True))
        return [new[recorder] if recorder in new else self._prepared[recorder][1] for recorder in chosen]

    def _changed(self, calls: Sequence[CallRecorder]) -> list[CallRecorder]:
        """Return which of some calls have changed since they were prepared, or one that was made at the same time."""
        known = {call: stamp for call, (stamp, _) in self._prepared.items()}
        changed = {call for call in calls if call not in known or call.stamp() != known[call]}
        return [call for call in calls if changed & {call, *call.concurrent}]


def _hung(recorder: CallRecorder) -> bool:
    """Tell whether a call hung, and a must is broken by that: the CRM may have told it to wait."""
    if recorder.record["outcome"]["kind"] != "timed-out":
        return False
    call = Call(recorder.complete(recorder.request.world.secrets.mask))
    return any(judge(clause, [call]).outcome == "failed" for clause in (comes_to_an_end, returns))
