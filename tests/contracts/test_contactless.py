"""A CRM whose appointments invite nobody: nothing is asked for that it cannot have."""

from dataclasses import replace

from greenroom.contracts.fuzz.contents import passed
from greenroom.contracts.harness.payload import contacts, new_payload
from greenroom.contracts.scenarios import create_contacts, update_contacts
from greenroom.simulators.clio import CRM
from greenroom.simulators.core.simulator import Simulator

NOBODY = replace(CRM, add_contact=None, invitable=lambda _: ())


def test_a_new_appointment_invites_nobody() -> None:
    with Simulator(NOBODY, port=None) as simulator:
        world = simulator.current

        assert contacts(NOBODY, world, 3) == ()
        assert new_payload(NOBODY, world, "one")["contacts"] == []
        assert passed(NOBODY, world, {"title": "Story", "contacts": [1, 3]}) == {"title": "Story", "contacts": []}


def test_scenarios_about_contacts_call_nobody() -> None:
    class Harness:
        crm = NOBODY

    for scenario in (
        *(create_contacts.CONTACT_FORMS, create_contacts.CONTACT_TWICE, create_contacts.UNKNOWN_CONTACT),
        *(update_contacts.CONTACTS, update_contacts.HANDED_BACK, update_contacts.UNKNOWN),
    ):
        scenario.play(Harness(), None)  # type: ignore[arg-type] # whatever else it used is not there
