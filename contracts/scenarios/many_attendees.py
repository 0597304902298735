"""An appointment with more attendees than a CRM shows with a record: Bullhorn shows ten at most."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.harness.payload import contacts
from greenroom.contracts.interfaces import REFRESH, UPDATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario, inviting
from greenroom.contracts.scenarios.update_patches import patched

NUMBER = 12


def many(harness: Harness, interface: Interface) -> None:
    """Invite many contacts and a colleague; an update leaves one of them, the last."""
    world = harness.world()
    key, known = world.appointments["target"], contacts(harness.crm, world, NUMBER)
    harness.crm.edit(world, world.people["owner"], key, harness.crm.guests(world, known))
    harness.worlds.variants[world.name]["appointment"] = "many attendees"
    changes = interface.name == UPDATE.name
    harness.call(interface, world, patched(key, {"contacts": [known[-1]]}) if changes else key)


MANY = Scenario(
    "many-attendees",
    "an appointment has more attendees than come with it",
    "documented",
    inviting(many),
    interfaces=(REFRESH.name, UPDATE.name),
)
