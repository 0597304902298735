"""Clio over HTTP: parse, ask the rules, render."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Request, Response, g, request

from greenroom.simulators.clio import (
    associations,
    conditions,
    contacts,
    entry_filters,
    event_types,
    fields,
    filters,
    limits,
    oauth,
    paging,
    parameters,
    people,
    reminders,
    render,
    rules,
)
from greenroom.simulators.clio.errors import BadRequest, ForbiddenError, InvalidToken, NotFoundError, UnknownVersion
from greenroom.simulators.clio.numbers import whole
from greenroom.simulators.clio.profile import PROFILE
from greenroom.simulators.clio.surface import SURFACE
from greenroom.simulators.core.bodies import media_is, sent_json
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.exchange import Exchange, exchange
from greenroom.simulators.core.hosts import matches
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.surface import UNSIMULATED

LATEST = 13
VERSION = f"4.0.{LATEST}"
API = "/api/v4"
ENTRIES = f"{API}/calendar_entries"
ACROSS = "owner_entries_across_all_users"


def blueprint() -> Blueprint:
    """Return Clio's routes. Each path of the API exists with and without ``.json``."""
    routes = Blueprint("clio", __name__)
    oauth.add(routes)
    api = Blueprint("api", __name__)
    api.before_request(authenticate)
    api.before_request(known)
    for place, (method, path, view) in enumerate(_ROUTES):
        suffixes = ("",) if path.endswith(">") else ("", ".json")
        for suffix in suffixes:
            api.add_url_rule(API + path + suffix, f"{view.__name__}{place}{suffix[1:]}", view, methods=[method])
    for operation in SURFACE:
        if operation.klass == UNSIMULATED:
            path = operation.path.replace("{", "<").replace("}", ">")
            for whole_path in (path, f"{path}.json"):
                name = f"unsimulated {operation.method} {whole_path}".replace(".", "_")
                api.add_url_rule(whole_path, name, unsimulated, methods=[operation.method])
    routes.register_blueprint(api)
    return routes


def credential(incoming: Request) -> str | None:
    """Return the bearer token of a request: only the ``Authorization`` header counts; or the grant to be exchanged."""
    if incoming.path == "/oauth/token":
        return incoming.form.get("code") or incoming.form.get("refresh_token")
    scheme, _, value = incoming.headers.get("Authorization", "").partition(" ")
    return value.strip() or None if scheme.lower() == "bearer" else None


def authenticate() -> None:
    """Let only a valid token of this region pass, only so often a minute, and only to a version that exists."""
    now = exchange()
    if now.credential != "valid" or now.token is None or not matches(request.host, now.token.host, PROFILE.hosts):
        raise InvalidToken
    limits.count(now)
    version = request.headers.get("X-API-VERSION", VERSION)
    patch = whole(version.removeprefix("4.0."))
    if not version.startswith("4.0.") or patch is None or patch > LATEST:
        raise UnknownVersion(version)
    if request.method == "GET" and now.person.rights.get("calendars") == "none":
        raise ForbiddenError


def known() -> None:
    """Let only a request pass that names nothing which Clio has and the fake has not.

    Raises:
        Unsimulated: it does.

    """
    operation = SURFACE.at(request.method, request.url_rule.rule) if request.url_rule else None
    if operation is not None:
        operation.check(request.args, request.headers.keys(), _data() if operation.fields else None)


def classify(now: Exchange) -> None:
    """Note what a request would do to which entry."""
    arguments = request.view_args or {}
    for name in arguments:
        arguments[name] = arguments[name].removesuffix(".json")
    if "entry" in arguments:
        operation = {"GET": "read", "PATCH": "update", "DELETE": "cancel"}.get(request.method, "other")
        cuts = operation == "update" and b"_deleted" in g.body and _data().get("_deleted") is not None
        now.classify("cancel" if cuts else operation, arguments["entry"])
    elif request.method == "POST" and now.path.removesuffix(".json") == ENTRIES:
        now.classify("create")
    elif now.path.startswith(oauth.BASE):
        now.classify("other")  # a log-in writes nothing, whatever fires on it before it is looked at


