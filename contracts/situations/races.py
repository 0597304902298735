"""Calls at the same time through one process."""

from collections.abc import Sequence

from greenroom.contracts.situations.situation import Situation
from greenroom.contracts.situations.stage import Stage

HOLDS: Sequence[str | None] = ("held,on=any", "held", "held,stage=before-commit", None)
"""Where the first call is held until the second has answered: at its first request, at the one that would cancel, just
before the CRM does so, and not at all.
"""


def two_cancels(stage: Stage) -> None:
    """Cancel one appointment twice at once."""
    for hold in HOLDS:
        world = stage.world()
        key = world.appointments["target"]
        between = stage.arm(world, hold) if hold else None
        stage.together(stage.at_once(world, key), stage.at_once(world, key), between=between)


def two_users(stage: Stage) -> None:
    """Let two users of one account cancel an appointment each."""
    for hold in (HOLDS[0], None):
        world = stage.world()
        other = stage.crm.add(world, world.people["outsider"], {stage.profile.title_field: "Somebody else's"}, "")
        between = stage.arm(world, hold) if hold else None
        first = stage.at_once(world, world.appointments["target"])
        stage.together(first, stage.at_once(world, other, "outsider"), between=between)


def two_tenants(stage: Stage) -> None:
    """Let two tenants cancel at once appointments whose ids are equal."""
    for hold in (HOLDS[0], None):
        one, other = stage.world(), stage.world()
        between = stage.arm(one, hold) if hold else None
        first = stage.at_once(one, one.appointments["target"])
        stage.together(first, stage.at_once(other, other.appointments["target"]), between=between)


TWO_CANCELS = Situation("two-cancels-at-once", "one appointment is cancelled twice", "resilient", two_cancels, "races")
TWO_USERS = Situation("two-users-at-once", "two users cancel at the same time", "resilient", two_users, "races")
TWO_TENANTS = Situation("two-tenants-at-once", "two tenants cancel at the same time", "resilient", two_tenants, "races")
