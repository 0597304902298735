"""The control API: worlds, people, records, clock, journal; and who may not use it."""

import itertools
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from jsonschema import Draft202012Validator

import greenroom.panel
from greenroom.simulators import CRMS
from greenroom.simulators.core.control.app import MOST_FOLLOWERS, Control
from greenroom.simulators.core.control.client import ControlClient, ControlError
from greenroom.simulators.core.control.front import PAGES
from greenroom.simulators.core.control.routes import FOLLOW, NEWS, ROUTES
from greenroom.simulators.core.simulator import Simulator
from tests.fakes import Fake


@pytest.fixture
def fake() -> Iterator[Fake]:
    with Simulator(CRMS["clio"]) as simulator:
        control = Control(simulator)
        found = Fake(simulator)
        found.control = control  # type: ignore[attr-defined]
        yield found
        control.close()


@pytest.fixture
def client(fake: Fake) -> ControlClient:
    return ControlClient(fake.control.url)  # type: ignore[attr-defined]


def test_health(client: ControlClient) -> None:
    told = client.health()

    assert (told["crm"], told["worlds"], told["current"]) == ("clio", 1, "clio-1")


def test_worlds_are_made_entered_and_dropped(fake: Fake, client: ControlClient) -> None:
    name = client.new_world(site="eu", view_only_refusal="404")
    told = client.ask("GET", f"/worlds/{name}")

    assert (told["hostname"], told["switches"]["view-only-refusal"]) == ("eu.app.clio.com", "404")
    assert fake.simulator.current.name == name
    client.ask("POST", "/worlds/clio-1/enter")
    assert fake.simulator.current.name == "clio-1"
    client.ask("DELETE", f"/worlds/{name}")
    assert [world["name"] for world in client.ask("GET", "/worlds")] == ["clio-1"]
    client.ask("DELETE", "/worlds/current")
    assert client.health()["worlds"] == 1


def test_a_world_is_saved_reset_and_loaded(fake: Fake, client: ControlClient) -> None:
    fake.ask("DELETE", fake.entry())
    document = client.save()
    client.reset()
    assert fake.ask("GET", fake.entry()).status_code == 200
    assert client.load(document) == "clio-1"

    assert fake.ask("GET", fake.entry()).status_code == 404


def test_people_and_their_tokens(fake: Fake, client: ControlClient) -> None:
    login = client.log_in("colleague")
    headers = {"Authorization": login["authHeader"]}
    assert fake.ask("GET", fake.entry(), headers=headers).status_code == 200
    client.ask("POST", "/worlds/current/users/colleague/expire")
    assert fake.ask("GET", fake.entry(), headers=headers).status_code == 401
    assert client.ask("GET", "/worlds/current/users")["colleague"]["tokens"] == ["expired"]

    client.ask("POST", "/worlds/current/users", {"role": "temp", "rights": {"calendars": "write"}})
    temp = {"Authorization": client.log_in("temp", lifetime=60)["authHeader"]}
    assert fake.ask("GET", "/api/v4/users/who_am_i.json", headers=temp, params={"fields": "name"}).json()["data"] == {
        "name": "temp"
    }
    client.ask("POST", "/worlds/current/users/temp/revoke")
    assert fake.ask("GET", "/api/v4/users/who_am_i.json", headers=temp).status_code == 401


def test_records_change_behind_the_connectors_back(fake: Fake, client: ControlClient) -> None:
    base = "/worlds/current/records/calendar_entries"
    made = client.ask("POST", base, {"summary": "Walk-in"})
    path = f"/api/v4/calendar_entries/{made['id']}.json"
    assert fake.ask("GET", path, params={"fields": "summary"}).json()["data"] == {"summary": "Walk-in"}
    etag = made["etag"]
    assert client.ask("PATCH", f"{base}/{made['id']}", {"location": "Lobby"})["etag"] != etag
    assert client.ask("POST", f"{base}/{made['id']}/cancel") == {"state": "removed"}
    assert fake.ask("GET", path).status_code == 404
    client.ask("DELETE", f"{base}/{fake.world.appointments['target']}")
    assert fake.ask("GET", fake.entry()).status_code == 404

    page = client.ask("GET", base, limit="2", offset="1")
    assert (page["total"], len(page["records"])) == (5, 2)
    with pytest.raises(ControlError, match="summary must be a string"):
        client.ask("POST", base, {"summary": 7})


