from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.fakes import ENTRIES, Fake

LIST = f"{ENTRIES}.json"


def listed(clio: Fake, **params: Any) -> list[str]:
    """Return the ids that a list shows."""
    answer = clio.ask("GET", LIST, params={"fields": "id", **params})
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["data"]]


def create(clio: Fake, **fields: Any) -> str:
    data = {
        "summary": "New",
        "start_at": "2028-01-01T10:00:00Z",
        "end_at": "2028-01-01T11:00:00Z",
        "calendar_owner": {"id": 6101},
        **fields,
    }
    return str(clio.ask("POST", LIST, json={"data": data}).json()["data"]["id"])


def test_a_list_shows_the_calendars_one_may_view(clio: Fake) -> None:
    mine = {clio.world.appointments[role] for role in ("target", "shorter-id", "longer-id", "same-title", "minimal")}

    assert set(listed(clio)) == mine
    clio.act_as("viewer")
    assert set(listed(clio)) == mine
    clio.act_as("outsider")
    assert listed(clio) == [clio.world.appointments["another-calendar"]]


def test_a_deleted_entry_is_absent(clio: Fake) -> None:
    clio.ask("DELETE", clio.entry())

    assert clio.world.appointments["target"] not in listed(clio)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"from": "2027-12-31T00:00:00Z"}, ["a", "b"]),
        ({"from": "2028-01-01T11:00:00Z", "to": "2028-06-01T00:00:00Z"}, ["a", "b"]),
        ({"from": "2028-01-01T11:00:01Z", "to": "2028-01-02T00:00:00Z"}, []),
        ({"to": "2028-01-01T09:59:59Z", "from": "2027-12-31T00:00:00Z"}, []),
        ({"query": "BUDGET"}, ["b"]),
        ({"is_all_day": "true", "from": "2027-12-31T00:00:00Z"}, ["b"]),
        ({"calendar_id": "6102"}, []),
        ({"matter_id": "5501"}, ["a"]),
        ({"external_property_name": "rc"}, ["b"]),
        ({"external_property_name": "rc", "external_property_value": "2"}, []),
        ({"updated_since": "2026-06-01T00:00:00Z"}, ["a", "b"]),
        ({"created_since": "2099-01-01T00:00:00Z"}, []),
        ({"has_court_rule": "true"}, []),
        ({"visible": "true", "from": "2027-12-31T00:00:00Z"}, ["a", "b"]),
        ({"external_property_name": "rc", "external_property_value": "1"}, ["b"]),
        ({"source": "mobile"}, []),
    ],
)
def test_filters(clio: Fake, params: dict[str, str], expected: list[str]) -> None:
    made = {
        create(clio, matter={"id": 5501}): "a",
        create(clio, summary="Budget", all_day=True, external_properties=[{"name": "rc", "value": "1"}]): "b",
    }

    assert [made[key] for key in listed(clio, **params)] == expected


def test_all_users_entries_of_a_matter(clio: Fake) -> None:
    """Also those on calendars that one may not view."""
    clio.act_as("outsider")
    theirs = create(clio, matter={"id": 5501}, calendar_owner={"id": 6102})
    clio.act_as("owner")

    assert listed(clio, matter_id="5501") == []
    assert listed(clio, matter_id="5501", owner_entries_across_all_users="true") == [theirs]


def test_ids(clio: Fake) -> None:
    wanted = [clio.world.appointments["target"], clio.world.appointments["longer-id"], "7"]

    assert listed(clio, **{"ids[]": wanted}) == wanted[:2]


def test_matter_null(clio: Fake) -> None:
    key = create(clio, matter={"id": 5501})

    assert key not in listed(clio, matter_id="null")