def finish(now: Exchange, response: Response) -> None:
    """Add the headers that every answer of Clio carries."""
    named = f"{now.world.seed} {now.world.name} {len(now.world.journal)}"
    response.headers.add("X-Request-Id", str(uuid.uuid5(uuid.NAMESPACE_OID, named)))
    for name, value in limits.headers(now).items():
        response.headers.add(name, value)
    if response.status_code < 400:
        response.headers["X-API-VERSION"] = request.headers.get("X-API-VERSION", VERSION)


def body() -> Mapping[str, Any]:
    """Return the ``data`` of a request body: JSON, or a form with ``data[name]`` keys.

    Raises:
        BadRequest: neither, or no ``data`` object in it.

    """
    sent = _sent()
    if not isinstance(sent, Mapping) or not isinstance(sent.get("data"), Mapping):
        msg = "the body must be a JSON object with a 'data' object in it"
        raise BadRequest(msg)
    data: Mapping[str, Any] = sent["data"]
    return data


def _sent() -> Any:
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return {"data": {key[5:-1]: value for key, value in request.form.items() if key.startswith("data[")}}
    return sent_json() if media_is() else None


def _data() -> Mapping[str, Any]:
    """Return the ``data`` of a request body, or nothing where there is none."""
    sent = _sent()
    data = sent.get("data") if isinstance(sent, Mapping) else None
    return data if isinstance(data, Mapping) else {}


def _wanted(shape: fields.Shape) -> fields.Wanted:
    return shape.parse(parameters.sent().get("fields"))


def _single(record: Record, shape: fields.Shape, status: int = 200) -> Response:
    if status == 200 and request.method == "GET" and conditions.unchanged(record, request.headers):
        return Response(status=304, headers={"ETag": record["etag"]})
    return render.single(record, _wanted(shape), exchange().person.timezone, status)


def _list(
    records: list[Record], shape: fields.Shape, most: int = 200, shown: Callable[[Record], Record] | None = None
) -> Response:
    """Return a page of records; ``shown`` makes each of that page what a single one would be."""
    wanted = _wanted(shape)
    page = paging.page(records, parameters.sent(), request.base_url, most=most)
    found = map(shown, page.records) if shown else page.records
    data = [render.pick(record, wanted, exchange().person.timezone) for record in found]
    return render.answer({"data": data, "meta": page.meta})


def _gone() -> Response:
    response = Response(status=204)
    response.headers.pop("Content-Type", None)
    return response


def unsimulated(**_: str) -> Response:
    """Stand for an operation that Clio has and the fake has not; ``known`` lets no request through.

    Raises:
        Unsimulated: always.

    """
    raise Unsimulated(f"{request.method} {request.path.removesuffix('.json')}")


def list_entries() -> Response:
    """List the entries that the person may see; with ``owner_entries_across_all_users`` all of a matter's."""
    args = parameters.sent()
    of_all = filters.flag(ACROSS, args.get(ACROSS, "false"))
    found = entry_filters.matching(rules.visible(exchange(), of_all=of_all), args)
    return _list(found, fields.ENTRY, shown=_whole)


def _whole(record: Record) -> Record:
    return associations.whole(exchange().world, record)


def _written(record: Record, status: int = 200) -> Response:
    now = exchange()
    return _single(_whole(rules.seen_by(now.world, now.person, record)), fields.ENTRY, status)


def show_entry(entry: str) -> Response:
    """Show an entry."""
    _wanted(fields.ENTRY)
    try:
        record = rules.show(exchange(), entry)
    except NotFoundError:
        exchange().shows = "absent"
        raise
    exchange().shows = "live"
    return _single(_whole(record), fields.ENTRY)


def create_entry() -> Response:
    """Make an entry."""
    _wanted(fields.ENTRY)
    record = rules.create(exchange(), body())
    exchange().classify("create", record["id"])
    return _written(record, 201)


def update_entry(entry: str) -> Response:
    """Change an entry."""
    _wanted(fields.ENTRY)
    record = rules.update(exchange(), entry, body(), request.headers.get("If-Match"))
    return _written(record)


def delete_entry(entry: str) -> Response:
    """Delete an entry: 204, and gone for good."""
    rules.delete(exchange(), entry)
    return _gone()


def list_calendars() -> Response:
    """List the calendars that the person may see."""
    return _list(people.calendars(exchange(), parameters.sent()), fields.CALENDAR)