def test_the_clock(fake: Fake, client: ControlClient) -> None:
    client.ask("PATCH", "/worlds/current/clock", {"freeze": "2027-01-01T00:00:00Z"})
    assert client.ask("GET", "/worlds/current/clock")["now"] == "2027-01-01T00:00:00+00:00"
    assert fake.ask("GET", fake.entry()).status_code == 401
    client.ask("PATCH", "/worlds/current/clock", {"freeze": True})
    client.advance(90)
    assert client.ask("GET", "/worlds/current/clock")["now"] == "2027-01-01T00:01:30+00:00"
    client.ask("PATCH", "/worlds/current/clock", {"run": True})
    assert client.ask("GET", "/worlds/current/clock")["frozen"] is None


def test_switches(fake: Fake, client: ControlClient) -> None:
    assert set(client.ask("GET", "/switches")) == set(fake.world.profile.switches)
    client.flip(view_only_refusal="404")
    assert fake.world.switches["view-only-refusal"] == "404"
    with pytest.raises(ControlError, match="no switch view-only-refusal=418"):
        client.flip(view_only_refusal="418")


def test_the_journal_is_filtered_and_shows_no_secret(fake: Fake, client: ControlClient) -> None:
    for method in ("GET", "DELETE", "GET"):
        fake.ask(method, fake.entry())
    entries = client.journal()

    assert [entry["request"]["method"] for entry in entries] == ["GET", "DELETE", "GET"]
    assert fake.login.token not in json.dumps(entries)
    assert [entry["seq"] for entry in client.journal(status="404")] == [entries[2]["seq"]]
    assert client.journal(operation="cancel") == [entries[1]]
    assert client.journal(since="1", limit="1") == [entries[2]]
    assert client.ask("GET", f"/worlds/current/journal/{entries[1]['seq']}") == entries[1]


def test_the_journal_as_har(fake: Fake, client: ControlClient) -> None:
    fake.ask("PATCH", f"{fake.entry()}?fields=id", json={"data": {"location": "x"}})
    log = client.ask("GET", "/worlds/current/journal.har")["log"]
    entry = log["entries"][0]

    assert log["version"] == "1.2"
    assert entry["request"]["url"].endswith("?fields=id")
    assert entry["request"]["queryString"] == [{"name": "fields", "value": "id"}]
    assert json.loads(entry["request"]["postData"]["text"]) == {"data": {"location": "x"}}
    assert entry["response"]["status"] == 200
    assert fake.login.token not in json.dumps(log)


def test_the_journal_is_followed(fake: Fake, client: ControlClient) -> None:
    stream = client.follow()
    heard: list[Any] = []
    reader = threading.Thread(target=lambda: heard.extend(itertools.islice(stream, 2)))
    reader.start()
    while reader.is_alive():
        fake.ask("GET", fake.entry())
        reader.join(timeout=0.05)

    assert [entry["operation"] for entry in heard] == ["read", "read"]


def test_followers_are_bounded(fake: Fake) -> None:
    url = f"{fake.control.url}/worlds/current/journal/follow"  # type: ignore[attr-defined]
    streams = [requests.get(url, stream=True, timeout=5) for _ in range(MOST_FOLLOWERS)]
    refused = requests.get(url, timeout=5)
    for stream in streams:
        stream.close()

    assert refused.status_code == 503
    assert requests.get(f"{fake.control.url}/health", timeout=5).status_code == 200  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nothing", None, 404),
        ("GET", "/worlds/nobody", None, 404),
        ("POST", "/worlds", {"site": "moon"}, 400),
        ("POST", "/worlds", {"place": "us"}, 400),
        ("POST", "/worlds/current/users/nobody/tokens", {}, 404),
        ("POST", "/worlds/current/users", {"role": "owner"}, 409),
        ("POST", "/worlds/current/users", {}, 400),
        ("PATCH", "/worlds/current/clock", {"advance": "soon"}, 400),
        ("PATCH", "/worlds/current/clock", {"freeze": "soon"}, 400),
        ("PUT", "/document", {}, 400),
        ("GET", "/worlds/current/journal?status=x", None, 400),
        ("GET", "/worlds/current/journal?nonsense=1", None, 400),
        ("GET", "/worlds/current/journal/999", None, 404),
        ("GET", "/worlds/current/records/calendar_entries/7", None, 404),
        ("POST", "/worlds/current/records/contacts", {}, 404),
        ("DELETE", "/health", None, 405),
    ],
)
def test_bad_requests_are_answered_with_a_sentence(
    client: ControlClient, method: str, path: str, body: Any, status: int
) -> None:
    answer = requests.request(method, client.url + path, json=body, timeout=5)

    assert answer.status_code == status
    assert answer.json()["error"]


