"""Appointments that the user may not change, in every plausible way in which this CRM refuses."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL, OF_ONE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Play, Scenario


def refused(name: str, role: str, appointment: str) -> Play:
    """Return a play in which a person asks for what the CRM does not let them do."""

    def play(harness: Harness, interface: Interface) -> None:
        for switches in harness.profile.refusals[name]:
            world = harness.world(switches=switches)
            harness.call(interface, world, world.appointments[appointment], role)

    return play


FORBIDDEN = Scenario(
    "forbidden",
    "the user lacks the permission for appointments",
    "documented",
    refused("forbidden", "forbidden", "target"),
    interfaces=ALL,
)
VIEW_ONLY = Scenario(
    "view-only",
    "the user may see the appointment but not change it",
    "documented",
    refused("view-only", "viewer", "target"),
    interfaces=OF_ONE,
)
INVISIBLE = Scenario(
    "invisible",
    "the appointment is another user's, and invisible to this one",
    "documented",
    refused("invisible", "outsider", "hidden"),
)
