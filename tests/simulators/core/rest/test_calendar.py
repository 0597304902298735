"""A plain calendar by declarations alone: every way of cancelling, and ids of every form."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
import requests

from greenroom.simulators.core import snapshot
from greenroom.simulators.core.cancellation import Cancellation, Flagged, Removed, Tombstoned, Transitioned
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.hours import hard_times
from greenroom.simulators.core.ids import Guids, Ids, Numbers, Opaque
from greenroom.simulators.core.ledger import row
from greenroom.simulators.core.profile import Profile, Site, Switch
from greenroom.simulators.core.rest.calendar.declared import Calendar, refusals, refused
from greenroom.simulators.core.rest.calendar.vendor import simulator
from greenroom.simulators.core.rest.fields import Choice, Fields, Flag, Moment, Text
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.surface import UNSIMULATED, Operation, Surface
from tests.fakes import Fake

HOURS = {"begins": "2027-03-02T17:00:00Z", "ends": "2027-03-02T18:00:00Z"}
OPAQUE = Opaque("r8vq03ntkd41mb70", "[a-v0-9]{5,64}")
TOMBSTONE = Tombstoned(field="status", value="off")
FIELDS = Fields(
    Text("title", "title", required=True),
    Text("notes", "description"),
    Moment("begins", "start", required=True),
    Moment("ends", "end", required=True),
    Choice("status", "status", default="on", values=("on", "off")),
    Flag("hidden", default=False),
    refuse=lambda text: refused(422, "invalid", text),
)
ERRORS = refusals({404: ("none", "There is none")}, ("refused", "No"), ("failed", "Sorry"))
ROUTES = ("GET /a", "POST /a", "GET /a/<event>", "PATCH /a/<event>", "DELETE /a/<event>", "POST /oauth/token")
SURFACE = Surface([Operation("GET", "/oauth/authorize", UNSIMULATED)])


def made(cancellation: Cancellation = TOMBSTONE, ids: Ids = OPAQUE, page: int = 3, users: Ids | None = None) -> Crm:
    profile = Profile(
        crm="plain",
        title="Plain",
        table="events",
        sites=(Site("one", "one.plain.example", "one.plain.example"),),
        hosts=("*.plain.example",),
        cancellation=cancellation,
        sentence="It ends.",
        title_field="title",
        text_field="notes",
        ids=ids,
        users=users,
        editors_may_cancel=True,
        added={"title": "New", **HOURS},
        times=hard_times("begins", "ends"),
        switches={"rate-limit": Switch(("600", "9", "off"), "a made-up limit")},
        page=page,
    )
    ledger = tuple(row("it does", "likely", "this file", "this file", route) for route in ROUTES)
    return simulator(Calendar(profile, FIELDS, ERRORS, path="/a"), ledger, SURFACE)


@contextmanager
def serving(crm: Crm, seed: int = 7) -> Iterator[Fake]:
    with Simulator(crm, seed=seed) as found:
        yield Fake(found)


def ask(fake: Fake, method: str, path: str = "", role: str = "owner", **more: Any) -> requests.Response:
    headers = {"Authorization": fake.world.log_in(role).auth_header, **more.pop("headers", {})}
    return requests.request(method, f"{fake.simulator.url}{path}", headers=headers, timeout=5, **more)


WAYS = {
    "removed": (Removed(), "removed", 404, 404),
    "tombstoned": (TOMBSTONE, "tombstoned", 200, 410),
    "flagged by a DELETE": (Flagged(field="hidden", deletes=True), "flagged", 200, 204),
    "transitioned": (Transitioned(field="status", value="off", live="on"), "removed", 404, 404),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_delete_does_what_the_family_says(way: str) -> None:
    cancellation, state, look, again = WAYS[way]
    with serving(made(cancellation)) as fake:
        key = fake.world.appointments["target"]
        assert ask(fake, "DELETE", f"/a/{key}").status_code == 204

        assert fake.simulator.crm.state(fake.world, key) == state
        assert ask(fake, "GET", f"/a/{key}").status_code == look
        assert fake.world.journal.since()[0].operation == ("delete" if way == "transitioned" else "cancel")
        assert ask(fake, "DELETE", f"/a/{key}").status_code == again
        fake.simulator.load(json.loads(json.dumps(snapshot.dump(fake.world))))  # ids of removed ones are texts, too


def test_a_patch_of_the_status_cancels() -> None:
    with serving(made(Transitioned(field="status", value="off"))) as fake:
        key = fake.world.appointments["target"]
        ask(fake, "PATCH", f"/a/{key}", json={"title": "Other"})
        ask(fake, "PATCH", f"/a/{key}", json={"status": "off"})

        assert [entry.operation for entry in fake.world.journal.since()] == ["update", "cancel"]
        assert fake.simulator.crm.state(fake.world, key) == "transitioned"


GUIDS = Guids("7d3c6f2a-0f1e-4b8a-9c55-ffffffffffff")


@pytest.mark.parametrize("ids", [OPAQUE, Numbers("1999999"), GUIDS], ids=repr)
def test_ids_are_of_the_declared_form_and_follow_from_the_seed(ids: Ids) -> None:
    crm = made(ids=ids)
    with serving(crm.drawn(3), 3) as one, serving(crm.drawn(3), 3) as same, serving(crm.drawn(4), 4) as other:
        keys = list(one.world.appointments.values())

        assert all(map(ids.issues, keys))
        assert keys == list(same.world.appointments.values())
        assert not set(keys) & set(other.world.appointments.values())
        assert one.world.profile.ids.absent not in keys


@pytest.mark.parametrize("ids", [OPAQUE, Numbers("1999999"), GUIDS], ids=repr)
def test_people_have_ids_of_the_declared_form_and_a_saved_world_keeps_them(ids: Ids) -> None:
    with serving(made(ids=Numbers("1999999"), users=ids)) as fake:
        before = {role: person.id for role, person in fake.world.people.items()}
        saved = json.loads(json.dumps(snapshot.dump(fake.world)))
        fake.simulator.load(saved)
        loaded = {role: person.id for role, person in fake.simulator.current.people.items()}

    assert all(map(ids.issues, before.values()))
    assert len(set(before.values())) == len(before)
    assert loaded == before


def test_people_of_a_saved_world_have_no_other_ids() -> None:
    with serving(made(ids=OPAQUE)) as fake:
        saved = json.loads(json.dumps(snapshot.dump(fake.world)))
        saved["people"]["viewer"]["id"] = "Viewer No. 1"
        with pytest.raises(snapshot.DocumentError, match=r"people\.viewer\.id: 'Viewer No\. 1' does not match"):
            fake.simulator.load(saved)


def test_people_are_known_by_such_ids_everywhere() -> None:
    """In the control API, in the user whom App Connect stores, and in the journal."""
    with serving(made(ids=OPAQUE)) as fake, closing(Control(fake.simulator)) as control:
        key = fake.world.people["owner"].id
        users = f"{control.url}/worlds/current/users"
        user = requests.post(f"{users}/owner/tokens", json={}, timeout=5).json()["user"]
        ask(fake, "GET", "/a")

        assert requests.get(users, timeout=5).json()["owner"]["id"] == key
        assert user["id"] == f"{key}-{fake.world.account}-plain"
        assert [entry.person for entry in fake.world.journal.since()] == [key]


def test_pages_lead_to_every_event_once() -> None:
    with serving(made(page=2)) as fake:
        found: list[str] = []
        asked: dict[str, str] = {}
        while True:
            page = ask(fake, "GET", "/a", params=asked).json()
            found += [event["id"] for event in page["items"]]
            if "nextPageToken" not in page:
                break
            asked["pageToken"] = page["nextPageToken"]

        assert found == sorted(fake.simulator.crm.holdings(fake.world, fake.world.people["owner"]) or {})


@pytest.mark.parametrize(
    ("role", "seen", "deleted"),
    [("colleague", 200, 204), ("viewer", 200, 403), ("forbidden", 200, 403), ("outsider", 404, 404)],
)
def test_rights(role: str, seen: int, deleted: int) -> None:
    with serving(made()) as fake:
        event = f"/a/{fake.world.appointments['target']}"

        assert ask(fake, "GET", event, role).status_code == seen
        assert ask(fake, "DELETE", event, role).status_code == deleted


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/a", {"params": {"nonsense": "1"}}, 400),
        ("GET", "/a", {"params": {"from": "soon"}}, 400),
        ("POST", "/a", {"json": {"title": "No hours"}}, 400),
        ("POST", "/a", {"json": {"title": 5, **HOURS}}, 422),
        ("POST", "/a", {"data": "{"}, 400),
        ("GET", "/a/x", {}, 404),
        ("PUT", "/a", {}, 405),
        ("GET", "/a", {"headers": {"Authorization": "Bearer other"}}, 401),
        ("GET", "/oauth/authorize", {}, 501),
    ],
)
def test_bad_input_is_refused(method: str, path: str, more: dict[str, Any], status: int) -> None:
    with serving(made()) as fake:
        assert ask(fake, method, path, **more).status_code == status


def test_the_limit_follows_its_switch() -> None:
    with serving(made()) as fake:
        fake.world.flip({"rate-limit": "9"})
        header = {"Authorization": fake.world.log_in("owner").auth_header}
        got = [requests.get(f"{fake.simulator.url}/a", headers=header, timeout=5).status_code for _ in range(10)]

        assert got == [200] * 9 + [429]
