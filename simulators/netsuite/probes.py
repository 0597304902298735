"""Probes of NetSuite's ledger: each plays one row on events that it made itself. Nobody is invited to them.

SuiteQL has a file of its own, ``probes_suiteql``.
"""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.core.probing import Account, Answer, Probing, differs, expect, holds

RECORDS = "/services/rest/record/v1"
EVENTS = f"{RECORDS}/calendarEvent"
SUITEQL = "/services/rest/query/v1/suiteql"
_CANCELLED = {"status": {"id": "CANCELLED"}}
_LATER = {"Prefer": "respond-async"}
_JSON = {"Content-Type": "application/json"}


def _new(account: Account) -> Mapping[str, Any]:
    day = account.day.isoformat()
    return {"title": account.mark, "startDate": day, "startTime": "09:00", "endTime": "09:30"}


def _made(answer: Answer) -> str:
    key = answer.header("Location").rpartition("/")[2]
    return key if key.isdigit() else str(differs("Location", "the event's", "none"))


def _listed(account: Account, **params: Any) -> list[str]:
    answer = account.get(EVENTS, params=params).expect(200)
    return [str(each["id"]) for each in answer.at("items") or []]


PROBING = Probing(
    hello=f"{EVENTS}?limit=1",
    create=("POST", EVENTS),
    body=_new,
    made=_made,
    path=lambda key: f"{EVENTS}/{key}",
    change="PATCH",
    find=lambda account: _listed(account, q=f'title START_WITH "{account.mark}"'),
    queries=(SUITEQL,),
    cancelled=_CANCELLED,
)


def _error(answer: Answer, status: int, code: str) -> None:
    expect("error", (status, code), (answer.status, answer.at("o:errorDetails", 0, "o:errorCode")))


def _read(account: Account, key: str = "", **params: str) -> Answer:
    return account.show(key or account.shared(), params=params).needed("reading an event")


def _bad_token(account: Account) -> Answer:
    return account.get(f"{EVENTS}?limit=1", credential="greenroom-knows-none")


# jobs


def _queued(account: Account, **more: str) -> Answer:
    return account.change(account.make(), {"location": "Here"}, headers={**_LATER, **more})


def queues(account: Account) -> None:
    answer = _queued(account).expect(202)
    expect("body", "", answer.text)
    expect("Preference-Applied", "respond-async", answer.header("Preference-Applied"))
    holds("Location is the path of a job", "/async/v1/job/" in answer.header("Location"))


def _job(account: Account) -> str:
    return "/services" + _queued(account).needed("queueing a change").header("Location").partition("/services")[2]


def tells_of_a_job(account: Account) -> None:
    job = account.get(_job(account)).expect(200)
    expect("fields", {"links", "completed", "id", "progress", "task"}, set(job.json))


def lists_a_jobs_tasks(account: Account) -> None:
    tasks = account.get(f"{_job(account)}/task").expect(200)
    expect("tasks", 1, tasks.at("totalResults"))


def refuses_a_key_twice(account: Account) -> None:
    key, named = account.make(), {"X-NetSuite-Idempotency-Key": f"greenroom-{account.mark[-8:]}"}
    first, again = (account.change(key, {"location": "Here"}, headers={**_LATER, **named}) for _ in range(2))
    first.needed("queueing a change")
    _error(again, 400, "IDEMPOTENCY_ERROR")
    expect("Location", first.header("Location"), again.header("Location"))


# cancelling and deleting


def cancels(account: Account) -> None:
    key = account.make()
    answer = account.change(key, _CANCELLED).expect(204)
    expect("body", "", answer.text)
    holds("Location is the event's", answer.header("Location").endswith(f"/{key}"))


def keeps_what_was_cancelled(account: Account) -> None:
    key = account.make()
    account.change(key, _CANCELLED).needed("cancelling an event")
    expect("status", "CANCELLED", account.show(key).expect(200).at("status", "id"))


def cancels_twice(account: Account) -> None:
    key = account.make()
    account.change(key, _CANCELLED).needed("cancelling an event")
    account.change(key, _CANCELLED).expect(204)


def reads_three_spellings(account: Account) -> None:
    key = account.make()
    for status in ("TENTATIVE", {"id": "CONFIRMED"}, {"refName": "Tentative"}):
        account.change(key, {"status": status}).expect(204)


def spells_canceled(account: Account) -> None:
    key = account.make()
    account.change(key, _CANCELLED).needed("cancelling an event")
    expect("refName", "Canceled", _read(account, key).at("status", "refName"))


def deletes(account: Account) -> None:
    key = account.make()
    account.remove(key).expect(204)
    account.remove(key).expect(404)


# reading and writing events


