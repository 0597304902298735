"""What a vendor has and its fake has not is said aloud, and never decides a verdict."""

from collections.abc import Iterator

import pytest

from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from tests.fakes import Fake

API = "/rest-services/e1000001"
ASKED = {
    "clio": ("/api/v4/tasks.json", "/api/v4/matters", "/api/v4/webhooks/7.json", "/api/v4/court_rules/jurisdictions"),
    "netsuite": ("/services/rest/record/v1/employee/100", "/services/rest/record/v1/metadata-catalog/calendarEvent"),
    "bullhorn": (f"{API}/search/Candidate?query=x", f"{API}/meta/Appointment", f"{API}/entity/Note/1?fields=id"),
}
MEDIA = {
    "clio": "application/json; charset=utf-8",
    "netsuite": "application/vnd.oracle.resource+json; type=error",
    "bullhorn": "application/json",
}
NONSENSE = {
    "clio": "/api/v4/nothing_of_the_kind.json",
    "netsuite": "/services/rest/record/v1/nothingOfTheKind/1",
    "bullhorn": f"{API}/nothingOfTheKind",
}


@pytest.fixture(params=sorted(ASKED))
def fake(request: pytest.FixtureRequest) -> Iterator[Fake]:
    with Simulator(CRMS[request.param]) as simulator:
        yield Fake(simulator)


def test_it_is_answered_and_journaled_as_what_it_is(fake: Fake) -> None:
    for path in ASKED[fake.world.profile.crm]:
        answer = fake.ask("GET", path)
        last = fake.world.journal.since()[-1]
        assert answer.status_code == 501
        assert answer.headers["X-Greenroom-Unsimulated"] == last.unsimulated
        assert answer.headers["Content-Type"] == MEDIA[fake.world.profile.crm]
        assert "Greenroom does not simulate" in answer.text
        assert f"docs/reference/fidelity-{fake.world.profile.crm}.md" in answer.text


def test_a_quiet_fake_refuses_it_as_the_vendor_would_and_notes_it_all_the_same(fake: Fake) -> None:
    fake.simulator.loud = False
    answer = fake.ask("GET", ASKED[fake.world.profile.crm][0])

    assert answer.status_code == 404
    assert "X-Greenroom-Unsimulated" not in answer.headers
    assert fake.world.journal.since()[-1].unsimulated


def test_what_the_vendor_has_not_either_is_refused_as_the_vendor_would(fake: Fake) -> None:
    answer = fake.ask("GET", NONSENSE[fake.world.profile.crm])

    assert answer.status_code == 404
    assert fake.world.journal.since()[-1].unsimulated is None


def test_without_a_good_credential_it_is_refused_first(fake: Fake) -> None:
    answer = fake.ask("GET", ASKED[fake.world.profile.crm][0], headers=dict.fromkeys(fake.headers, "Bearer nobody"))

    assert answer.status_code == 401
