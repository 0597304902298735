"""Our connector keeps its promises; and the calendar page of ours, which asks Clio itself, works."""

import pytest
import requests

from contracts import NOTICE_HOURS


@pytest.mark.greenroom("connectors/clio.py", crm="clio", level="documented")
def test_promises(promise):
    promise.hold()


def test_our_page_finds_the_appointment(fake_crm):
    address = f"{fake_crm.url}/api/v4/calendar_entries/{fake_crm.appointment_id}.json?fields=id,summary"
    found = requests.get(address, headers={"Authorization": fake_crm.auth_header}, timeout=5).json()["data"]

    assert found["summary"] == "Hearing on motion"
    assert NOTICE_HOURS == 24


@pytest.mark.crm("netsuite")
def test_another_crm(user, authHeader, greenroom_world):
    assert user["platform"] == "netsuite"
    assert authHeader == f"Bearer {user['accessToken']}"
    assert greenroom_world.journal.since() == []
