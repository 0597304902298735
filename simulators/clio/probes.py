"""Probes of Clio's ledger: each plays one row on entries that it made itself. Nobody is invited to them."""

import re
from collections.abc import Mapping
from typing import Any

from greenroom.simulators.core.probing import Account, Answer, NotProbedError, Probing, differs, expect, holds

_API = "/api/v4"
_ENTRIES = f"{_API}/calendar_entries"
_NEVER = f"{_ENTRIES}/1.json"


def _path(key: str) -> str:
    return f"{_ENTRIES}/{key}.json"


def _calendar(account: Account) -> int:
    """Return a calendar of the user's own."""
    if "calendar" not in account.known:
        asked = {"owner": "true", "writeable": "true", "fields": "id", "limit": "1"}
        found = account.get(f"{_API}/calendars.json", params=asked).needed("the list of calendars").at("data", 0, "id")
        if found is None:
            msg = "the user has no calendar of their own"
            raise NotProbedError(msg)
        account.known["calendar"] = found
    return int(account.known["calendar"])


def _new(account: Account) -> Mapping[str, Any]:
    day = account.day.isoformat()
    return {
        "summary": account.mark,
        "start_at": f"{day}T17:00:00Z",
        "end_at": f"{day}T17:30:00Z",
        "calendar_owner": {"id": _calendar(account)},
    }


def _made(answer: Answer) -> str:
    return str(answer.at("data", "id") or differs("body", "an id", "none"))


def _left(account: Account) -> list[str]:
    found = account.get(f"{_ENTRIES}.json", params={"query": account.mark, "fields": "id,summary"})
    shown = found.needed("the list of entries").at("data") or []
    return [str(each["id"]) for each in shown if str(each.get("summary")).startswith(account.mark)]


PROBING = Probing(
    hello=f"{_API}/users/who_am_i.json",
    create=("POST", f"{_ENTRIES}.json"),
    body=_new,
    made=_made,
    path=_path,
    change="PATCH",
    find=_left,
    wrap=lambda fields: {"data": fields},
)


def _shown(account: Account, fields: str, key: str = "") -> Any:
    """Return fields of an entry."""
    answer = account.show(key or account.shared(), params={"fields": fields})
    return answer.needed("reading an entry").at("data")


def _listed(account: Account, **params: Any) -> list[str]:
    """Return which of its own entries a list shows."""
    answer = account.get(f"{_ENTRIES}.json", params={"fields": "id", **params}).expect(200)
    return [key for each in answer.at("data") or [] if (key := str(each["id"])) in account.made]


def _first_page(account: Account) -> Answer:
    params = {"ids[]": account.two(), "limit": "1", "fields": "id", "order": "id(asc)"}
    return account.get(f"{_ENTRIES}.json", params=params).expect(200)


def _error(answer: Answer, status: int, kind: str) -> None:
    expect("error", (status, kind), (answer.status, answer.at("error", "type")))


def _bad_token(account: Account) -> Answer:
    return account.get(PROBING.hello, credential="greenroom-knows-none")


# deleting


def deletes(account: Account) -> None:
    answer = account.remove(account.make()).expect(204)
    expect("body", "", answer.text)


def deletes_twice(account: Account) -> None:
    account.remove(account.removed()).expect(404)


def deleted_is_gone(account: Account) -> None:
    key = account.removed()
    account.show(key).expect(404)
    account.change(key, {"summary": account.mark}).expect(404)


def says_not_found(account: Account) -> None:
    answer = account.show(account.removed()).expect(404)
    expect("body", {"error": {"type": "NotFoundError", "message": "Not Found"}}, answer.json)


def deletes_whatever_is_matched(account: Account) -> None:
    account.remove(account.make(), headers={"If-Match": '"old"'}).expect(204)


# reading and writing entries


def refuses_a_bad_token(account: Account) -> None:
    answer = _bad_token(account).expect(401)
    expect("error", "invalid_token", answer.at("error"))


def challenges(account: Account) -> None:
    expect("WWW-Authenticate", "Bearer", _bad_token(account).header("WWW-Authenticate").partition(" ")[0])


def has_both_spellings(account: Account) -> None:
    for path in (_path(account.shared()), _path(account.shared()).removesuffix(".json")):
        account.get(path).expect(200)


def shows_id_and_etag(account: Account) -> None:
    made = account.create().needed("making an appointment")
    key = str(made.at("data", "id"))
    for answer in (made, account.change(key, {"location": "Here"}), account.show(key)):
        expect("fields", ["etag", "id"], sorted(answer.at("data") or {}))


def refuses_unknown_fields(account: Account) -> None:
    _error(account.show(account.shared(), params={"fields": "greenroom"}), 400, "InvalidFields")


