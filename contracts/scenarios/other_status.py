"""Appointments that are neither open nor cancelled."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def play(harness: Harness, interface: Interface) -> None:
    """Call for an appointment of each further status that the CRM knows. A refusal is as right as a success."""
    for fields in harness.profile.other_statuses:
        world = harness.world()
        target = world.appointments["target"]
        harness.worlds.alter(world, target, fields)
        harness.call(interface, world, target)


OTHER_STATUS = Scenario("other-status", "the appointment is neither open nor cancelled, but over", "documented", play)
