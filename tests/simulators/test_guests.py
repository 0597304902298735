"""Whom people invite in the CRM's own pages: contacts, made where they are missing, and a colleague."""

import pytest

from greenroom.contracts.harness.payload import contacts
from greenroom.contracts.harness.view import standing
from greenroom.simulators import CRMS
from tests.fakes import Fake

ONE_MORE = 5


@pytest.mark.parametrize("name", list(CRMS))
def test_contacts_are_there_in_any_number(name: str, request: pytest.FixtureRequest) -> None:
    fake: Fake = request.getfixturevalue(name)
    crm, world = CRMS[name], fake.world
    few, many = contacts(crm, world, 1), contacts(crm, world, ONE_MORE)

    assert (len(few), len(set(many))) == (1, ONE_MORE)
    assert many[:1] == few
    assert contacts(crm, world, ONE_MORE) == many


@pytest.mark.parametrize("name", list(CRMS))
def test_guests_are_contacts_and_somebody_else(name: str, request: pytest.FixtureRequest) -> None:
    fake: Fake = request.getfixturevalue(name)
    crm, world, key = CRMS[name], fake.world, fake.world.appointments["target"]
    known = contacts(crm, world, 2)
    crm.edit(world, world.people["owner"], key, crm.guests(world, known))

    held = standing(crm, world, key).appointment
    assert held is not None
    kinds = {str(each["id"]): each["type"].lower() in crm.profile.contact_kinds for each in held["attendees"]}
    assert {each for each, contact in kinds.items() if contact} == set(known)
    assert len(kinds) == len(known) + 1
