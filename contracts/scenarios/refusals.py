"""Appointments that the user may not cancel, in every plausible way in which this CRM refuses."""

from collections.abc import Callable

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def refused(name: str, role: str, appointment: str) -> Callable[[Stage], None]:
    """Return a play in which a person cancels what the CRM does not let them."""

    def play(stage: Stage) -> None:
        for switches in stage.profile.refusals[name]:
            world = stage.world(switches=switches)
            stage.call(world, world.appointments[appointment], role)

    return play


FORBIDDEN = Scenario(
    "forbidden", "the permission for appointments is missing", "documented", refused("forbidden", "forbidden", "target")
)
VIEW_ONLY = Scenario(
    "view-only",
    "the user may see the appointment but not change it",
    "documented",
    refused("view-only", "viewer", "target"),
)
INVISIBLE = Scenario(
    "invisible",
    "the appointment is another user's, not to be seen",
    "documented",
    refused("invisible", "outsider", "hidden"),
)
