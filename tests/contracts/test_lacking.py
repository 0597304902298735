"""What a CRM has not (contacts, hours on which zones matter) is not asked for."""

from dataclasses import replace
from unittest.mock import MagicMock

from greenroom.contracts.fuzz.contents import passed
from greenroom.contracts.harness.payload import contacts, new_payload
from greenroom.contracts.interfaces import REFRESH
from greenroom.contracts.scenarios import contents, create_contacts, update_contacts
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


def test_scenarios_about_hours_play_those_that_the_crm_declares() -> None:
    altered: list[dict[str, str]] = []
    winter = {"winter": CRM.profile.times["winter"]}

    with Simulator(CRM, port=None) as simulator:
        for times in ({}, winter):
            harness = MagicMock(profile=replace(CRM.profile, times=times))
            harness.world = simulator.new_world
            harness.worlds.alter = lambda _world, _key, fields: altered.append(fields)
            contents.zones(harness, REFRESH)

    assert altered == [winter["winter"]] * len(contents.ZONES)
