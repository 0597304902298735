"""Clio over HTTP: parse, ask the rules, render."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Request, Response, request

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
from greenroom.simulators.clio.openapi import AUTHORIZE, DEAUTHORIZE, TOKEN, changed, made, many, one, removed
from greenroom.simulators.clio.profile import PROFILE
from greenroom.simulators.clio.surface import SURFACE
from greenroom.simulators.core.answer import add_headers
from greenroom.simulators.core.bodies import media_is, sent_json
from greenroom.simulators.core.describe import Part
from greenroom.simulators.core.exchange import Exchange, exchange
from greenroom.simulators.core.hosts import matches
from greenroom.simulators.core.rest import unsimulated
from greenroom.simulators.core.rest.carriers import at, form, scheme
from greenroom.simulators.core.rest.routes import Does, Route, Routes, View
from greenroom.simulators.core.rest.vendor import Group
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World

LATEST = 13
VERSION = f"4.0.{LATEST}"
API = "/api/v4"
ACROSS = "owner_entries_across_all_users"

Shown = Callable[[World, Record, fields.Wanted], Record]
"""Returns a record as a list shows it, as far as its wanted fields go."""


def authenticate() -> None:
    """Let only a valid token of this region pass, only so often a minute, and only to a version that exists."""
    now = exchange()
    asked = now.asked
    if now.credential != "valid" or now.token is None or not matches(asked.host, now.token.host, PROFILE.hosts):
        raise InvalidToken
    limits.count(now)
    version = asked.environ.get("HTTP_X_API_VERSION", VERSION)
    patch = whole(version.removeprefix("4.0."))
    if not version.startswith("4.0.") or patch is None or patch > LATEST:
        raise UnknownVersion(version)
    if asked.method == "GET" and now.person.rights.get("calendars") == "none":
        raise ForbiddenError


def known() -> None:
    """Let only a request pass that names nothing which Clio has and the fake has not.

    Raises:
        Unsimulated: it does.

    """
    unsimulated.check(SURFACE, _data)


def _changes(asked: Request) -> str:  # noqa: ARG001
    """Tell what a PATCH would do: it may take an entry out of a series."""
    cuts = b"_deleted" in exchange().body and _data().get("_deleted") is not None
    return "cancel" if cuts else "update"


def finish(now: Exchange, response: Response) -> None:
    """Add the headers that every answer of Clio carries."""
    more = {"X-Request-Id": now.world.request_ids.next(), **limits.headers(now)}
    if response.status_code < 400:
        more["X-API-VERSION"] = now.asked.environ.get("HTTP_X_API_VERSION", VERSION)
    add_headers(response, more)


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
    asked = exchange().asked
    if asked.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return {"data": {key[5:-1]: value for key, value in asked.form.items() if key.startswith("data[")}}
    return sent_json() if media_is() else None


def _data() -> Mapping[str, Any]:
    """Return the ``data`` of a request body, or nothing where there is none."""
    sent = _sent()
    data = sent.get("data") if isinstance(sent, Mapping) else None
    return data if isinstance(data, Mapping) else {}


def _wanted(shape: fields.Shape) -> fields.Wanted:
    return shape.parse(parameters.last("fields"))


def _single(record: Record, wanted: fields.Wanted, status: int = 200) -> Response:
    now = exchange()
    if status == 200 and now.asked.method == "GET" and conditions.unchanged(record, now.asked.environ):
        return Response(status=304, headers={"ETag": record["etag"]})
    return render.single(record, wanted, now.person.timezone, status)


def _list(
    records: list[Record], shape: fields.Shape, most: int = 200, shown: Shown = lambda _, record, __: record
) -> Response:
    """Return a page of records; ``shown`` makes each of that page what a single one would be."""
    wanted, now = _wanted(shape), exchange()
    page = paging.page(records, parameters.sent(), now.asked.base_url, most=most)
    zone = now.person.timezone
    data = [render.pick(shown(now.world, record, wanted), wanted, zone) for record in page.records]
    return render.answer({"data": data, "meta": page.meta})


def _gone() -> Response:
    response = Response(status=204)
    response.headers.pop("Content-Type", None)
    return response


def list_entries() -> Response:
    """List the entries that the person may see; with ``owner_entries_across_all_users`` all of a matter's."""
    args = parameters.sent()
    of_all = filters.flag(ACROSS, args.get(ACROSS, "false"))
    among = entry_filters.eligible(exchange().world.store, args)
    found = entry_filters.matching(rules.visible(exchange(), among, of_all=of_all), args)
    return _list(found, fields.ENTRY, shown=associations.whole)


def _entry(record: Record, wanted: fields.Wanted, status: int = 200) -> Response:
    return _single(associations.whole(exchange().world, record, wanted), wanted, status)


def _written(record: Record, wanted: fields.Wanted, status: int = 200) -> Response:
    now = exchange()
    return _entry(rules.seen_by(now.world, now.person, record), wanted, status)


def show_entry(entry: str) -> Response:
    """Show an entry."""
    wanted, now = _wanted(fields.ENTRY), exchange()
    try:
        record = rules.show(now, entry)
    except NotFoundError:
        now.shows = PROFILE.shows(None)
        raise
    now.shows = PROFILE.shows(record)
    return _entry(record, wanted)


def create_entry() -> Response:
    """Make an entry."""
    wanted = _wanted(fields.ENTRY)
    record = rules.create(exchange(), body())
    exchange().classify("create", record["id"])
    return _written(record, wanted, 201)


def update_entry(entry: str) -> Response:
    """Change an entry."""
    wanted, now = _wanted(fields.ENTRY), exchange()
    record = rules.update(now, entry, body(), now.asked.environ.get("HTTP_IF_MATCH"))
    return _written(record, wanted)


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
    return _single(people.user(exchange().world, exchange().person), _wanted(fields.USER))


