"""Probes of Bullhorn's ledger: each plays one row on appointments that it made itself. Nobody is invited to them.

Paths are below the address of calls (``restUrl``), which a log-in names.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from greenroom.simulators.core.probing import Account, Answer, Probing, differs, expect, holds

_ONE = "entity/Appointment"
_QUERY = "query/Appointment"
_HOUR = 3_600_000
_NEVER = "2147483646"
_PARTS = {"fields": "id,subject,dateBegin,dateEnd,isDeleted,dateLastModified"}
_DELETED = {"isDeleted": True}


def _begins(account: Account) -> int:
    return int(datetime.combine(account.day, time(17), UTC).timestamp()) * 1000


def _new(account: Account) -> Mapping[str, Any]:
    begin = _begins(account)
    return {"subject": account.mark, "dateBegin": begin, "dateEnd": begin + _HOUR}


def _made(answer: Answer) -> str:
    return str(answer.at("changedEntityId") or differs("body", "changedEntityId", "none"))


def _found(account: Account, where: str, **params: Any) -> list[str]:
    answer = account.get(_QUERY, params={"where": where, "fields": "id", **params}).expect(200)
    return [str(each["id"]) for each in answer.at("data") or []]


def _is_over(account: Account, key: str) -> bool:
    answer = account.show(key, params={"fields": "isDeleted"})
    return answer.status in (404, 410) or answer.at("data", "isDeleted") is True


PROBING = Probing(
    hello="ping",
    create=("PUT", _ONE),
    body=_new,
    made=_made,
    path=lambda key: f"{_ONE}/{key}",
    change="POST",
    find=lambda account: _found(account, f"subject='{account.mark}' AND isDeleted=false", count=200),
    over=_is_over,
    queries=(_QUERY,),
)


def _read(account: Account, key: str = "", fields: str = _PARTS["fields"]) -> Any:
    answer = account.show(key or account.shared(), params={"fields": fields})
    return answer.needed("reading an appointment").at("data")


def _both(account: Account) -> str:
    return f"id IN ({','.join(account.two())})"


def _flag(account: Account, key: str) -> list[str]:
    """Return the appointment if a query for deleted ones shows it."""
    return _found(account, f"id = {key} AND isDeleted = true")


# sessions


def tells_missing_from_bad_sessions(account: Account) -> None:
    expect("status without a session", 412, account.get("ping", credential=None).status)
    expect("status of a bad one", 401, account.get("ping", credential="greenroom-knows-none").status)


def refuses_in_json(account: Account) -> None:
    for answer in (account.get("ping", credential="greenroom-knows-none"), account.get(f"{_ONE}/{_NEVER}?fields=id")):
        expect("Content-Type", "application/json", answer.header("Content-Type").partition(";")[0])


def tells_when_a_session_ends(account: Account) -> None:
    ends = account.get("ping").expect(200).at("sessionExpires")
    holds("sessionExpires has milliseconds", isinstance(ends, int) and ends > 10**12)


# reading


def shows_its_id(account: Account) -> None:
    shown = account.show(account.shared(), params={"fields": "subject"}).expect(200)
    expect("fields", ["id", "subject"], sorted(shown.at("data") or {}))


def needs_fields(account: Account) -> None:
    account.show(account.shared()).expect(400)
    everything = account.show(account.shared(), params={"fields": "*"}).expect(400)
    expect("errorMessageKey", "errors.allFieldsNotAllowed", everything.at("errorMessageKey"))
    unknown = account.show(account.shared(), params={"fields": "id,greenroom"}).expect(400)
    holds("the message has a position", "position" in str(unknown.at("errorMessage")))


def knows_no_such_id(account: Account) -> None:
    account.show(_NEVER, params=_PARTS).expect(404)


def shows_several(account: Account) -> None:
    answer = account.show(",".join(account.two()), params={"fields": "id"}).expect(200)
    expect("records", 2, len(answer.at("data") or []))


def lists_members(account: Account) -> None:
    answer = account.show(f"{account.shared()}/attendees", params={"fields": "id"}).expect(200)
    holds("a list of its own", isinstance(answer.at("data"), list) and answer.at("start") == 0)


def chooses_parts(account: Account) -> None:
    owner = _read(account, fields="owner(id,email)")["owner"]
    holds("the owner has an id and an e-mail address", {"id", "email"} <= set(owner or {}))


def names_who_is_named(account: Account) -> None:
    owner = _read(account, fields="owner")["owner"]
    expect("parts of the owner", ["_subtype", "firstName", "id", "lastName"], sorted(owner or {}))


def leaves_out_deleted_members(account: Account) -> None:
    parent, child = _family(account)
    account.remove(child).needed("deleting an appointment")
    expect("children", [], _children(account, parent))


# queries


def understands_conditions(account: Account) -> None:
    key, begin = account.shared(), _begins(account)
    for where in (
        f"id = {key} AND subject = '{account.mark}' AND isDeleted = false",
        f"id = {key} AND dateBegin >= {begin} AND NOT dateBegin > {begin}",
        f"id IN ({key}) AND (owner.id > 0 OR subject IS NULL) AND attendees IS EMPTY",
        f"id = {key} AND subject IS NOT NULL AND id NOT IN ({_NEVER})",
    ):
        expect("records", [key], _found(account, where))


def knows_null(account: Account) -> None:
    for where in ("candidateReference.id = 1", "NOT candidateReference.id = 1"):
        expect("records", [], _found(account, f"id = {account.shared()} AND {where}"))


def ignores_case(account: Account) -> None:
    expect("records", 1, len(_found(account, f"id = {account.shared()} AND subject = '{account.mark.upper()}'")))


def refuses_bad_conditions(account: Account) -> None:
    account.get(_QUERY, params={"where": "nonsense", "fields": "id"}).expect(400)


def refuses_names_through_many(account: Account) -> None:
    account.get(_QUERY, params={"where": "attendees.id = 1", "fields": "id"}).expect(400)


def tells_its_place(account: Account) -> None:
    asked = {"where": _both(account), "fields": "id", "start": 1, "count": 1, "showTotalMatched": "true"}
    page = account.get(_QUERY, params=asked).expect(200)
    expect("page", (1, 1, 2), tuple(page.at(name) for name in ("start", "count", "total")))


def reads_conditions_from_a_body(account: Account) -> None:
    asked = {"where": f"id = {account.shared()}"}
    answer = account.query(_QUERY, params={"fields": "id"}, json=asked).expect(200)
    expect("records", 1, len(answer.at("data") or []))


def sorts(account: Account) -> None:
    expect("in order", account.two(), _found(account, _both(account)))
    holds("reversed by -id", _found(account, _both(account), orderBy="-id") == account.two()[::-1])


def cuts_pages(account: Account) -> None:
    asked = {"where": f"id = {account.shared()}", "fields": "id", "count": 501}
    account.get(_QUERY, params=asked).expect(200)


def finds_deleted_ones(account: Account) -> None:
    key = account.removed()
    expect("without a condition", 1, len(_found(account, f"id = {key}")))
    expect("with isDeleted = false", 0, len(_found(account, f"id = {key} AND isDeleted = false")))


def refuses_queries_for_candidates(account: Account) -> None:
    answer = account.get("query/Candidate", params={"where": "id > 0", "fields": "id", "count": 1}).expect(400)
    expect("errorMessageKey", "errors.queryIndexedEntity", answer.at("errorMessageKey"))


# writing


def creates(account: Account) -> None:
    answer = account.create().expect(200)
    expect("body", ("Appointment", "INSERT"), (answer.at("changedEntityType"), answer.at("changeType")))


def takes_a_quarter_of_an_hour(account: Account) -> None:
    for fields in ({"dateEnd": None}, {"dateBegin": None}):
        shown = _read(account, account.make(fields))
        expect("length in minutes", 15, (shown["dateEnd"] - shown["dateBegin"]) // 60_000)


def has_no_notification(account: Account) -> None:
    expect("notificationMinutes", 0, _read(account, fields="notificationMinutes")["notificationMinutes"])


def refuses_senseless_fields(account: Account) -> None:
    for fields in ({"greenroom": "x"}, {"dateBegin": "soon"}, {"isPrivate": "x"}):
        answer = account.change(account.make(), fields)
        expect(f"status of {sorted(fields)}", 400, answer.status)


def says_what_cannot_be_kept(account: Account) -> None:
    answer = account.change(account.make(), {"dateBegin": None}).expect(400)
    expect("property", "dateBegin", answer.at("errors", 0, "propertyName"))


def refuses_long_texts(account: Account) -> None:
    account.change(account.make(), {"location": "x" * 101}).expect(400)


def takes_an_early_end(account: Account) -> None:
    account.create({"dateEnd": _begins(account) - 1}).expect(200)


def updates(account: Account) -> None:
    key = account.make()
    answer = account.change(key, {"location": "Here"}).expect(200)
    expect("changeType", "UPDATE", answer.at("changeType"))
    expect("location", "Here", _read(account, key, "location")["location"])


def writes_one_at_a_time(account: Account) -> None:
    account.change(",".join([account.make(), account.make()]), {"location": "Here"}).expect(404)


def takes_an_empty_update(account: Account) -> None:
    account.change(account.make(), {}).expect(200)


def refuses_read_only_fields(account: Account) -> None:
    key = account.make()
    account.change(key, {"dateLastModified": 1}).expect(400)
    account.change(key, {"id": int(key)}).expect(200)


def stamps_no_same_values(account: Account) -> None:
    key = account.make()
    before = _read(account, key)["dateLastModified"]
    account.change(key, {"subject": account.mark}).needed("changing an appointment")
    holds("dateLastModified is the same", _read(account, key)["dateLastModified"] == before)


# deleting


def flags(account: Account) -> None:
    key = account.make()
    answer = account.change(key, _DELETED).expect(200)
    expect("changeType", "UPDATE", answer.at("changeType"))
    expect("deleted ones", 1, len(_flag(account, key)))


def deletes(account: Account) -> None:
    key = account.make()
    answer = account.remove(key).expect(200)
    expect("changeType", "DELETE", answer.at("changeType"))
    expect("deleted ones", 1, len(_flag(account, key)))


def shows_a_deleted_one(account: Account) -> None:
    account.show(account.removed(), params=_PARTS).expect(200)


def deletes_twice(account: Account) -> None:
    account.remove(account.removed()).expect(200)


def brings_back(account: Account) -> None:
    key = account.removed()
    account.change(key, {"isDeleted": False}).expect(200)
    expect("deleted ones", 0, len(_flag(account, key)))


def changes_a_deleted_one(account: Account) -> None:
    account.change(account.removed(), {"location": "Here"}).expect(200)


def _family(account: Account) -> tuple[str, str]:
    parent = account.make()
    return parent, account.make({"parentAppointment": {"id": int(parent)}})


def _children(account: Account, parent: str) -> list[str]:
    shown = _read(account, parent, "childAppointments")["childAppointments"] or {}
    return [str(each["id"]) for each in shown.get("data", [])]


def keeps_children(account: Account) -> None:
    parent, child = _family(account)
    account.remove(parent).needed("deleting an appointment")
    expect("deleted children", [], _flag(account, child))


def leads_to_children(account: Account) -> None:
    parent, child = _family(account)
    holds("the parent shows its child", _children(account, parent) == [child])
    shown = _read(account, child, "parentAppointment(id)")["parentAppointment"] or {}
    holds("the child shows its parent", str(shown.get("id")) == parent)


# what else there is


def lists_entitlements(account: Account) -> None:
    found = account.get("entitlements/Appointment").expect(200).json
    rights = {f"{what}{whose}" for what in ("READ", "UPDATE", "DELETE") for whose in ("", "_CORPORATE")} | {"CREATE"}
    holds("the known words", isinstance(found, list) and bool(rights & set(found)))


def counts_in_headers(account: Account) -> None:
    answer = account.get("ping")
    for name in ("limit", "remaining", "reset"):
        holds(f"ratelimit-{name} is a number", answer.header(f"ratelimit-{name}").isdigit())
