"""NetSuite's record service over HTTP: parse, ask the rules, render."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Request, Response, abort, request

from greenroom.simulators.core.bodies import media_is, sent_json
from greenroom.simulators.core.exchange import Exchange, exchange
from greenroom.simulators.core.hosts import matches
from greenroom.simulators.core.rest import unsimulated
from greenroom.simulators.core.rest.carriers import at, first, scheme
from greenroom.simulators.core.rest.routes import Does, Route, Routes, View
from greenroom.simulators.core.rest.vendor import Group
from greenroom.simulators.netsuite import (
    collection,
    jobs,
    limits,
    oauth,
    openapi,
    render,
    restlets,
    rules,
    schema,
    suiteql,
    surface,
    tba,
    validation,
)
from greenroom.simulators.netsuite.errors import (
    InvalidContent,
    InvalidId,
    InvalidLogin,
    InvalidUrl,
    MalformedLogin,
    NonexistentId,
    RestletError,
    SignedLoginRefused,
    TooManyAtOnce,
    UnknownType,
    UnsupportedMedia,
)
from greenroom.simulators.netsuite.profile import PROFILE

RECORDS = surface.RECORDS
ONE = f"{RECORDS}/<kind>/<key>"
_METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
_ID = re.compile(r"-?[1-9][0-9]{0,9}")


def known() -> None:
    """Let only a request pass that names nothing which NetSuite has and the fake has not.

    Raises:
        Unsimulated: it does.

    """
    if unsimulated.check(surface.SURFACE, _named_in_body, surface.as_listed):
        surface.check_values(request)


def _named_in_body() -> Any:
    return surface.spelled(request.form.to_dict() if request.mimetype == tba.FORM else sent_json())


def place(kind: str, rest: str) -> Response:  # noqa: ARG001
    """Refuse an address below an event that no other route has.

    Raises:
        Unsimulated: NetSuite has it.
        InvalidUrl: it has not either.
        MethodNotAllowed: an event, by a method that it does not take.

    """
    if "/" not in rest.rstrip("/"):
        abort(405)
    operation = surface.below(request.method, rest)
    if operation is not None:
        operation.check()
    raise InvalidUrl(request.path)


def authenticate() -> None:
    """Let only a valid token of this account pass, only so many at once, and only to what exists; jobs go on."""
    now, arguments = exchange(), request.view_args or {}
    kind, key = arguments.get("kind"), arguments.get("key")
    _check_login(now)
    if not limits.enter(now):
        raise _too_many(now)
    if kind is not None and kind.lower() != "calendarevent":
        surface.check_type(kind)
        raise UnknownType(kind)
    if key is not None and request.method != "PUT":
        arguments["key"] = _resolved(now, key)
    jobs.advance(now)


def _check_login(now: Exchange) -> None:
    if request.headers.get("Authorization", "").strip().lower() == "bearer":
        raise MalformedLogin(tba.realm(now.world))
    refused = _signed_login(now) if tba.is_signed(request) else _bearer_login(now)
    if refused is None:
        return
    now.credential = "unknown" if now.credential == "valid" else now.credential
    if request.path == restlets.PATH:
        raise RestletError("INVALID_LOGIN_ATTEMPT", "Invalid login attempt.", 401, refused.headers)
    raise refused


def _signed_login(now: Exchange) -> InvalidLogin | None:
    why = tba.problem(now, request)
    if why is None and not _of_account(now.world.api_host):
        why = "the host is not this account's"
    return _not_logged_in(now, why) if why else None


def _bearer_login(now: Exchange) -> InvalidLogin | None:
    token = now.token if now.credential == "valid" else None
    good = token is not None and token.secret is None and _of_account(token.host or "")
    return None if good else _not_logged_in(now, "the token is not valid here")


def _of_account(host: str) -> bool:
    """Tell whether the request's host is one of the account's: its services or its RESTlets."""
    kind = "restlets" if request.path == restlets.PATH else "suitetalk"
    return matches(request.host, host.replace("suitetalk", kind), PROFILE.hosts)


def _too_many(now: Exchange) -> Exception:
    if request.path == restlets.PATH:
        return RestletError("SSS_REQUEST_LIMIT_EXCEEDED", "Request Limit Exceeded")
    variant = now.world.switches["concurrency-refusal"]
    return _not_logged_in(now, "too many requests at once") if variant == "401" else TooManyAtOnce(variant)


def _not_logged_in(now: Exchange, why: str) -> InvalidLogin:
    account = tba.realm(now.world)
    return SignedLoginRefused(account, why) if tba.is_signed(request) else InvalidLogin(account)


def _resolved(now: Exchange, key: str) -> str:
    """Return an internal id, also for ``eid:`` and an external one."""
    if key.startswith("eid:"):
        found = rules.by_external_id(now.world, key[4:])
        if found is None:
            raise NonexistentId(key[4:])
        now.record = found
        return found
    if not _ID.fullmatch(key):
        raise InvalidId(key, request.path)
    return key


def _is_event(asked: Request) -> bool:
    return str((asked.view_args or {}).get("kind")).lower() == "calendarevent"


def _on_events(operation: str) -> Does:
    """Return what tells that a request would do something to an event, if it is about events."""
    return lambda asked: operation if _is_event(asked) else ""


def _upserts(asked: Request) -> str | tuple[str, str | None]:
    """Tell what a PUT would do to which event; by an external id that nobody has it makes one."""
    key = (asked.view_args or {})["key"]
    if not _is_event(asked) or not key.startswith("eid:"):
        return "update" if _is_event(asked) else ""
    found = rules.by_external_id(exchange().world, key[4:])
    return ("update", found) if found else ("create", None)


def _changes(asked: Request) -> str:
    """Tell what a PATCH would do: a status is written in several forms."""
    sent = sent_json() if _is_event(asked) else None
    fields = {name.lower(): value for name, value in sent.items()} if isinstance(sent, Mapping) else {}
    if _sets(fields.get("status"), PROFILE.cancellation.cancelled_status):
        return "cancel"
    confirms = _sets(fields.get("status"), PROFILE.confirmed_status)
    return "confirm" if confirms else "update" if _is_event(asked) else ""


def _sets(status: Any, to: str | None) -> bool:
    """Tell whether a body's status, in any of its forms, is that one."""
    if isinstance(status, Mapping):
        return status.get("id") == to or status.get("refName") == schema.ENUMS["status"][str(to)]
    return bool(status == to)