def show_user(user: str) -> Response:
    """Show a user."""
    return _single(people.one_user(exchange().world, user), _wanted(fields.USER))


def show_calendar(calendar: str) -> Response:
    """Show a calendar."""
    return _single(people.one_calendar(exchange(), calendar), _wanted(fields.CALENDAR))


def list_contacts() -> Response:
    """List contacts."""
    return _list(contacts.contacts(exchange().world, parameters.sent()), fields.CONTACT)


def create_contact() -> Response:
    """Make a contact."""
    wanted = _wanted(fields.CONTACT)
    return _single(contacts.create(exchange(), body()), wanted, 201)


def show_contact(contact: str) -> Response:
    """Show a contact."""
    return _single(contacts.one(exchange().world, contact), _wanted(fields.CONTACT))


def list_event_types() -> Response:
    """List the types of entries."""
    found = filters.narrowed(event_types.every(exchange().world), parameters.sent(), {})
    return _list(found, fields.EVENT_TYPE)


def create_event_type() -> Response:
    """Make a type of entries."""
    wanted = _wanted(fields.EVENT_TYPE)
    return _single(event_types.create(exchange(), body()), wanted, 201)


def show_event_type(event_type: str) -> Response:
    """Show a type of entries."""
    return _single(event_types.one(exchange().world, event_type), _wanted(fields.EVENT_TYPE))


def update_event_type(event_type: str) -> Response:
    """Change a type of entries."""
    wanted = _wanted(fields.EVENT_TYPE)
    changed = event_types.update(exchange(), event_type, body(), request.headers.get("If-Match"))
    return _single(changed, wanted)


def delete_event_type(event_type: str) -> Response:
    """Remove a type of entries."""
    event_types.delete(exchange(), event_type)
    return _gone()


def list_reminders() -> Response:
    """List the reminders of entries that the person may see."""
    return _list(reminders.matching(exchange(), parameters.sent()), fields.REMINDER)


def create_reminder() -> Response:
    """Make a reminder."""
    wanted = _wanted(fields.REMINDER)
    return _single(reminders.create(exchange(), body()), wanted, 201)


def show_reminder(reminder: str) -> Response:
    """Show a reminder."""
    return _single(reminders.one(exchange(), reminder), _wanted(fields.REMINDER))


def update_reminder(reminder: str) -> Response:
    """Change a reminder."""
    wanted = _wanted(fields.REMINDER)
    changed = reminders.update(exchange(), reminder, body(), request.headers.get("If-Match"))
    return _single(changed, wanted)


def delete_reminder(reminder: str) -> Response:
    """Remove a reminder."""
    reminders.delete(exchange(), reminder)
    return _gone()


def _row(method: str, path: str, view: View, more: Part, does: str | Does = "", about: str = "") -> Route:
    return Route(method, API + path, view, **more, does=does, about=about)


_ENTRY = "calendar_entries"
_TYPE = "calendar_entry_event_types"
ROUTES = Routes(
    _row("GET", "/calendar_entries", list_entries, many(_ENTRY)),
    _row("POST", "/calendar_entries", create_entry, made(_ENTRY), "create"),
    _row("GET", "/calendar_entries/<entry>", show_entry, one(_ENTRY), "read", "entry"),
    _row("PATCH", "/calendar_entries/<entry>", update_entry, changed(_ENTRY), _changes, "entry"),
    _row("DELETE", "/calendar_entries/<entry>", delete_entry, removed(_ENTRY), "cancel", "entry"),
    _row("GET", "/calendars", list_calendars, many("calendars")),
    _row("GET", "/calendars/<calendar>", show_calendar, one("calendars")),
    _row("GET", "/users", list_users, many("users")),
    _row("GET", "/users/who_am_i", who_am_i, one("users", "whoAmI")),
    _row("GET", "/users/<user>", show_user, one("users")),
    _row("GET", "/contacts", list_contacts, many("contacts")),
    _row("POST", "/contacts", create_contact, made("contacts")),
    _row("GET", "/contacts/<contact>", show_contact, one("contacts")),
    _row("GET", "/calendar_entry_event_types", list_event_types, many(_TYPE)),
    _row("POST", "/calendar_entry_event_types", create_event_type, made(_TYPE)),
    _row("GET", "/calendar_entry_event_types/<event_type>", show_event_type, one(_TYPE)),
    _row("PATCH", "/calendar_entry_event_types/<event_type>", update_event_type, changed(_TYPE)),
    _row("DELETE", "/calendar_entry_event_types/<event_type>", delete_event_type, removed(_TYPE)),
    _row("GET", "/reminders", list_reminders, many("reminders")),
    _row("POST", "/reminders", create_reminder, made("reminders")),
    _row("GET", "/reminders/<reminder>", show_reminder, one("reminders")),
    _row("PATCH", "/reminders/<reminder>", update_reminder, changed("reminders")),
    _row("DELETE", "/reminders/<reminder>", delete_reminder, removed("reminders")),
    suffix=".json",
)
LOG_IN = Routes(
    Route("GET", f"{oauth.BASE}/authorize", oauth.authorize, **AUTHORIZE, does="other"),
    Route("POST", f"{oauth.BASE}/token", oauth.token, **TOKEN, does="other"),
    Route("POST", f"{oauth.BASE}/deauthorize", oauth.deauthorize, **DEAUTHORIZE, does="other"),
)
GROUPS = (Group("log-in", LOG_IN), Group("api", ROUTES, (authenticate, known), tuple(SURFACE)))
CARRIER = at(f"{oauth.BASE}/token", form("code", "refresh_token"), scheme("Bearer"))