def reads_any_case(account: Account) -> None:
    account.get(f"{RECORDS}/CALENDAREVENT/{account.shared()}").expect(200)
    account.get(f"{EVENTS}/{account.shared()}/").expect(200)


def reads_keys_in_any_case(account: Account) -> None:
    key = account.make()
    account.change(key, {"LOCATION": "Here"}).expect(204)
    expect("location", "Here", _read(account, key).at("location"))


def has_media_types(account: Account) -> None:
    kind, key = "application/vnd.oracle.resource+json", account.make()
    expect("Content-Type", kind, _read(account, key).header("Content-Type").partition(";")[0])
    body = b'{"location": "Here"}'
    account.change(key, {}, json=None, data=body, headers={"Content-Type": f"{kind}; type=singular"}).expect(204)


def has_times_without_seconds(account: Account) -> None:
    expect("startTime", "09:00", _read(account).at("startTime"))


def says_where_the_new_one_is(account: Account) -> None:
    answer = account.create().expect(204)
    holds("Location is absolute", answer.header("Location").startswith("http"))


def _ends(account: Account, fields: Mapping[str, Any]) -> str:
    return str(_read(account, account.make(fields)).at("endTime"))[:5]


def adds_an_hour(account: Account) -> None:
    expect("endTime", "10:00", _ends(account, {"endTime": None}))


def ends_before_midnight(account: Account) -> None:
    expect("endTime", "23:59", _ends(account, {"startTime": "23:30", "endTime": None}))


def has_hours_on_whole_days(account: Account) -> None:
    shown = _read(account, account.make({"allDayEvent": True, "timedEvent": False}))
    expect("times", ["08:00", "18:00"], [str(shown.at(name))[:5] for name in ("startTime", "endTime")])


def makes_whole_days_timed(account: Account) -> None:
    key = account.make({"allDayEvent": True, "timedEvent": False})
    account.change(key, {"timedEvent": True, "startTime": "10:00", "endTime": "10:30"}).expect(204)
    shown = _read(account, key)
    expect("times", ["10:00", "10:30"], [str(shown.at(name))[:5] for name in ("startTime", "endTime")])


def refuses_an_early_end(account: Account) -> None:
    account.change(account.make(), {"endTime": "08:00"}).expect(400)


def keeps_the_wall_clock(account: Account) -> None:
    sent = {"startTime": "22:00", "endTime": "22:30", "timezone": "Asia/Tokyo"}
    shown = _read(account, account.make(sent))
    expect("times", ["22:00", "22:30"], [str(shown.at(name))[:5] for name in ("startTime", "endTime")])
    expect("startDate", account.day.isoformat(), shown.at("startDate"))


def links_sublists(account: Account) -> None:
    expect("attendee", ["links"], list(_read(account).at("attendee") or []))


def shows_sublists(account: Account) -> None:
    shown = _read(account, expandSubResources="true").at("attendee") or {}
    holds("attendee has items, count and totalResults", {"items", "count", "totalResults"} <= set(shown))


def shows_chosen_fields(account: Account) -> None:
    expect("fields", ["links", "title"], sorted(_read(account, fields="title").json))


def shows_plain_choices(account: Account) -> None:
    holds("status is a text", isinstance(_read(account, simpleEnumFormat="true").at("status"), str))


def says_nonexistent(account: Account) -> None:
    _error(account.show(account.removed()), 404, "NONEXISTENT_ID")


def says_invalid_id(account: Account) -> None:
    _error(account.get(f"{EVENTS}/000"), 400, "INVALID_ID")


def knows_no_other_records(account: Account) -> None:
    account.get(f"{RECORDS}/greenroomHasNone/1").expect(404)


def says_invalid_address(account: Account) -> None:
    _error(account.show(f"{account.shared()}/greenroom"), 400, "INVALID_URL")


def says_invalid_content(account: Account) -> None:
    answer = account.change(account.make(), {}, json=None, data=b"{", headers=_JSON)
    _error(answer, 400, "INVALID_CONTENT")


def says_invalid_value(account: Account) -> None:
    _error(account.change(account.make(), {"status": {"id": "GREENROOM"}}), 400, "INVALID_VALUE")


def names_unknown_fields(account: Account) -> None:
    answer = account.change(account.make(), {"greenroomField": "x"}).expect(204)
    holds("the header names the field", "greenroomField" in answer.header("X-NetSuite-PropertyValidation"))


def says_invalid_login(account: Account) -> None:
    answer = _bad_token(account)
    _error(answer, 401, "INVALID_LOGIN")
    holds("WWW-Authenticate is there", answer.header("WWW-Authenticate"))


def says_invalid_request(account: Account) -> None:
    answer = account.get(f"{EVENTS}?limit=1", credential="")
    expect("status", 400, answer.status)
    holds("WWW-Authenticate has invalid_request", "invalid_request" in answer.header("WWW-Authenticate"))