def finish(now: Exchange, response: Response) -> None:
    """Add the header that NetSuite's answers carry, and count the request out."""
    limits.leave(now)
    jobs.answered(now, response.status_code)
    response.headers["X-N-OperationId"] = now.world.request_ids.next()


def body() -> Mapping[str, Any]:
    """Return the request body, a JSON object whatever its media type.

    Raises:
        InvalidContent: no bytes, not JSON, or not an object.

    """
    if not media_is():
        raise UnsupportedMedia
    sent = sent_json()
    if not isinstance(sent, Mapping):
        msg = "Error while accessing a resource. Invalid content in the request body. Provide a valid JSON object."
        raise InvalidContent(msg)
    return sent


def _sent() -> rules.Sent:
    names = tuple(name for name in request.args.get("replace", "").split(",") if name)
    selected = request.args.get("replaceSelectedFields") == "true"
    return rules.Sent(body(), validation.asked(request.headers), names, selected)


def _view() -> render.View:
    asked = tuple(name for name in request.args.get("fields", "").split(",") if name)
    only = tuple(schema.NAMES.get(name.lower(), name) for name in asked)
    flags = [request.args.get(name) == "true" for name in ("expandSubResources", "simpleEnumFormat")]
    return render.View(only, flags[0], flags[1], request.query_string.decode("latin-1"))


def options() -> Response | None:
    """Answer OPTIONS on any path."""
    return _empty() if request.method == "OPTIONS" else None


def list_events(kind: str) -> Response:  # noqa: ARG001
    """List events: links and ids."""
    found = collection.chosen(exchange().world, rules.visible(exchange()), request.args)
    page = collection.events(exchange().world, found, request.args, _view())
    return Response(render.plain(page).get_data(), content_type=render.RESOURCE + "collection")


def show(kind: str, key: str) -> Response:  # noqa: ARG001
    """Show an event."""
    try:
        record = rules.show(exchange(), key)
    except NonexistentId:
        exchange().shows = "absent"
        raise
    exchange().shows = PROFILE.shows(record)
    return render.event(exchange().world, record, _view())


def show_sublist(kind: str, key: str) -> Response:  # noqa: ARG001
    """Show the attendees of an event."""
    address = f"{render.base(exchange().world)}/{key}/attendee"
    lines = rules.show(exchange(), key)["attendee"]
    items = [render.attendee(exchange().world, line, address, _view()) for line in lines]
    page = collection.page(address, items, len(items), request.args)
    return Response(render.plain(page).get_data(), content_type=render.RESOURCE + "collection")


def show_line(kind: str, key: str, line: str) -> Response:  # noqa: ARG001
    """Show one attendee of an event."""
    address = f"{render.base(exchange().world)}/{key}/attendee"
    found = [each for each in rules.show(exchange(), key)["attendee"] if each["attendee"] == line]
    if not found:
        raise NonexistentId
    shown = render.attendee(exchange().world, found[0], address, _view())
    return Response(render.plain(shown).get_data(), content_type=render.RESOURCE + "singular")


def create(kind: str) -> Response:  # noqa: ARG001
    """Make an event: 204 and its ``Location``."""
    key, unknown = rules.create(exchange(), _sent())
    exchange().classify("create", key)
    return _written(key, unknown)