def refuses_a_second_level(account: Account) -> None:
    account.show(account.shared(), params={"fields": "calendar_owner{id{x}}"}).expect(400)


def has_texts_as_ids(account: Account) -> None:
    holds("an id is a text", isinstance(_shown(account, "id")["id"], str))


def shows_an_offset(account: Account) -> None:
    shown = str(_shown(account, "start_at")["start_at"])
    holds("a moment with an offset", bool(re.search(r"T\d\d:\d\d:\d\d[+-]\d\d:\d\d$", shown)))


def drops_unknown_keys(account: Account) -> None:
    account.change(account.make(), {"greenroom": "x"}).expect(200)


def needs_data(account: Account) -> None:
    account.change(account.make(), {}, json={"summary": account.mark}).expect(400)


def needs_an_end(account: Account) -> None:
    _error(account.create({"end_at": None}), 422, "ArgumentError")


def refuses_an_early_end(account: Account) -> None:
    _error(account.change(account.make(), {"end_at": "1999-01-01T00:00:00Z"}), 422, "ArgumentError")


def reads_forms(account: Account) -> None:
    form, key = {"data[location]": "Here"}, account.make()
    account.change(key, {}, json=None, data=form).expect(200)
    account.change(key, {}, json=None, files={name: (None, value) for name, value in form.items()}).expect(200)


def refuses_other_media(account: Account) -> None:
    body = b'{"data": {"location": "Here"}}'
    account.change(account.make(), {}, json=None, data=body, headers={"Content-Type": "text/plain"}).expect(400)


def merges_properties(account: Account) -> None:
    key = account.make({"external_properties": [{"name": "greenroom", "value": "1"}]})
    account.change(key, {"external_properties": [{"name": "other", "value": "2"}]}).expect(200)
    shown = _shown(account, "external_properties{id,name}", key)["external_properties"]
    expect("properties", ["greenroom", "other"], sorted(each["name"] for each in shown))
    account.change(key, {"external_properties": [{"id": shown[0]["id"], "_destroy": True}]}).expect(200)
    expect("properties left", 1, len(_shown(account, "external_properties{id}", key)["external_properties"]))


# headers and conditions


def counts_in_headers(account: Account) -> None:
    answer = account.show(account.shared())
    for name in ("Limit", "Remaining", "Reset"):
        holds(f"X-RateLimit-{name} is a number", answer.header(f"X-RateLimit-{name}").isdigit())


def tells_its_version(account: Account) -> None:
    expect("X-API-VERSION", "4.", account.show(account.shared()).expect(200).header("X-API-VERSION")[:2])


def has_an_etag(account: Account) -> None:
    answer = account.show(account.shared()).expect(200)
    holds("ETag is the entry's", answer.header("ETag") == answer.at("data", "etag") != "")


def numbers_its_responses(account: Account) -> None:
    holds("X-Request-Id is there", account.show(account.shared()).header("X-Request-Id") != "")


def has_no_other_routes(account: Account) -> None:
    account.get(f"{_API}/greenroom_has_none.json").expect(404)
    account.options(_path(account.shared())).expect(404)


def is_not_modified(account: Account) -> None:
    answer = account.show(account.shared())
    account.show(account.shared(), headers={"If-None-Match": answer.header("ETag")}).expect(304)
    account.show(account.shared(), headers={"If-Modified-Since": answer.header("Last-Modified")}).expect(304)


def matches_before_it_changes(account: Account) -> None:
    key = account.make()
    account.change(key, {"location": "Here"}, headers={"If-Match": '"old"'}).expect(412)


def was_modified(account: Account) -> None:
    expect("Last-Modified ends with", "GMT", account.show(account.shared()).header("Last-Modified")[-3:])


def refuses_other_versions(account: Account) -> None:
    account.show(account.shared(), headers={"X-API-VERSION": "3.0.1"}).expect(410)


# lists


def lists_what_one_may_view(account: Account) -> None:
    key, day = account.shared(), account.day.isoformat()
    expect("it is listed", [key], [k for k in _listed(account, **{"from": f"{day}T00:00:00Z"}) if k == key])


def filters(account: Account) -> None:
    key, day = account.shared(), account.day.isoformat()
    within = {"from": f"{day}T00:00:00Z", "to": f"{day}T23:59:59Z"}
    fits = {**within, "query": account.mark, "is_all_day": "false", "calendar_id": str(_calendar(account))}
    holds("it is listed", key in _listed(account, **fits))
    for other in ({"is_all_day": "true"}, {"from": f"{day}T18:00:00Z"}, {"created_since": "2099-01-01T00:00:00Z"}):
        holds(f"it is not listed with {sorted(other)}", key not in _listed(account, **{**fits, **other}))


