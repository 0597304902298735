"""The requests of App Connect's own connector (``src/connectors/bullhorn/index.ts`` at fa94f96c) get usable answers."""

from typing import Any

import pytest

from tests.fakes import Fake
from tests.simulators.bullhorn.asking import call, change, create, data, query

AXIOS = {"Accept": "application/json, text/plain, */*", "User-Agent": "axios/1.12.2"}
FIELDS = "id,subject,description,dateBegin,dateEnd,isDeleted,candidateReference,clientContactReference"


def test_the_user_is_found_by_name(bullhorn: Fake) -> None:
    """As getUserInfo does, with the session in the query."""
    name = bullhorn.world.people["owner"].email.replace("@", ".")
    args = f"fields=id,name,timeZoneOffsetEST,masterUserID&BhRestToken={bullhorn.login.token}&where=username='{name}'"
    bullhorn.headers = {}
    found = call(bullhorn, "GET", f"query/CorporateUser?{args}", headers=AXIOS).json()["data"]

    assert found == [{"id": 101, "name": "Ada Recruiter", "timeZoneOffsetEST": -180, "masterUserID": 1101}]


def test_list(bullhorn: Fake) -> None:
    where = "isDeleted=false AND owner.id=101 AND dateBegin>=1803945600000 AND dateBegin<=1806537599999"
    args: dict[str, Any] = {"fields": f"{FIELDS},lead", "start": 0, "count": 20, "orderBy": "dateBegin"}
    rows = query(bullhorn, where, **args).json()["data"]
    of = f"appointment.id IN ({','.join(str(row['id']) for row in rows)})"
    asked = {"fields": "id,appointment(id),attendee(id),acceptanceStatus", "start": 0, "count": 2000}
    links = query(bullhorn, of, "AppointmentAttendee", **asked).json()["data"]

    assert len(rows) == 6
    assert next(row for row in rows if row["id"] == 20417)["clientContactReference"]["id"] == 71
    assert links[0] == {
        "id": 20417001,
        "appointment": {"id": 20417},
        "attendee": {"id": 71, "_subtype": "ClientContact"},
        "acceptanceStatus": 1,
    }


def test_create_with_contacts(bullhorn: Fake) -> None:
    body = {
        "dateBegin": 1_830_000_000_000,
        "dateEnd": 1_830_000_900_000,
        "description": "Discuss",
        "isPrivate": False,
        "subject": "Call",
        "isDeleted": False,
        "candidateReference": {"id": 72},
    }
    key = create(bullhorn, body).json()["changedEntityId"]
    invited = create(bullhorn, {"appointment": {"id": key}, "attendee": {"id": 72}}, "AppointmentAttendee")

    assert invited.status_code == 200
    shown = call(bullhorn, "GET", f"entity/Appointment/{key}", params={"fields": f"{FIELDS},lead,attendees"}).json()
    assert shown["data"]["candidateReference"]["id"] == 72
    assert shown["data"]["attendees"]["data"] == [{"id": key * 1000 + 1}]


def test_update_replaces_contacts(bullhorn: Fake) -> None:
    assert change(bullhorn, {"subject": "Moved"}).status_code == 200
    args: dict[str, Any] = {"fields": "id,attendee(id),appointment(id)", "start": 0, "count": 2000}
    known = query(bullhorn, "appointment.id=20417", "AppointmentAttendee", **args).json()["data"]
    for link in known:
        assert call(bullhorn, "DELETE", f"entity/AppointmentAttendee/{link['id']}").status_code == 200
    create(bullhorn, {"appointment": {"id": 20417}, "attendee": {"id": 72}}, "AppointmentAttendee")

    assert [link["attendee"]["id"] for link in known] == [71]
    assert [link["attendee"] for link in bullhorn.record()["attendees"]] == ["72"]


@pytest.mark.parametrize("deleted", [False, True])
def test_refresh_and_cancel(bullhorn: Fake, deleted: bool) -> None:
    if deleted:
        assert change(bullhorn, {"isDeleted": True}).json()["changedEntityId"] == 20417

    assert data(bullhorn, fields=f"{FIELDS},lead,attendees")["isDeleted"] is deleted