def answers_options(account: Account) -> None:
    account.options(f"{EVENTS}/{account.shared()}").expect(204)


def refuses_other_verbs(account: Account) -> None:
    answer = account.write("POST", account.make(), json={}).expect(405)
    expect("status in the body", 405, answer.at("status"))


def refuses_other_media(account: Account) -> None:
    answer = account.change(account.make(), {}, json=None, data=b"{}", headers={"Content-Type": "text/plain"})
    answer.expect(415)


def needs_a_status(account: Account) -> None:
    account.change(account.make(), {"status": None}).expect(400)


# collections


def _mine(account: Account) -> str:
    return f'title IS "{account.mark}"'


def has_pages(account: Account) -> None:
    keys = account.two()
    page = account.get(EVENTS, params={"ids": ",".join(keys), "limit": 1}).expect(200)
    expect("page", (1, 0, 2, True), tuple(page.at(name) for name in ("count", "offset", "totalResults", "hasMore")))
    expect("fields of an item", ["id", "links"], sorted(page.at("items", 0) or {}))
    account.get(EVENTS, params={"limit": 2, "offset": 1}).expect(400)


def expands_records(account: Account) -> None:
    page = account.get(EVENTS, params={"ids": account.shared(), "expandRecords": "true"}).expect(200)
    expect("title is its own", account.mark, page.at("items", 0, "title"))


def lists_by_ids(account: Account) -> None:
    expect("events", 2, len(_listed(account, ids=",".join(account.two()))))


def _conditions(account: Account) -> list[str]:
    key, mark = int(account.shared()), account.mark
    return [
        f'title IS "{mark}" AND id EQUAL {key}',
        f'title CONTAIN "{mark[3:]}" AND id ANY_OF [{key}, {key}]',
        f'(title END_WITH "{mark[-8:]}" OR title EMPTY) AND id LESS {key + 1} AND id GREATER {key - 1}',
        f'title START_WITH "{mark}" AND title IS_NOT "x" AND id EQUAL {key}',
    ]


def understands_conditions(account: Account) -> None:
    for condition in _conditions(account):
        expect("the event alone is listed", 1, len(_listed(account, q=condition)))


def takes_the_last_condition(account: Account) -> None:
    found = _listed(account, q=['title IS "greenroom has none"', f"id EQUAL {int(account.shared())}"])
    expect("events", 1, len(found))


def refuses_bad_conditions(account: Account) -> None:
    answer = account.get(EVENTS, params={"q": "nonsense"})
    _error(answer, 400, "INVALID_PARAMETER")
    expect("o:errorQueryParam", "q", answer.at("o:errorDetails", 0, "o:errorQueryParam"))


# ways of writing


def _external(account: Account) -> str:
    account.known["external"] = account.known.get("external", 0) + 1
    return f"greenroom-{account.mark[-8:]}-{account.known['external']}"


def finds_by_external_id(account: Account) -> None:
    name = _external(account)
    account.make({"externalId": name})
    account.get(f"{EVENTS}/eid:{name}").expect(200)


def puts_by_external_id(account: Account) -> None:
    way = ("PUT", f"{EVENTS}/eid:{_external(account)}")
    made, again = (account.create(way=way).expect(204) for _ in range(2))
    expect("Location", made.header("Location"), again.header("Location"))


def replaces_selected_fields(account: Account) -> None:
    key = account.make({"location": "Here", "message": "Before"})
    chosen = {"replaceSelectedFields": "true", "replace": "location,message"}
    account.change(key, {"message": "After"}, params=chosen).expect(204)
    shown = _read(account, key)
    expect("fields", (None, "After"), (shown.at("location"), shown.at("message")))


def _validated(account: Account, kind: str, how: str, fields: Mapping[str, Any]) -> Answer:
    return account.change(account.make(), fields, headers={f"X-NetSuite-Property{kind}Validation": how})


def validates_names(account: Account) -> None:
    for how, status in (("Ignore", 204), ("Warning", 204), ("Error", 400)):
        expect(f"status with {how}", status, _validated(account, "Name", how, {"greenroomField": 1}).status)


def validates_values(account: Account) -> None:
    for how, status in (("Ignore", 204), ("Warning", 204), ("Error", 400)):
        expect(f"status with {how}", status, _validated(account, "Value", how, {"status": "GREENROOM"}).status)


def says_invalid_header(account: Account) -> None:
    answer = _validated(account, "Name", "Perhaps", {})
    _error(answer, 400, "INVALID_HEADER")
    holds("o:errorHeader is there", answer.at("o:errorDetails", 0, "o:errorHeader"))