def lists_by_ids(account: Account) -> None:
    expect("all that are asked for", account.two(), sorted(_listed(account, **{"ids[]": account.two()}), key=int))


def limits_pages(account: Account) -> None:
    for limit, status in (("1", 200), ("200", 200), ("0", 400), ("201", 400)):
        answer = account.get(f"{_ENTRIES}.json", params={"limit": limit, "ids[]": account.shared()})
        expect(f"status with limit={limit}", status, answer.status)


def sorts(account: Account) -> None:
    both = {"ids[]": account.two()}
    expect("by default", account.two(), _listed(account, **both))
    expect("with id(desc)", account.two()[::-1], _listed(account, **both, order="id(desc)"))


def links_its_pages(account: Account) -> None:
    link = str(_first_page(account).at("meta", "paging", "next"))
    holds("absolute, with a page_token", link.startswith("http") and "page_token=" in link)
    expect("the second page", account.two()[1], account.get(link).expect(200).at("data", 0, "id"))


def keeps_a_tokens_parameters(account: Account) -> None:
    token = re.search(r"page_token=([^&]+)", str(_first_page(account).at("meta", "paging", "next")))
    if token is None:
        msg = "a page has no page_token"
        raise NotProbedError(msg)
    path = f"{_ENTRIES}.json?limit=2&order=id(asc)&page_token={token[1]}"
    expect("refused", (400, True), ((a := account.get(path)).status, "page_token is invalid" in a.text))


def follows_a_link_with_parameters(account: Account) -> None:
    link = str(_first_page(account).at("meta", "paging", "next"))
    account.get(link, params={"limit": "1", "fields": "id"}).expect(200)


def counts_records(account: Account) -> None:
    expect("meta.records", 2, _first_page(account).at("meta", "records"))


def ignores_unknown_parameters(account: Account) -> None:
    expect("it is listed", 1, len(_listed(account, **{"ids[]": account.shared()}, greenroom="1")))


def takes_the_last_parameter(account: Account) -> None:
    first, second = account.two()
    path = f"{_ENTRIES}.json?ids[]={first}&ids[]={second}&fields=id&limit=1&limit=2"
    expect("records of limit=1&limit=2", 2, len(account.get(path).expect(200).at("data") or []))


# people


def _me(account: Account) -> Any:
    return account.get(PROBING.hello, params={"fields": "id,name"}).needed("who_am_i").at("data")


def says_who_one_is(account: Account) -> None:
    answer = account.get(PROBING.hello, params={"fields": "id,name,email"}).expect(200)
    expect("fields", ["email", "id", "name"], sorted(answer.at("data") or {}))


def lists_users(account: Account) -> None:
    me = _me(account)
    for params in (
        {"ids[]": me["id"]},
        {"ids[]": me["id"], "name": me["name"]},
        {"ids[]": me["id"], "enabled": "true"},
    ):
        shown = account.get(f"{_API}/users.json", params={"fields": "id", **params}).expect(200).at("data") or []
        holds(f"the user is listed by {sorted(params)}", [each["id"] for each in shown] == [me["id"]])


def shows_one_user_and_calendar(account: Account) -> None:
    for path in (f"users/{_me(account)['id']}", f"calendars/{_calendar(account)}"):
        account.get(f"{_API}/{path}.json", params={"fields": "id"}).expect(200)
    account.get(f"{_API}/calendars/1.json").expect(404)


def knows_all_fields(account: Account) -> None:
    fields = "id,default_calendar_id,account_owner,subscription_type,roles,phone_number,account{id,name},groups{id}"
    account.get(PROBING.hello, params={"fields": fields}).expect(200)


def lists_calendars(account: Account) -> None:
    mine = _calendar(account)
    for params in ({"owner": "true"}, {"writeable": "true"}, {"visible": "true"}, {"ids[]": mine}):
        answer = account.get(f"{_API}/calendars.json", params={"fields": "id", "limit": "200", **params})
        shown = answer.expect(200).at("data") or []
        holds(f"the calendar is listed by {sorted(params)}", mine in [e["id"] for e in shown])


def lists_contacts(account: Account) -> None:
    for params in (
        {"type": "Person"},
        {"query": "a"},
        {"client_only": "false"},
        {"updated_since": "2000-01-01T00:00:00Z"},
    ):
        account.get(f"{_API}/contacts.json", params={"fields": "id", "limit": "1", **params}).expect(200)


def is_reached_in_two_ways(account: Account) -> None:
    answer = account.get(PROBING.hello, params={"fields": "notification_methods{type}"}).expect(200)
    kinds = {each["type"] for each in answer.at("data", "notification_methods") or []}
    expect("types", ["Email", "Popup"], sorted(kinds))
