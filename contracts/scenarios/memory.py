"""What a connector may remember of a user, a token, an appointment or a refusal, when things have changed since."""

from dataclasses import replace

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage
from greenroom.simulators.core.world import World

REFUSED = 8
"""Ids in a row that were never given: enough for whoever counts refusals as if the CRM were ill."""
TROUBLES = ("reset,on=any,times=2", "status=503,on=any,times=2")
"""What befalls two requests in a row."""
LATER = 1800.0
"""Seconds that pass in the CRM; the tokens go on counting."""


def never_given(stage: Stage) -> list[str]:
    """Return ids that are valid in form and were never given."""
    return [str(int(stage.profile.absent_id) - place) for place in range(REFUSED)]


def play(stage: Stage) -> None:
    """Refuse much; then let all be as it should, and cancel with the same tokens in the same process.

    What was refused is asked again: an id that is given by now, an appointment for which the right is there by now, one
    that was reinstated. Between the two the late work of all calls ends, so that it is certain whose a request is.
    """
    world = stage.world()
    owner, clerk = world.log_in("owner"), world.log_in("forbidden")
    absent, target = never_given(stage), world.appointments["target"]
    own = stage.crm.add(world, world.people["forbidden"], stage.profile.strangers, "")
    stage.call(world, target, login=owner)
    stage.call(world, own, "forbidden", login=clerk)
    for role, status in (("shorter-id", "403"), ("same-title", "409")):
        stage.trouble(world, (f"status={status},times=50",))
        stage.call(world, world.appointments[role], login=owner)
        stage.calm(world)
    for key in absent:
        stage.call(world, key, login=owner)
    stage.pause()
    stage.call(world, world.appointments["longer-id"], login=owner)
    change(stage, world, own=target, given=absent[-1])
    for key in (target, absent[-1], world.appointments["same-title"]):
        stage.call(world, key, login=owner)
    stage.call(world, own, "forbidden", login=clerk)


def change(stage: Stage, world: World, *, own: str, given: str) -> None:
    """Give the right that was missing, the id that was none, and the cancelled appointment back; let time pass."""
    people = world.people
    people["forbidden"] = replace(people["forbidden"], rights=people["owner"].rights)
    stage.crm.add(world, people["owner"], stage.profile.strangers, given)
    if stage.crm.reinstate:
        stage.behind(stage.crm.reinstate, world, own)
    world.clock.advance(LATER)


def at_the_end(stage: Stage) -> None:
    """Cancel once more in the process that was started first, when all else has been played."""
    world = stage.world()
    stage.call(world, world.appointments["target"])


def now_and_then(stage: Stage) -> None:
    """Let the CRM fail one user now and then, and answer well in between: what a failure leaves behind is seen there.

    A lock that is not released, a queue that a failure spoils, a slot that is never given back. Two requests fail in a
    row, and many succeed: whoever stops asking a sick CRM has no reason to.
    """
    world = stage.world()
    for trouble in TROUBLES * 2:
        stage.trouble(world, (trouble,))
        for well in (False, True, True):
            if well:
                stage.calm(world)
            stage.call(world, stage.crm.add(world, world.people["owner"], stage.profile.strangers, ""))


NOW_AND_THEN = Scenario(
    "failed-before", "the CRM fails a user now and then, and is well in between", "resilient", now_and_then, "memory"
)
MEMORY = Scenario(
    "refused-before",
    "what was refused many times, or cancelled, is in order by now: the same user, the same token",
    "resilient",
    play,
    "memory",
)
AT_THE_END = Scenario(
    "at-the-end", "the process has been running for a while", "resilient", at_the_end, when_others_are_over=True
)