def list_users() -> Response:
    """List the firm's users."""
    return _list(people.users(exchange().world, parameters.sent()), fields.USER, 2000)


def who_am_i() -> Response:
    """Show the person whose token came."""
    return _single(people.user(exchange().world, exchange().person), fields.USER)


def show_user(user: str) -> Response:
    """Show a user."""
    return _single(people.one_user(exchange().world, user), fields.USER)


def show_calendar(calendar: str) -> Response:
    """Show a calendar."""
    return _single(people.one_calendar(exchange(), calendar), fields.CALENDAR)


def list_contacts() -> Response:
    """List contacts."""
    return _list(contacts.contacts(exchange().world, parameters.sent()), fields.CONTACT)


def create_contact() -> Response:
    """Make a contact."""
    _wanted(fields.CONTACT)
    return _single(contacts.create(exchange(), body()), fields.CONTACT, 201)


def show_contact(contact: str) -> Response:
    """Show a contact."""
    return _single(contacts.one(exchange().world, contact), fields.CONTACT)


def list_event_types() -> Response:
    """List the types of entries."""
    found = filters.narrowed(event_types.every(exchange().world), parameters.sent(), {})
    return _list(found, fields.EVENT_TYPE)


def create_event_type() -> Response:
    """Make a type of entries."""
    _wanted(fields.EVENT_TYPE)
    return _single(event_types.create(exchange(), body()), fields.EVENT_TYPE, 201)


def show_event_type(event_type: str) -> Response:
    """Show a type of entries."""
    return _single(event_types.one(exchange().world, event_type), fields.EVENT_TYPE)


def update_event_type(event_type: str) -> Response:
    """Change a type of entries."""
    _wanted(fields.EVENT_TYPE)
    changed = event_types.update(exchange(), event_type, body(), request.headers.get("If-Match"))
    return _single(changed, fields.EVENT_TYPE)


def delete_event_type(event_type: str) -> Response:
    """Remove a type of entries."""
    event_types.delete(exchange(), event_type)
    return _gone()


def list_reminders() -> Response:
    """List the reminders of entries that the person may see."""
    return _list(reminders.matching(exchange(), parameters.sent()), fields.REMINDER)


def create_reminder() -> Response:
    """Make a reminder."""
    _wanted(fields.REMINDER)
    return _single(reminders.create(exchange(), body()), fields.REMINDER, 201)


def show_reminder(reminder: str) -> Response:
    """Show a reminder."""
    return _single(reminders.one(exchange(), reminder), fields.REMINDER)


def update_reminder(reminder: str) -> Response:
    """Change a reminder."""
    _wanted(fields.REMINDER)
    changed = reminders.update(exchange(), reminder, body(), request.headers.get("If-Match"))
    return _single(changed, fields.REMINDER)


def delete_reminder(reminder: str) -> Response:
    """Remove a reminder."""
    reminders.delete(exchange(), reminder)
    return _gone()


_ROUTES = (
    ("GET", "/calendar_entries", list_entries),
    ("POST", "/calendar_entries", create_entry),
    ("GET", "/calendar_entries/<entry>", show_entry),
    ("PATCH", "/calendar_entries/<entry>", update_entry),
    ("DELETE", "/calendar_entries/<entry>", delete_entry),
    ("GET", "/calendars", list_calendars),
    ("GET", "/calendars/<calendar>", show_calendar),
    ("GET", "/users", list_users),
    ("GET", "/users/who_am_i", who_am_i),
    ("GET", "/users/<user>", show_user),
    ("GET", "/contacts", list_contacts),
    ("POST", "/contacts", create_contact),
    ("GET", "/contacts/<contact>", show_contact),
    ("GET", "/calendar_entry_event_types", list_event_types),
    ("POST", "/calendar_entry_event_types", create_event_type),
    ("GET", "/calendar_entry_event_types/<event_type>", show_event_type),
    ("PATCH", "/calendar_entry_event_types/<event_type>", update_event_type),
    ("DELETE", "/calendar_entry_event_types/<event_type>", delete_event_type),
    ("GET", "/reminders", list_reminders),
    ("POST", "/reminders", create_reminder),
    ("GET", "/reminders/<reminder>", show_reminder),
    ("PATCH", "/reminders/<reminder>", update_reminder),
    ("DELETE", "/reminders/<reminder>", delete_reminder),
)
