"""One abstract story on two CRMs: what the same day brings to the users of each, and where that may differ."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain
from typing import Any

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.fuzz.coverage import outcome
from greenroom.contracts.fuzz.differences import Difference, Observation, Pair
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.interfaces.interface import OVER
from greenroom.contracts.fuzz.play import FuzzError, Play
from greenroom.contracts.fuzz.stories import callable_by, hypothesis_settings, play_stories, some_story
from greenroom.contracts.fuzz.story import Step
from greenroom.contracts.harness.testbed import TestBed, open_testbed
from greenroom.contracts.run.config import RunConfig
from greenroom.simulators import find_crm
from greenroom.simulators.core.crm import Crm


def observation(record: Mapping[str, Any]) -> Observation:
    """Return a recorded call without what is the CRM's own: ``over`` is removed, or kept in an end state."""
    call = Call(record)
    return Observation(outcome(call), _abstract(call, "before"), _abstract(call, "final"), call)


def _abstract(call: Call, when: str) -> str:
    state: str = call.record["state"][when]
    return OVER if call.is_over(when) else state


RIVAL = Difference(
    "after-a-rival",
    lambda pair: bool(pair.one.call.concurrent) and pair.one.said == pair.other.said,
    "After a concurrent call of another user",
    {
        "clio": "The other call works if its user may write to the calendar.",
        "netsuite": "The other call works if its user's role may edit the event.",
        "bullhorn": "The other call works if its user may update the appointment.",
    },
    "The rights of the other user differ, and so does the result",
)
LOG_IN = Difference(
    "logged-in-again",
    lambda pair: pair.one.logged_in is not pair.other.logged_in,
    "A credential that is not valid any more",
    {
        "clio": "The user is told to log in again: App Connect renews the token before the call.",
        "netsuite": "The user is told to log in again: App Connect renews the token before the call.",
        "bullhorn": "The connector opens a new session, and goes on.",
    },
    "A session of Bullhorn's ends within a call; who holds its access token opens another one",
)
ANYWHERE = (RIVAL, LOG_IN)
"""What any interface may do otherwise."""
ALLOWED: Sequence[Difference] = (
    *chain.from_iterable(interface.differences for interface in CALLED.values()),
    *ANYWHERE,
)
"""Every allowed difference. Those of one interface are in the order in which they are looked for."""


def allowed(pair: Pair) -> Difference | None:
    """Return the allowed difference that explains why a pair does not agree, or None."""
    differences = (*CALLED[pair.one.call.interface.name].differences, *ANYWHERE)
    return next((difference for difference in differences if difference.when(pair)), None)


class Twins:
    """Two connectors, each on its CRM, that play the same story step by step.

    Faults fire on the requests that do what is asked: how often a connector looks before and after is its own affair.
    """

    def __init__(self, one: TestBed, other: TestBed) -> None:
        self._testbeds = (one, other)
        self.pairs: list[Pair] = []

    @property
    def crm(self) -> Crm:
        """What every CRM can do: in Clio a deletion is the only end, and nothing comes back."""
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
    if "faults" not in step:
        return step
    effect = CALLED[step["interface"]].effect
    return {**step, "faults": [fault for fault in step["faults"] if f"on={effect}" in fault]}


def _played(play: Play, step: Step) -> list[Observation]:
    before = play.harness.calls
    play.do(step)
    return [observation(record) for record in play.harness.records(before)]


def differ(one: RunConfig, other: RunConfig, *, examples: int = 100, steps: int = 10) -> list[Pair]:
    """Play random stories on two connectors and return every call with what it came to on each.

    They are on any two CRMs. :data:`ALLOWED` says what the users of each experience otherwise.

    Raises:
        BridgeError: a connector cannot be reached.

    """
    with _testbed(one) as first, _testbed(other) as second:
        twins = Twins(first, second)
        both = [name for name in callable_by(one, first) if name in callable_by(other, second)]
        stories = some_story(twins.crm, both, steps)
        play_stories(twins, stories, hypothesis_settings(examples, None), one.seed_in_use)
        return twins.pairs


def _testbed(run_config: RunConfig) -> AbstractContextManager[TestBed]:
    return open_testbed(run_config, parse(run_config.target), find_crm(run_config.crm))
