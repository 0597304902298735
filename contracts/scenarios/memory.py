"""Outdated memory: a connector may remember a user, a token, an appointment or a refusal after it has changed."""

from dataclasses import replace

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL, OF_ONE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.simulators.core.world import World

REFUSED = 8
"""Never issued ids in a row: enough for a connector that counts refusals as failures of the CRM."""
FAULTS = ("reset,on=any,times=2", "status=503,on=any,times=2")
"""Faults of two requests in a row."""
LATER = 1800.0
"""Seconds that pass in the CRM; the tokens go on counting."""


def never_given(harness: Harness) -> list[str]:
    """Return ids with a valid form that were never issued."""
    return harness.profile.ids.never(REFUSED)


def play(harness: Harness, interface: Interface) -> None:
    """Refuse much; then let all be as it should, and call with the same tokens in the same process.

    What was refused is asked again: an id that is given by now, an appointment for which the right is there by now, one
    that was reinstated. Between the two the late work of all calls ends, so that it is certain whose a request is.
    """
    world = harness.world()
    owner, clerk = world.log_in("owner"), world.log_in("forbidden")
    absent, target = never_given(harness), world.appointments["target"]
    own = harness.worlds.add(world, "forbidden")
    harness.call(interface, world, target, login=owner)
    harness.call(interface, world, own, "forbidden", login=clerk)
    for role, status in (("shorter-id", "403"), ("same-title", "409")):
        harness.worlds.arm_all(interface, world, (f"status={status},times=50",))
        harness.call(interface, world, world.appointments[role], login=owner)
        harness.worlds.clear_faults(world)
    for key in absent:
        harness.call(interface, world, key, login=owner)
    harness.pause()
    harness.call(interface, world, world.appointments["longer-id"], login=owner)
    change(harness, world, own=target, given=absent[-1])
    for key in (target, absent[-1], world.appointments["same-title"]):
        harness.call(interface, world, key, login=owner)
    harness.call(interface, world, own, "forbidden", login=clerk)


def change(harness: Harness, world: World, *, own: str, given: str) -> None:
    """Give the right that was missing, the id that was none, and the ended appointment back; let time pass."""
    people = world.people
    people["forbidden"] = replace(people["forbidden"], rights=people["owner"].rights)
    harness.worlds.add(world, "owner", given)
    if harness.crm.reinstate:
        harness.out_of_band(harness.crm.reinstate, world, own)
    world.clock.advance(LATER)


def at_the_end(harness: Harness, interface: Interface) -> None:
    """Call once more in the process that was started first, when all else has been played."""
    world = harness.world()
    harness.call(interface, world, world.appointments["target"])


def now_and_then(harness: Harness, interface: Interface) -> None:
    """Let the CRM fail one user now and then, and answer well in between: what a failure leaves behind is seen there.

    A lock that is not released, a queue that a failure spoils, a slot that is never given back. Two requests fail in a
    row, and many succeed: whoever stops asking a sick CRM has no reason to.
    """
    world = harness.world()
    for fault in FAULTS * 2:
        harness.worlds.arm_all(interface, world, (fault,))
        for well in (False, True, True):
            if well:
                harness.worlds.clear_faults(world)
            harness.call(interface, world, harness.worlds.add(world, "owner"))


NOW_AND_THEN = Scenario(
    "failed-before",
    "the CRM fails a user now and then, and works in between",
    "resilient",
    now_and_then,
    "memory",
    interfaces=OF_ONE,
    weight=10,
)
MEMORY = Scenario(
    "refused-before",
    "earlier refusals no longer apply: the same user, the same token",
    "resilient",
    play,
    "memory",
    interfaces=OF_ONE,
    weight=10,
)
AT_THE_END = Scenario(
    "at-the-end",
    "the process has been running for a while",
    "resilient",
    at_the_end,
    when_others_are_over=True,
    interfaces=ALL,
)
