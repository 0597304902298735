"""The scenario of two users in different time zones asks for nothing that a CRM may refuse."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from greenroom.contracts.harness.payload import new_payload
from greenroom.contracts.scenarios.colleagues_zone import ZONE
from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from tests.catalogue import HERE
from tests.contracts.runs import certificate, failed


@given(st.integers(1, 999_999_999), st.sampled_from(list(CRMS)))
def test_what_is_asked_for_is_on_one_day_in_the_colleagues_zone(seed: int, crm: str) -> None:
    """NetSuite has one date for an event: who refuses what goes past midnight is right."""
    with Simulator(CRMS[crm], port=None, seed=seed) as simulator:
        asked = new_payload(simulator.crm, simulator.current, "any")
    begin = datetime.fromisoformat(asked["startTimeUtc"]).astimezone(ZoneInfo(ZONE))

    assert (begin + timedelta(minutes=asked["durationMinutes"])).date() == begin.date()


def test_who_remembers_the_zone_of_the_first_user_is_caught() -> None:
    faulty = HERE / "faulty" / "create.keeps-the-start.netsuite.colleagues-zone.py"
    found = certificate(str(faulty), "netsuite", scenarios=("colleagues-zone",))

    assert "create.keeps-the-start" in failed(found, "must")
