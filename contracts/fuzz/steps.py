"""What can happen in a day. A step is one function here, its sentence in ``words.py``, and one rule in ``days.py``."""

from collections.abc import Callable, Mapping

from greenroom.contracts.clauses.call import ENDED
from greenroom.contracts.fuzz.day import Day
from greenroom.contracts.fuzz.story import Step, StoryError

BY_COLLEAGUES = ("cancelled", "edited")
"""Faults in which somebody else changes whatever a request names, be it late work of an earlier call."""
SLOW = 0.01
"""Seconds that each answer of a slow CRM takes in a story: enough to tell who does not wait for it."""


def appears(day: Day, step: Step) -> None:
    """Let an appointment appear: of somebody, of some kind, with some title."""
    profile = day.stage.profile
    kind = step.get("kind", "ordinary")
    if kind != "ordinary" and kind not in profile.kinds:
        raise StoryError(f"{profile.title} knows no appointments of kind '{kind}'")
    fields = {profile.title_field: step["title"], **profile.kinds.get(kind, {})}
    day.appear(step["world"], step["appointment"], step.get("whose", "owner"), fields, step.get("like"))


def cancels(day: Day, step: Step) -> None:
    """Let somebody cancel an appointment in App Connect, maybe under faults."""
    world, faults = day.world(step["world"]), step.get("faults", ())
    meanwhile = any(fault.startswith(BY_COLLEAGUES) for fault in faults)
    login = day.login(step["world"], step["who"])
    key = day.asked(step["world"], step["appointment"], step["who"], meanwhile=meanwhile)
    day.stage.trouble(world, faults)
    day.stage.call(world, key, step["who"], login=login)
    day.stage.calm(world)
    world.pace = 0.0


def cancel_at_once(day: Day, step: Step) -> None:
    """Let two cancel at the same time: the first is held where ``hold`` says, until the second is answered."""
    calls = [day.taken(call["world"], call["appointment"], call["who"]) for call in step["calls"]]
    first = day.world(step["calls"][0]["world"])
    day.stage.together(*calls, between=day.stage.arm(first, step["hold"]))
    day.stage.calm(first)
    for call in step["calls"]:
        day.world(call["world"]).pace = 0.0


def is_edited(day: Day, step: Step) -> None:
    """Let a colleague edit an appointment in the CRM."""
    key = day.touch(step["world"], step["appointment"], ())
    edit = day.stage.crm.edit
    fields = day.stage.profile.colleagues_edit
    day.stage.behind(lambda world, who, at: edit(world, who, at, fields), day.world(step["world"]), key)


def is_cancelled(day: Day, step: Step) -> None:
    """Let a colleague cancel an appointment in the CRM, if it stands."""
    key = day.touch(step["world"], step["appointment"], ENDED)
    if day.stage.crm.standing(day.world(step["world"]), key) == "live":
        day.stage.behind(day.stage.crm.cancel, day.world(step["world"]), key)


def is_deleted(day: Day, step: Step) -> None:
    """Let a colleague delete an appointment in the CRM for good."""
    crm, world = day.stage.crm, day.world(step["world"])
    key = day.touch(step["world"], step["appointment"], ("removed",))
    if crm.standing(world, key) in ("live", "transitioned"):
        day.stage.behind(crm.remove or crm.cancel, world, key)


def is_reinstated(day: Day, step: Step) -> None:
    """Let a colleague bring a cancelled appointment back, where the CRM can."""
    crm, world = day.stage.crm, day.world(step["world"])
    if crm.reinstate is None:
        raise StoryError(f"in {crm.profile.title} a cancelled appointment cannot come back")
    key = day.touch(step["world"], step["appointment"], ("live",))
    if crm.standing(world, key) == "transitioned":
        day.stage.behind(crm.reinstate, world, key)


def token_expires(day: Day, step: Step) -> None:
    """Let somebody's token expire; App Connect still passes it."""
    day.end_token(step["world"], step["who"], "expired")


def token_is_revoked(day: Day, step: Step) -> None:
    """Let somebody's token be revoked; App Connect still passes it."""
    day.end_token(step["world"], step["who"], "revoked")


def connects_anew(day: Day, step: Step) -> None:
    """Let somebody connect anew: the same user, a token that counts."""
    day.end_token(step["world"], step["who"], "")


def gets_slow(day: Day, step: Step) -> None:
    """Let an account's CRM take its time for each answer to the next cancellation."""
    day.world(step["world"]).pace = SLOW


STEPS: Mapping[str, Callable[[Day, Step], None]] = {
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