def test_only_json_is_taken(client: ControlClient) -> None:
    url = f"{client.url}/worlds"

    assert requests.post(url, data="{}", headers={"Content-Type": "text/plain"}, timeout=5).status_code == 415
    assert requests.post(url, data={"site": "eu"}, timeout=5).status_code == 415
    assert (
        requests.post(url, data=b"[" * 10_000, headers={"Content-Type": "application/json"}, timeout=5).status_code
        == 400
    )
    assert client.health()["worlds"] == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "attacker.example"},
        {"Host": "attacker.example:80"},
        {"Origin": "https://attacker.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_peoples_pages_are_refused(client: ControlClient, headers: dict[str, str]) -> None:
    """DNS rebinding comes with a name of its own, another page with its origin."""
    answer = requests.get(f"{client.url}/worlds", headers=headers, timeout=5)

    assert answer.status_code == 403


def test_its_own_pages_may(client: ControlClient) -> None:
    headers = {"Origin": client.url, "Sec-Fetch-Site": "same-origin"}

    assert requests.get(f"{client.url}/worlds", headers=headers, timeout=5).status_code == 200


def test_a_token_is_asked_for_where_one_was_set() -> None:
    with Simulator(CRMS["netsuite"]) as simulator:
        control = Control(simulator, token="s3cret")
        try:
            statuses = [
                requests.get(f"{control.url}/health", headers={"Authorization": header}, timeout=5).status_code
                for header in ("", "Bearer wrong", "Basic s3cret", "Bearer s3cret")
            ]
            assert ControlClient(control.url, "s3cret").health()["crm"] == "netsuite"
        finally:
            control.close()

    assert statuses == [401, 401, 401, 200]


def test_the_description_names_every_route(client: ControlClient) -> None:
    described = client.ask("GET", "/openapi.json")
    told = {(method.upper(), path) for path, verbs in described["paths"].items() for method in verbs}

    assert told == {(route.method, route.path) for route in ROUTES} | {("GET", FOLLOW), ("GET", NEWS)}
    for route in ROUTES:
        assert route.handler.__doc__
        for schema in (*route.query.values(), *([route.body] if route.body else [])):
            Draft202012Validator.check_schema(dict(schema))


def test_malformed_http_is_answered_in_json(fake: Fake) -> None:
    port = int(fake.control.url.rsplit(":", 1)[1])  # type: ignore[attr-defined]
    fake.simulator.port, kept = port, fake.simulator.port
    answer = fake.raw(b"nonsense\r\n\r\n")
    fake.simulator.port = kept

    assert b'"error"' in answer


@pytest.mark.parametrize("path", ["/", "/console", "/pages/console.js", "/worlds", "/nowhere", "/pages/../app.py"])
def test_every_answer_forbids_what_pages_of_others_could_do(client: ControlClient, fake: Fake, path: str) -> None:
    answer = requests.get(fake.control.url + path, timeout=5)  # type: ignore[attr-defined]
    policy = answer.headers["Content-Security-Policy"]

    assert answer.status_code == (404 if path in ("/nowhere", "/pages/../app.py") else 200)
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_pages_hold_nothing_that_a_token_guards(fake: Fake) -> None:
    """Without the token the page is there, so that it can ask for it; what it shows is not."""
    control = Control(fake.simulator, token="secret")
    statuses = {path: requests.get(control.url + path, timeout=5).status_code for path in ("/", "/worlds", "/health")}
    control.close()

    assert statuses == {"/": 200, "/worlds": 401, "/health": 401}


def test_pages_ask_for_nothing_elsewhere() -> None:
    """They work without any network, and hold no script, style or handler that the policy would refuse."""
    for path in (*PAGES.iterdir(), *(Path(greenroom.panel.__file__).parent / "pages").iterdir()):
        text = path.read_text("utf-8")
        assert not re.search(r"(?:src|href|url\(|from|import|fetch\()[=\s('\"]*(?:https?:)?//", text), path.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text), (
            path.name
        )
        assert path.suffix != ".html" or not re.search(r"<style|\sstyle=|\son\w+=|<script>", text), path.name
