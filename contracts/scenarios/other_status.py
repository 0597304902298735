"""Appointments that are neither open nor cancelled."""

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def play(stage: Stage) -> None:
    """Cancel an appointment of each further status that the CRM knows. A refusal is as right as a cancellation."""
    for fields in stage.profile.other_statuses:
        world = stage.world()
        target = world.appointments["target"]
        stage.alter(world, target, fields)
        stage.call(world, target)


OTHER_STATUS = Scenario("other-status", "the appointment is neither open nor cancelled, but over", "documented", play)
