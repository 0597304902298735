"""The facts of README.md, over HTTP: the ledger's rows name these tests. Run them with ``pytest``."""

from collections.abc import Iterator

import pytest
import requests

import greenroom
from greenroom.api import Served


@pytest.fixture
def crm() -> Iterator[Served]:
    with greenroom.serve("tidepool") as served:
        yield served


def ask(crm: Served, method: str, path: str = "", status: int = 200, **more: object) -> requests.Response:
    headers = {"Authorization": crm.auth_header, **more.pop("headers", {})}
    response = requests.request(method, f"{crm.url}/v1/events{path}", headers=headers, timeout=5, **more)
    assert response.status_code == status, response.text
    return response


def test_tombstones(crm: Served) -> None:
    event = f"/{crm.appointment_id}"
    ask(crm, "DELETE", event, 204)
    kept = ask(crm, "GET", event).json()

    assert kept["status"] == "cancelled"
    assert kept not in ask(crm, "GET").json()["items"]
    assert kept in ask(crm, "GET", params={"showDeleted": "true"}).json()["items"]
    ask(crm, "DELETE", event, 410)


def test_etags(crm: Served) -> None:
    hours = {"begins": "2027-03-02T17:00:00Z", "ends": "2027-03-02T18:00:00Z"}
    made = ask(crm, "POST", "", 201, json={"title": "New", **hours})
    event, known = f"/{made.json()['id']}", {"If-Match": made.headers["ETag"]}

    ask(crm, "PATCH", event, json={"title": "Newer"}, headers=known)
    ask(crm, "PATCH", event, 412, json={"title": "Newest"}, headers=known)
    assert ask(crm, "GET", event).json()["title"] == "Newer"


def test_what_is_not_simulated(crm: Served) -> None:
    loud = requests.get(f"{crm.url}/oauth/authorize", timeout=5)

    assert loud.status_code == 501
    assert "see README.md of greenroom-tidepool" in loud.json()["error"]["message"]


def test_log_in(crm: Served) -> None:
    app = {"client_id": crm.world.grants.client_id, "client_secret": crm.world.grants.client_secret}
    grant = {"grant_type": "refresh_token", "refresh_token": crm.user["refreshToken"], **app}
    issued = requests.post(f"{crm.url}/oauth/token", data=grant, timeout=5).json()

    assert issued["expires_in"] == 3600
    ask(crm, "GET", headers={"Authorization": f"Bearer {issued['access_token']}"})