@pytest.mark.parametrize(
    "params",
    [
        {"from": "soon"},
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "many"},
        {"expanded": "perhaps"},
        {"external_property_value": "1"},
        {"owner_entries_across_all_users": "true"},
        {"order": "id(up)"},
        {"page_token": "nonsense"},
        {"to": "9999-12-31T23:59:59-23:59"},
    ],
)
def test_bad_parameters_are_400(clio: Fake, params: dict[str, str]) -> None:
    answer = clio.ask("GET", LIST, params=params)

    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("value", ["True", "False", "TRUE"])
@pytest.mark.parametrize("path", [f"{LIST}?expanded=", f"{LIST}?is_all_day=", "/api/v4/users?enabled="])
def test_true_as_python_writes_it_gets_501(clio: Fake, path: str, value: str) -> None:
    """Clients of Python's requests send it so; nobody has recorded what Clio makes of it."""
    answer = clio.ask("GET", path + value)

    assert answer.status_code == 501
    assert value in answer.headers["X-Greenroom-Unsimulated"]


def test_unknown_parameters_are_ignored(clio: Fake) -> None:
    assert listed(clio, nonsense="1") == listed(clio)


@pytest.mark.parametrize("order", [None, "id(asc)", "id(desc)", "summary(asc)", "start_at"])
def test_pages_are_walked_by_absolute_links(clio: Fake, order: str | None) -> None:
    """Every record once, in order, and back again."""
    params = {"limit": "2", "fields": "id", **({"order": order} if order else {})}
    first = clio.ask("GET", LIST, params=params).json()
    pages, page = [first], first
    while "next" in page["meta"]["paging"]:
        link = page["meta"]["paging"]["next"]
        assert link.startswith(clio.url + LIST)
        page = clio.ask("GET", link.removeprefix(clio.url)).json()
        pages.append(page)
    ids = [item["id"] for page in pages for item in page["data"]]

    assert ids == listed(clio, **({"order": order} if order else {}))
    assert "previous" not in first["meta"]["paging"]
    back = clio.ask("GET", pages[-1]["meta"]["paging"]["previous"].removeprefix(clio.url)).json()
    assert back["data"] == pages[-2]["data"]
    assert {page["meta"]["records"] for page in pages} == {len(ids)}


def test_a_cursor_survives_a_deletion(clio: Fake) -> None:
    """By id(asc) the next page begins where the last ended, whatever went away before it."""
    page = clio.ask("GET", LIST, params={"limit": "3", "order": "id(asc)", "fields": "id"}).json()
    shown = [item["id"] for item in page["data"]]
    everything = listed(clio)
    clio.ask("DELETE", f"{ENTRIES}/{shown[0]}.json")
    after = clio.ask("GET", page["meta"]["paging"]["next"].removeprefix(clio.url)).json()

    assert shown + [item["id"] for item in after["data"]] == everything


def test_a_link_with_its_parameters_once_more(clio: Fake) -> None:
    """As a client sends it that adds the parameters of the first request to each."""
    page = clio.ask("GET", LIST, params={"limit": "2", "fields": "id"}).json()
    link = page["meta"]["paging"]["next"].removeprefix(clio.url)

    again = clio.ask("GET", link, params={"limit": "2", "fields": "id"})

    assert again.json()["data"] == clio.ask("GET", link).json()["data"]


def test_a_token_with_changed_parameters_is_refused(clio: Fake) -> None:
    link = clio.ask("GET", LIST, params={"limit": "2"}).json()["meta"]["paging"]["next"]
    token = parse_qs(urlsplit(link).query)["page_token"][0]
    answer = clio.ask("GET", LIST, params={"limit": "3", "page_token": token})

    assert answer.status_code == 400
    assert "page_token is invalid" in answer.json()["error"]["message"]


