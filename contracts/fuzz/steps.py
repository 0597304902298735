"""What can happen in a story. A step: one function here, a sentence in ``describe.py``, a rule in ``machine.py``."""

from collections.abc import Callable, Mapping

from greenroom.contracts.fuzz.context import StoryContext
from greenroom.contracts.fuzz.story import Step, StoryError
from greenroom.contracts.interfaces import CANCEL
from greenroom.contracts.interfaces.cancel import ENDED
from greenroom.simulators.core.faults.spec import parse

SLOW = 0.01
"""Seconds that each answer of a slow CRM takes in a story: enough to tell who does not wait for it."""


def appears(context: StoryContext, step: Step) -> None:
    """Let an appointment appear: of somebody, of some kind, with some title."""
    profile = context.harness.profile
    kind = step.get("kind", "ordinary")
    if kind != "ordinary" and kind not in profile.kinds:
        raise StoryError(f"{profile.title} knows no appointments of kind '{kind}'")
    fields = {profile.title_field: step["title"], **profile.kinds.get(kind, {})}
    context.appear(step["world"], step["appointment"], step.get("whose", "owner"), fields, step.get("like"))


def cancels(context: StoryContext, step: Step) -> None:
    """Let somebody cancel an appointment in App Connect, maybe under faults."""
    world, faults = context.world(step["world"]), step.get("faults", ())
    mid_call = any(parse(fault).fault.by_colleague for fault in faults)
    login = context.login(step["world"], step["who"])
    key = context.asked(step["world"], step["appointment"], step["who"], mid_call=mid_call)
    context.harness.worlds.arm_all(CANCEL, world, faults)
    context.harness.call(CANCEL, world, key, step["who"], login=login)
    context.harness.worlds.clear_faults(world)
    world.pace = 0.0


def cancel_at_once(context: StoryContext, step: Step) -> None:
    """Let two cancel at the same time: the first is held where ``hold`` says, until the second is answered."""
    calls = [context.recorder(call["world"], call["appointment"], call["who"]) for call in step["calls"]]
    first = context.world(step["calls"][0]["world"])
    context.harness.together(*calls, between=context.harness.worlds.arm(CANCEL, first, step["hold"]))
    context.harness.worlds.clear_faults(first)
    for call in step["calls"]:
        context.world(call["world"]).pace = 0.0


def is_edited(context: StoryContext, step: Step) -> None:
    """Let a colleague edit an appointment in the CRM."""
    key = context.touch(step["world"], step["appointment"], ())
    edit = context.harness.crm.edit
    fields = context.harness.profile.colleagues_edit
    context.harness.out_of_band(lambda world, who, at: edit(world, who, at, fields), context.world(step["world"]), key)


def is_cancelled(context: StoryContext, step: Step) -> None:
    """Let a colleague cancel an appointment in the CRM, if it stands."""
    key = context.touch(step["world"], step["appointment"], ENDED)
    if context.harness.crm.state(context.world(step["world"]), key) == "live":
        context.harness.out_of_band(context.harness.crm.cancel, context.world(step["world"]), key)


def is_deleted(context: StoryContext, step: Step) -> None:
    """Let a colleague delete an appointment in the CRM for good."""
    crm, world = context.harness.crm, context.world(step["world"])
    key = context.touch(step["world"], step["appointment"], ("removed",))
    if crm.state(world, key) in ("live", "transitioned"):
        context.harness.out_of_band(crm.remove or crm.cancel, world, key)


def is_reinstated(context: StoryContext, step: Step) -> None:
    """Let a colleague bring a cancelled appointment back, where the CRM can."""
    crm, world = context.harness.crm, context.world(step["world"])
    if crm.reinstate is None:
        raise StoryError(f"in {crm.profile.title} a cancelled appointment cannot come back")
    key = context.touch(step["world"], step["appointment"], ("live",))
    if crm.state(world, key) == "transitioned":
        context.harness.out_of_band(crm.reinstate, world, key)


def token_expires(context: StoryContext, step: Step) -> None:
    """Let somebody's token expire; App Connect still passes it."""
    context.end_token(step["world"], step["who"], "expired")


def token_is_revoked(context: StoryContext, step: Step) -> None:
    """Let somebody's token be revoked; App Connect still passes it."""
    context.end_token(step["world"], step["who"], "revoked")


def connects_anew(context: StoryContext, step: Step) -> None:
    """Let somebody connect anew: the same user, a token that counts."""
    context.end_token(step["world"], step["who"], "")


def gets_slow(context: StoryContext, step: Step) -> None:
    """Let an account's CRM take its time for each answer to the next cancellation."""
    context.world(step["world"]).pace = SLOW


STEPS: Mapping[str, Callable[[StoryContext, Step], None]] = {
    "appears": appears,
    "cancels": cancels,
    "cancel at once": cancel_at_once,
    "is edited": is_edited,
    "is cancelled": is_cancelled,
    "is deleted": is_deleted,
    "is reinstated": is_reinstated,
    "token expires": token_expires,
    "token is revoked": token_is_revoked,
    "connects anew": connects_anew,
    "gets slow": gets_slow,
}
"""Every kind of step, by its ``do``."""
