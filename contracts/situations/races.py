"""Calls at the same time through one process."""

from collections.abc import Sequence

from greenroom.contracts.situations.situation import Situation
from greenroom.contracts.situations.stage import Stage
from greenroom.simulators.core.faults.armed import Armed
from greenroom.simulators.core.world import World

DONE = "none,stage=after-commit"
HOLDS: Sequence[Sequence[str]] = (("held,on=any",), ("none,on=any", "held,on=any"), ("held",), (DONE,), ())
"""Where the first call is held until the second has answered: at its first request, at its second, at the one that
would cancel; not at all, but the second begins as the first one's is done; and both at once.
"""


def _hold(stage: Stage, world: World, faults: Sequence[str]) -> Armed | None:
    """Arm faults and return the last: the one at which the second call begins."""
    armed = [stage.arm(world, fault) for fault in faults]
    return armed[-1] if armed else None


def two_cancels(stage: Stage) -> None:
    """Cancel one appointment twice at once."""
    for hold in (*HOLDS, ("held,stage=before-commit",)):
        world = stage.world()
        key = world.appointments["target"]
        between = _hold(stage, world, hold)
        stage.together(stage.at_once(world, key), stage.at_once(world, key), between=between)


def two_of_one(stage: Stage) -> None:
    """Let one user cancel two appointments."""
    for hold in HOLDS:
        world = stage.world()
        between = _hold(stage, world, hold)
        first = stage.at_once(world, world.appointments["target"])
        stage.together(first, stage.at_once(world, world.appointments["longer-id"]), between=between)


def two_users(stage: Stage) -> None:
    """Let two users of one account cancel an appointment each; also while the CRM has no time for the first."""
    for hold in (*HOLDS, ("status=503,retry-after=1",)):
        world = stage.world()
        other = stage.crm.add(world, world.people["outsider"], stage.profile.strangers, "")
        between = _hold(stage, world, hold)
        first = stage.at_once(world, world.appointments["target"])
        stage.together(first, stage.at_once(world, other, "outsider"), between=between)


def two_rights(stage: Stage) -> None:
    """Let somebody who may not, and somebody who may, cancel one appointment."""
    for hold in HOLDS:
        world = stage.world()
        key = world.appointments["target"]
        between = _hold(stage, world, hold)
        stage.together(stage.at_once(world, key, "forbidden"), stage.at_once(world, key), between=between)


def two_tenants(stage: Stage) -> None:
    """Let two tenants cancel at once appointments whose ids are equal."""
    for hold in HOLDS:
        one, other = stage.world(), stage.world()
        between = _hold(stage, one, hold)
        first = stage.at_once(one, one.appointments["target"])
        stage.together(first, stage.at_once(other, other.appointments["target"]), between=between)


def two_logins(stage: Stage) -> None:
    """Let the tokens of two users expire as they cancel; the first one's new log-in is held."""
    world = stage.world(faults=("expired,on=cancel,times=2",))
    other = stage.crm.add(world, world.people["outsider"], stage.profile.strangers, "")
    between = stage.arm(world, "held,on=POST *token")
    first = stage.at_once(world, world.appointments["target"])
    stage.together(first, stage.at_once(world, other, "outsider"), between=between)


TWO_CANCELS = Situation("two-cancels-at-once", "one appointment is cancelled twice", "resilient", two_cancels, "races")
TWO_OF_ONE = Situation(
    "two-appointments-at-once", "one user cancels two appointments", "resilient", two_of_one, "races"
)
TWO_USERS = Situation("two-users-at-once", "two users cancel at the same time", "resilient", two_users, "races")
TWO_RIGHTS = Situation(
    "two-rights-at-once", "one appointment is cancelled by who may and by who may not", "resilient", two_rights, "races"
)
TWO_TENANTS = Situation("two-tenants-at-once", "two tenants cancel at the same time", "resilient", two_tenants, "races")
TWO_LOGINS = Situation(
    "two-logins-at-once", "the tokens of two users expire at the same time", "resilient", two_logins, "races"
)