def test_of_a_parameter_that_comes_twice_the_last_counts(clio: Fake) -> None:
    """A client that sends its parameters with the next page's link, which has them, gets the next page."""
    once = clio.ask("GET", f"{LIST}?limit=2&fields=id").json()
    again = clio.ask("GET", f"{LIST}?limit=1&fields=nonsense&limit=2&fields=id").json()
    link = once["meta"]["paging"]["next"].removeprefix(clio.url)
    keys = [item["id"] for item in once["data"]]

    assert again["data"] == once["data"]
    assert clio.ask("GET", f"{link}&limit=2&fields=id").json() == clio.ask("GET", link).json()
    assert [item["id"] for item in clio.ask("GET", f"{LIST}?ids[]={keys[0]}&ids[]={keys[1]}").json()["data"]] == keys


def test_a_series_is_one_entry_or_its_occurrences(clio: Fake) -> None:
    """Expanded, each occurrence has an id of its own and names the series."""
    key = create(clio, recurrence_rule="RRULE:FREQ=DAILY;INTERVAL=1;COUNT=3")
    window = {"from": "2028-01-01T00:00:00Z", "to": "2028-01-31T00:00:00Z"}
    shown = clio.ask(
        "GET", LIST, params={**window, "expanded": "true", "fields": "id,start_at,parent_calendar_entry_id"}
    ).json()

    assert listed(clio, **window, expanded="false") == [key]
    assert [item["start_at"][:10] for item in shown["data"]] == ["2028-01-01", "2028-01-02", "2028-01-03"]
    assert {item["parent_calendar_entry_id"] for item in shown["data"]} == {int(key)}
    assert len({item["id"] for item in shown["data"]}) == 3
    rule = clio.ask("GET", f"{ENTRIES}/{key}.json", params={"fields": "recurrence_rule"}).json()["data"]
    assert rule == {"recurrence_rule": "FREQ=DAILY;COUNT=3"}


def test_an_endless_series_is_bounded(clio: Fake) -> None:
    create(clio, recurrence_rule="FREQ=SECONDLY")

    assert len(listed(clio, expanded="true")) == 200


def test_deleting_a_series_takes_all_of_it(clio: Fake) -> None:
    key = create(clio, recurrence_rule="FREQ=DAILY;COUNT=3")
    clio.ask("DELETE", f"{ENTRIES}/{key}.json")

    assert listed(clio, **{"from": "2028-01-01T00:00:00Z"}, expanded="true") == []


@pytest.mark.parametrize("rule", ["nonsense", "FREQ=OFTEN", "FREQ=DAILY;COUNT=x", 7])
def test_bad_rules_are_422(clio: Fake, rule: Any) -> None:
    assert clio.ask("PATCH", clio.entry(), json={"data": {"recurrence_rule": rule}}).status_code == 422


@pytest.mark.parametrize("none", ["", None])
def test_an_empty_rule_ends_the_series(clio: Fake, none: str | None) -> None:
    key = create(clio, recurrence_rule="FREQ=DAILY;COUNT=3")
    clio.ask("PATCH", f"{ENTRIES}/{key}.json", json={"data": {"recurrence_rule": none}})

    assert clio.world.store.get("calendar_entries", key)["recurrence_rule"] is None  # type: ignore[index]


def test_a_limited_viewer_sees_a_redacted_entry(clio: Fake) -> None:
    clio.act_as("limited")
    shown = clio.ask("GET", clio.entry(), params={"fields": "id,summary,start_at,redacted,permission"}).json()["data"]

    assert (shown["summary"], shown["redacted"], shown["permission"]) == (None, True, "limited_viewer")
    assert shown["start_at"]
    assert clio.ask("DELETE", clio.entry()).status_code == 403


def test_the_permission_is_the_readers(clio: Fake) -> None:
    for role, level in (("owner", "owner"), ("colleague", "editor"), ("viewer", "viewer")):
        clio.act_as(role)
        fields = {"fields": "permission,calendar_owner{id,permission}"}
        shown = clio.ask("GET", clio.entry(), params=fields).json()["data"]
        assert shown == {"permission": level, "calendar_owner": {"id": 6101, "permission": level}}
