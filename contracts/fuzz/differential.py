"""One abstract story on two CRMs: what the same day brings to the users of each, and where that may differ."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import seed
from hypothesis.stateful import run_state_machine_as_test

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.fuzz.coverage import outcome
from greenroom.contracts.fuzz.machine import StoryMachine, hypothesis_settings
from greenroom.contracts.fuzz.play import FuzzError, Play
from greenroom.contracts.fuzz.story import Step
from greenroom.contracts.harness.testbed import TestBed, open_testbed
from greenroom.contracts.interfaces.cancel import ENDED
from greenroom.contracts.run.config import RunConfig
from greenroom.simulators import find_crm
from greenroom.simulators.core.crm import Crm


@dataclass(frozen=True)
class Observation:
    """What one call came to, whatever the CRM: what was said, and how the appointment stood before and afterwards."""

    said: str
    before: str
    after: str
    call: Call

    @property
    def abstract(self) -> tuple[str, str]:
        """What must agree."""
        return self.said, self.after


@dataclass(frozen=True)
class Pair:
    """The same call of a story on two CRMs; ``step`` counts from one."""

    step: int
    one: Observation
    other: Observation

    @property
    def agrees(self) -> bool:
        """Whether the users of both experience the same."""
        return self.one.abstract == self.other.abstract


def observation(record: Mapping[str, Any]) -> Observation:
    """Return a recorded call without what is the CRM's own: ``over`` is removed, or kept as cancelled."""
    call = Call(record)
    return Observation(outcome(call), _abstract(call.before), _abstract(call.final_state), call)


def _abstract(state: str) -> str:
    return "over" if state in ENDED else state


@dataclass(frozen=True)
class Difference:
    """A difference that is allowed, and what it means for the users of each CRM."""

    id: str
    when: Callable[[Pair], bool]
    title: str
    clio: str
    netsuite: str
    why: str


def _told_apart(pair: Pair) -> bool:
    return (pair.one.said, pair.other.said) == ("failure", "success") and pair.one.after == pair.other.after == "over"


def _fired(observation: Observation) -> set[str]:
    return {entry["fault"] for entry in observation.call.entries if entry["fault"]}


def _quicker(pair: Pair) -> bool:
    before = pair.one.before == pair.other.before == "live"
    return before and _told_apart(pair) and (pair.one.call.raced or bool(pair.one.call.met("cancelled")))


ALLOWED: Sequence[Difference] = (
    Difference(
        "carried-on",
        lambda pair: pair.one.before != pair.other.before,
        "After an earlier difference",
        "The appointment stands, or is gone, because of what happened before.",
        "The event stands, or is cancelled, because of what happened before.",
        "A story goes on from its state: one difference leads to later ones",
    ),
    Difference(
        "over-before",
        lambda pair: pair.one.before == "over" and _told_apart(pair),
        "It was cancelled already",
        "'Appointment not found': it was deleted, and Clio responds as if it had never existed.",
        "Success: the event is still there, and is set to cancelled once more.",
        "Clio deletes, so 'gone' and 'never there' look the same; NetSuite keeps the event with its status",
    ),
    Difference(
        "who-may",
        lambda pair: pair.one.before == "live" and pair.one.call.actor["access"] != pair.other.call.actor["access"],
        "Who may cancel what",
        "A calendar's owner and its editors may; other people's calendars are not visible, so nothing is found.",
        "A role that may edit events may also cancel those of others, unless they are private.",
        "Clio gives rights by calendar, NetSuite by role",
    ),
    Difference(
        "after-a-rival",
        lambda pair: bool(pair.one.call.concurrent) and pair.one.said == pair.other.said,
        "After a concurrent call of another user",
        "The appointment stands if the other user may not cancel it.",
        "The event is cancelled if the other user may cancel it.",
        "The rights of the other user differ, and so does the result",
    ),
    Difference(
        "somebody-was-quicker",
        _quicker,
        "Another user cancels it at the same moment",
        "'Appointment not found' for the second user.",
        "Success for both.",
        "As above: the second request finds no entry in Clio, and a cancelled event in NetSuite",
    ),
    Difference(
        "not-met",
        lambda pair: _fired(pair.one) != _fired(pair.other),
        "A fault that only one of them met",
        "The connector read first, was refused, and never sent the request for which the fault was armed.",
        "The connector sent that request at once.",
        "A connector decides how many requests it sends",
    ),
)
"""Every allowed difference, in the order in which they are looked for."""


def allowed(pair: Pair) -> Difference | None:
    """Return the allowed difference that explains why a pair does not agree, or None."""
    return next((difference for difference in ALLOWED if difference.when(pair)), None)


class Twins:
    """Two connectors, each on its CRM, that play the same story step by step.

    Faults fire on the request that would cancel: how often a connector looks before and after is its own affair.
    """

    def __init__(self, one: TestBed, other: TestBed) -> None:
        self._testbeds = (one, other)
        self.pairs: list[Pair] = []

    @property
    def crm(self) -> Crm:
        """What both CRMs can do: Clio cannot bring back, and cancels by deleting."""
        kinds = [ready.harness.profile.kinds for ready in self._testbeds]
        both = {name: fields for name, fields in kinds[0].items() if all(name in each for each in kinds)}
        crm = self._testbeds[0].harness.crm
        return replace(crm, profile=replace(crm.profile, kinds=both), remove=None, reinstate=None)

    def begin(self) -> None:
        """Begin a story."""
        self._plays = [Play(ready.harness, ()) for ready in self._testbeds]
        self._step = 0

    def do(self, step: Step) -> None:
        """Play a step on both.

        Raises:
            FuzzError: one of them made more calls than the other.

        """
        self._step += 1
        made = [_played(play, _alike(step)) for play in self._plays]
        if len(made[0]) != len(made[1]):
            raise FuzzError(f"step {self._step} made {len(made[0])} calls on one CRM, {len(made[1])} on the other")
        self.pairs += [Pair(self._step, *both) for both in zip(*made, strict=True)]

    def end(self) -> None:
        """End the story: what comes late is for other runs to judge."""


def _alike(step: Step) -> Step:
    faults = [fault for fault in step.get("faults", ()) if "on=cancel" in fault]
    return {**step, "faults": faults}


def _played(play: Play, step: Step) -> list[Observation]:
    before = play.harness.calls
    play.do(step)
    return [observation(record) for record in play.harness.records(before)]


def differ(one: RunConfig, other: RunConfig, *, examples: int = 100, steps: int = 10) -> list[Pair]:
    """Play random stories on two connectors and return every call with what it came to on each.

    ``one`` is Clio's, ``other`` NetSuite's, as the words of :data:`ALLOWED` have it.

    Raises:
        BridgeError: a connector cannot be reached.

    """
    with _testbed(one) as first, _testbed(other) as second:
        twins = Twins(first, second)
        machine = seed(one.seed_in_use)(type("SameStories", (StoryMachine,), {"player": twins, "crm": twins.crm}))
        run_state_machine_as_test(machine, settings=hypothesis_settings(examples, steps, None))
        return twins.pairs


def _testbed(run_config: RunConfig) -> AbstractContextManager[TestBed]:
    return open_testbed(run_config, parse(run_config.target), find_crm(run_config.crm))
