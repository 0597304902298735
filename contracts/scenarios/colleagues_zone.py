"""A colleague in another time zone: what a connector learnt of one user of an account is not true of the next one."""

from dataclasses import replace

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import CREATE, REFRESH, UPDATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario

ZONE = "America/St_Johns"
"""Half an hour off the zones in which the people of these worlds live. Their working hours are on one day there, too:
not every CRM holds what goes past midnight.
"""


def play(harness: Harness, interface: Interface) -> None:
    """Call as one user, as a colleague who lives in another zone, and as the first one again."""
    world = harness.world()
    world.people["outsider"] = replace(world.people["outsider"], timezone=ZONE)
    own, field = world.appointments["target"], harness.profile.zone_field
    other = harness.worlds.add(world, "outsider")
    if field:
        harness.crm.edit(world, world.people["outsider"], other, {field: ZONE})
    for role, key in (("owner", own), ("outsider", other), ("owner", own)):
        harness.call(interface, world, key, role)


COLLEAGUES_ZONE = Scenario(
    "colleagues-zone",
    "two users of one account in different time zones",
    "documented",
    play,
    interfaces=(REFRESH.name, CREATE.name, UPDATE.name),
)