def update(kind: str, key: str) -> Response:  # noqa: ARG001
    """Change an event: 204 and its ``Location``."""
    return _written(key, rules.update(exchange(), key, _sent()))


def upsert(kind: str, key: str) -> Response:  # noqa: ARG001
    """Make or change the event of an external id: 204 and its ``Location``."""
    if not key.startswith("eid:") or key == "eid:":
        raise InvalidId(key, request.path)
    found = rules.by_external_id(exchange().world, key[4:])
    if found:
        return _written(found, rules.update(exchange(), found, _sent()))
    made, unknown = rules.create(exchange(), _sent(), external=key[4:])
    exchange().classify("create", made)
    return _written(made, unknown)


def delete(kind: str, key: str) -> Response:  # noqa: ARG001
    """Remove an event: 204."""
    rules.delete(exchange(), key)
    return _empty()


def _empty() -> Response:
    response = Response(status=204)
    response.headers.pop("Content-Type", None)
    return response


def _written(key: str, unknown: list[str]) -> Response:
    response = Response(status=204, content_type="application/json")
    response.headers["Location"] = f"{render.base(exchange().world)}/{key}"
    if unknown and validation.asked(request.headers).names == "Warning":
        named = ", ".join(re.sub(r"[^\w.-]", "?", name, flags=re.ASCII) for name in unknown)
        response.headers["X-NetSuite-PropertyValidation"] = f"Warning: unknown properties {named}"
    return response


def _row(method: str, path: str, view: View, name: str, does: str | Does = "", about: str = "") -> Route:
    return Route(method, path, view, name, **openapi.OPERATIONS[name], does=does, about=about)


def _event(method: str, path: str, view: View, name: str, does: str | Does) -> Route:
    """Return a row about events, which may be done later."""
    about = "key" if "<key>" in path else ""
    return _row(method, path, jobs.later(view), name, _on_events(does) if isinstance(does, str) else does, about)


def _places(routes: Blueprint) -> None:
    """Add batches of records, and what is below an event."""
    for method in ("PATCH", "PUT", "DELETE"):
        routes.add_url_rule(
            f"{RECORDS}/<kind>", f"unsimulated batch {method}", unsimulated.unsimulated, methods=[method]
        )
    routes.add_url_rule(f"{RECORDS}/<kind>/<path:rest>", "unsimulated place", place, methods=_METHODS)


EVENTS = Routes(
    _event("GET", f"{RECORDS}/<kind>", list_events, "listEvents", ""),
    _event("POST", f"{RECORDS}/<kind>", create, "createEvent", "create"),
    _event("GET", ONE, show, "showEvent", "read"),
    _event("PATCH", ONE, update, "updateEvent", _changes),
    _event("PUT", ONE, upsert, "upsertEvent", _upserts),
    _event("DELETE", ONE, delete, "deleteEvent", "delete"),
    _event("GET", f"{ONE}/attendee", show_sublist, "listAttendees", "read"),
    _event("GET", f"{ONE}/attendee/<line>", show_line, "showAttendee", "read"),
    _row("GET", f"{jobs.PATH}/<job>", jobs.show_job, "showJob"),
    _row("GET", f"{jobs.PATH}/<job>/task", jobs.list_tasks, "listTasks"),
    _row("GET", f"{jobs.PATH}/<job>/task/<task>", jobs.show_task, "showTask"),
    _row("GET", f"{jobs.PATH}/<job>/task/<task>/result", jobs.show_result, "showResult"),
    slash=True,
    fixed={"kind": "calendarEvent"},
)
QUERIES = Routes(
    _row("POST", suiteql.PATH, suiteql.run, "suiteql", "other"),
    _row("GET", restlets.PATH, restlets.run, "restlet", "other"),
    _row("POST", restlets.PATH, restlets.run, "restletPost", "other"),
)
LOG_IN = Routes(
    _row("GET", oauth.AUTHORIZE, oauth.authorize, "authorize"),
    _row("POST", f"{oauth.BASE}/token", oauth.token, "token", "other"),
    _row("POST", f"{oauth.BASE}/revoke", oauth.revoke, "revoke", "other"),
)
_NO_LOG_IN = surface.elsewhere("/services/rest/auth/", "/services/NetSuitePort", "/rest/", "/app/login/")
_NO_SERVICE = surface.elsewhere("/services/rest/query/", "/services/rest/system/", restlets.PATH)
GROUPS = (
    Group("log-in", LOG_IN, (known,)),
    Group("other log-ins", Routes(slash=True), (known,), _NO_LOG_IN),
    Group("events", EVENTS, (authenticate, known), _NO_SERVICE, _places),
    Group("queries", QUERIES, (authenticate, known)),
)
CARRIER = at(
    oauth.BASE,
    lambda asked: oauth.presented(asked.form),
    first(lambda asked: tba.token_of(asked) if tba.is_signed(asked) else None, scheme("Bearer")),
)
