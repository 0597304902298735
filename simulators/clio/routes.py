"""Clio over HTTP: parse, ask the rules, render."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Request, Response, request

from greenroom.simulators.clio import conditions, fields, filters, limits, oauth, paging, people, render, rules
from greenroom.simulators.clio.errors import BadRequest, ForbiddenError, InvalidToken, NotFoundError, UnknownVersion
from greenroom.simulators.clio.numbers import whole
from greenroom.simulators.clio.profile import PROFILE
from greenroom.simulators.core.bodies import media_is, sent_json
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.exchange import Exchange, exchange
from greenroom.simulators.core.hosts import matches
from greenroom.simulators.core.store import Record

LATEST = 13
VERSION = f"4.0.{LATEST}"
API = "/api/v4"
ENTRIES = f"{API}/calendar_entries"


def blueprint() -> Blueprint:
    """Return Clio's routes. Each path of the API exists with and without ``.json``."""
    routes = Blueprint("clio", __name__)
    oauth.add(routes)
    api = Blueprint("api", __name__)
    api.before_request(authenticate)
    for place, (method, path, view) in enumerate(_ROUTES):
        suffixes = ("",) if path.endswith(">") else ("", ".json")
        for suffix in suffixes:
            api.add_url_rule(API + path + suffix, f"{view.__name__}{place}{suffix[1:]}", view, methods=[method])
    for name in UNSIMULATED:
        for path in (f"{API}/{name}", f"{API}/{name}.json", f"{API}/{name}/<path:rest>"):
            api.add_url_rule(path, f"unsimulated {path}".replace(".", "_"), unsimulated, methods=METHODS)
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


def classify(now: Exchange) -> None:
    """Note what a request would do to which entry."""
    arguments = request.view_args or {}
    for name in arguments:
        arguments[name] = arguments[name].removesuffix(".json")
    if "entry" in arguments:
        operation = {"GET": "read", "PATCH": "update", "DELETE": "cancel"}.get(request.method, "other")
        now.classify(operation, arguments["entry"])
    elif now.path.startswith(oauth.BASE):
        now.classify("other")  # a log-in writes nothing, whatever strikes it before it is looked at


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
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        sent: Any = {"data": {key[5:-1]: value for key, value in request.form.items() if key.startswith("data[")}}
    else:
        sent = sent_json() if media_is() else None
    if not isinstance(sent, Mapping) or not isinstance(sent.get("data"), Mapping):
        msg = "the body must be a JSON object with a 'data' object in it"
        raise BadRequest(msg)
    data: Mapping[str, Any] = sent["data"]
    return data


def _wanted(shape: fields.Shape) -> fields.Wanted:
    return shape.parse(request.args.get("fields"))


def _single(record: Record, shape: fields.Shape, status: int = 200) -> Response:
    if status == 200 and request.method == "GET" and conditions.unchanged(record, request.headers):
        return Response(status=304, headers={"ETag": record["etag"]})
    return render.single(record, _wanted(shape), exchange().person.timezone, status)


def _list(records: list[Record], shape: fields.Shape, most: int = 200) -> Response:
    wanted = _wanted(shape)
    page = paging.page(records, request.args, request.base_url, most=most)
    data = [render.pick(record, wanted, exchange().person.timezone) for record in page.records]
    return render.answer({"data": data, "meta": page.meta})


def unsimulated(rest: str = "") -> Response:  # noqa: ARG001
    """Say that Clio has this, and the fake has not.

    Raises:
        Unsimulated: always.

    """
    exchange().classify("other" if request.method == "GET" else "write")
    raise Unsimulated(f"{request.method} {request.path.removesuffix('.json')}")


def list_entries() -> Response:
    """List the entries that the person may see."""
    return _list(filters.matching(rules.visible(exchange()), request.args), fields.ENTRY)


def show_entry(entry: str) -> Response:
    """Show an entry."""
    _wanted(fields.ENTRY)
    try:
        record = rules.show(exchange(), entry)
    except NotFoundError:
        exchange().shows = "absent"
        raise
    exchange().shows = "live"
    return _single(record, fields.ENTRY)


def create_entry() -> Response:
    """Make an entry."""
    exchange().classify("create")
    _wanted(fields.ENTRY)
    record = rules.create(exchange(), body())
    exchange().classify("create", record["id"])
    return _single(rules.seen_by(exchange().world, exchange().person, record), fields.ENTRY, 201)


def update_entry(entry: str) -> Response:
    """Change an entry."""
    _wanted(fields.ENTRY)
    record = rules.update(exchange(), entry, body(), request.headers.get("If-Match"))
    return _single(rules.seen_by(exchange().world, exchange().person, record), fields.ENTRY)


def delete_entry(entry: str) -> Response:
    """Delete an entry: 204, and gone for good."""
    rules.delete(exchange(), entry)
    response = Response(status=204)
    response.headers.pop("Content-Type", None)
    return response


def list_calendars() -> Response:
    """List the calendars that the person may see."""
    return _list(people.calendars(exchange(), request.args), fields.CALENDAR)


def list_users() -> Response:
    """List the firm's users."""
    return _list(people.users(exchange().world, request.args), fields.USER, 2000)


def who_am_i() -> Response:
    """Show the person whose token came."""
    return _single(people.user(exchange().world, exchange().person), fields.USER)


def list_contacts() -> Response:
    """List contacts."""
    return _list(people.contacts(exchange().world, request.args), fields.CONTACT)


def create_contact() -> Response:
    """Make a contact."""
    _wanted(fields.CONTACT)
    return _single(people.create_contact(exchange(), body()), fields.CONTACT, 201)


def show_contact(contact: str) -> Response:
    """Show a contact."""
    return _single(people.one_contact(exchange().world, contact), fields.CONTACT)


_ROUTES = (
    ("GET", "/calendar_entries", list_entries),
    ("POST", "/calendar_entries", create_entry),
    ("GET", "/calendar_entries/<entry>", show_entry),
    ("PATCH", "/calendar_entries/<entry>", update_entry),
    ("DELETE", "/calendar_entries/<entry>", delete_entry),
    ("GET", "/calendars", list_calendars),
    ("GET", "/users", list_users),
    ("GET", "/users/who_am_i", who_am_i),
    ("GET", "/contacts", list_contacts),
    ("POST", "/contacts", create_contact),
    ("GET", "/contacts/<contact>", show_contact),
)

METHODS = ("GET", "POST", "PATCH", "DELETE")
UNSIMULATED = (
    "activities",
    "activity_descriptions",
    "bank_accounts",
    "bank_transactions",
    "bill_themes",
    "bills",
    "calendar_entry_event_types",
    "calendars",
    "clio_payments",
    "communications",
    "conversation_messages",
    "conversations",
    "currencies",
    "custom_actions",
    "custom_field_sets",
    "custom_fields",
    "document_categories",
    "document_templates",
    "documents",
    "expense_categories",
    "folders",
    "grants",
    "groups",
    "jurisdictions",
    "line_items",
    "log_entries",
    "matter_dockets",
    "matter_stages",
    "matters",
    "my_events",
    "notes",
    "outstanding_client_balances",
    "practice_areas",
    "relationships",
    "reminders",
    "task_template_lists",
    "task_types",
    "tasks",
    "timers",
    "trust_requests",
    "users",
    "webhooks",
)
"""Resources of Clio's API v4 (its published description, 2026) of which the fake has nothing, or not all."""
