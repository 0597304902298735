from typing import Any

import pytest
import requests

from tests.fakes import Fake

PATH = "/app/site/hosting/restlet.nl"


def run(
    netsuite: Fake,
    script: str,
    method: str = "GET",
    body: Any = None,
    headers: dict[str, str] | None = None,
    **params: Any,
) -> requests.Response:
    query = {"script": script, "deploy": "customdeploy_x", **params}
    return netsuite.ask(method, PATH, params=query, json=body, headers=headers or {})


def test_events(netsuite: Fake) -> None:
    """What the connector's list function asks for, and reads."""
    asked: dict[str, Any] = {"startDate": "2027-03-01", "endDate": "2027-03-04", "page": 0, "pageSize": 1000}
    data = run(netsuite, "customscript_rcfetchcalendarevents", **asked).json()["data"]
    target = next(item for item in data if item["id"] == "12346")

    assert (target["startDate"], target["startTime"], target["endTime"]) == ("3/2/2027", "2:30 pm", "3:30 pm")
    assert target["attendees"] == [{"id": "55", "name": "Casey Client", "type": "contact"}]
    assert target["status"]["id"] == "CONFIRMED"
    assert "12391" not in {item["id"] for item in data}
    pages = [
        run(netsuite, "customscript_rcfetchcalendarevents", **{**asked, "page": n, "pageSize": 2}).json()["data"]
        for n in (0, 1, 2)
    ]
    assert [item for page in pages for item in page] == data


def test_small_scripts(netsuite: Fake) -> None:
    assert run(netsuite, "customscript_gettimezone").json() == {"userTimezone": "America/Los_Angeles"}
    assert run(netsuite, "customscript_getcurrentuser").json()["name"] == "Ada Accountant"
    assert run(netsuite, "customscript_getoneworldlicense_scriptid").json() == {"oneWorldEnabled": True}
    wanted = {"requiredPermissions": ["LIST_CALL"]}
    told = run(netsuite, "customscript_checkrolepermissionscriptid", "POST", wanted).json()
    assert told == {"permissionResults": {"LIST_CALL": True}}


@pytest.mark.parametrize(
    ("script", "method", "body", "params"),
    [
        ("nothing", "GET", None, {}),
        ("customscript_gettimezone", "POST", {}, {}),
        ("customscript_gettimezone", "GET", None, {"deploy": ""}),
        ("customscript_rcfetchcalendarevents", "GET", None, {"startDate": "3/2/2027", "endDate": "2027-03-04"}),
        (
            "customscript_rcfetchcalendarevents",
            "GET",
            None,
            {"startDate": "2027-03-01", "endDate": "2027-03-04", "page": "x"},
        ),
        ("customscript_checkrolepermissionscriptid", "POST", [], {}),
    ],
)
def test_errors(netsuite: Fake, script: str, method: str, body: Any, params: dict[str, Any]) -> None:
    answer = run(netsuite, script, method, body, **params)

    assert answer.status_code == 400
    assert sorted(answer.json()["error"]) == ["code", "message"]


def test_a_bad_token_is_a_restlet_error(netsuite: Fake) -> None:
    answer = run(netsuite, "customscript_gettimezone", headers={"Authorization": "Bearer x"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "INVALID_LOGIN_ATTEMPT")


def test_hosts(netsuite: Fake) -> None:
    """RESTlets have a host of their own; the services' host is another one, and so is another account's."""
    account = netsuite.world.account
    for host, status in (
        (f"{account}.restlets.api.netsuite.com", 200),
        (f"{account}.suitetalk.api.netsuite.com", 401),
        (f"{account}-sb1.restlets.api.netsuite.com", 401),
    ):
        assert run(netsuite, "customscript_gettimezone", headers={"Host": host}).status_code == status
    assert (
        netsuite.ask("GET", netsuite.entry(), headers={"Host": f"{account}.restlets.api.netsuite.com"}).status_code
        == 401
    )
