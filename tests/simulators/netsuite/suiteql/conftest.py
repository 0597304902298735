"""An office with customers, a vendor and events of several people."""

from collections.abc import Mapping

import pytest

from tests.fakes import EVENTS, Fake

STAMPS = {"createdDate": "2026-01-05T16:00:00Z", "lastModifiedDate": "2026-02-03T07:30:00Z"}
ENTITIES: tuple[Mapping[str, str], ...] = (
    {
        "id": "700",
        "name": "Acme",
        "email": "info@acme.example",
        "type": "customer",
        "companyname": "Acme",
        "phone": "+1 (650) 555-0100",
    },
    {"id": "701", "name": "Bob Buyer", "email": "bob@buyer.example", "type": "customer"},
    {
        "id": "702",
        "name": "Paper Works",
        "email": "hi@paper.example",
        "type": "vendor",
        "companyname": "Paper Works",
        "phone": "650-555-0101",
    },
)
MADE: tuple[Mapping[str, object], ...] = (
    {
        "title": "Stand-up",
        "startDate": "2027-04-01",
        "startTime": "09:05",
        "endTime": "09:20",
        "company": {"id": "700"},
    },
    {
        "title": "100% review_1",
        "startDate": "2027-04-30",
        "startTime": "12:00",
        "endTime": "13:30",
        "status": "TENTATIVE",
        "contact": {"id": "55"},
    },
    {
        "title": "Retro",
        "startDate": "2028-02-29",
        "startTime": "00:15",
        "endTime": "23:45",
        "status": "CANCELLED",
        "company": {"id": "701"},
    },
)


@pytest.fixture
def office(netsuite: Fake) -> Fake:
    """The seed, three companies and three more events, of which the last two are a colleague's."""
    with netsuite.world.store.commit() as commit:
        for entity in ENTITIES:
            commit.insert("entities", entity["id"], {**entity, **STAMPS})
    for number, event in enumerate(MADE):
        netsuite.act_as("colleague" if number else "owner")
        assert netsuite.ask("POST", EVENTS, json=event).status_code == 204
    netsuite.act_as("owner")
    return netsuite
