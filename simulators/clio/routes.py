"""Clio over HTTP: parse, ask the rules, render."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Request, Response, request

from greenroom.simulators.clio import fields, limits, render, rules
from greenroom.simulators.clio.errors import BadRequest, ForbiddenError, InvalidToken, NotFoundError
from greenroom.simulators.core.hosts import meets
from greenroom.simulators.core.visit import Visit, visit

VERSION = "4.0.13"
ENTRIES = "/api/v4/calendar_entries"


def blueprint() -> Blueprint:
    """Return Clio's routes. Each path exists with and without ``.json``."""
    routes = Blueprint("clio", __name__)
    routes.before_request(authenticate)
    for suffix in ("", ".json"):
        routes.add_url_rule(f"{ENTRIES}{suffix}", f"create{suffix and '_json'}", create, methods=["POST"])
    routes.add_url_rule(f"{ENTRIES}/<entry>", view_func=show, methods=["GET"])
    routes.add_url_rule(f"{ENTRIES}/<entry>", view_func=update, methods=["PATCH"])
    routes.add_url_rule(f"{ENTRIES}/<entry>", view_func=delete, methods=["DELETE"])
    return routes


def credential(incoming: Request) -> str | None:
    """Return the bearer token of a request: only the ``Authorization`` header counts."""
    scheme, _, value = incoming.headers.get("Authorization", "").partition(" ")
    return value.strip() or None if scheme.lower() == "bearer" else None


def authenticate() -> None:
    """Let only a valid token of this region pass, and only so often a minute."""
    now = visit()
    _aim(now)
    if now.credential != "valid" or now.token is None or not meets(request.host, now.token.host):
        raise InvalidToken
    limits.count(now)
    if request.method == "GET" and now.person.rights.get("calendars") == "none":
        raise ForbiddenError


def _aim(now: Visit) -> None:
    if request.view_args is None or "entry" not in request.view_args:
        return
    name = request.view_args["entry"].removesuffix(".json")
    request.view_args["entry"] = name
    now.aims({"GET": "read", "PATCH": "update", "DELETE": "cancel"}.get(request.method, "other"), name)


def finish(now: Visit, response: Response) -> None:
    """Add the headers that every answer of Clio carries."""
    response.headers["X-Request-Id"] = f"{now.world.name}-{len(now.world.journal) + 1}"
    response.headers.extend(limits.headers(now))
    if response.status_code < 400:
        response.headers["X-API-VERSION"] = VERSION


def body() -> Mapping[str, Any]:
    """Return the ``data`` of a request body, sent as JSON.

    Raises:
        BadRequest: not JSON, or no ``data`` object in it.

    """
    sent = request.get_json(force=True, silent=True)
    if not isinstance(sent, Mapping) or not isinstance(sent.get("data"), Mapping):
        msg = "the body must be a JSON object with a 'data' object in it"
        raise BadRequest(msg)
    data: Mapping[str, Any] = sent["data"]
    return data


def _entry(record: Mapping[str, Any], status: int = 200) -> Response:
    wanted = fields.parse(request.args.get("fields"))
    response = render.answer(render.entry(record, wanted, visit().person.timezone), status)
    response.headers["ETag"] = record["etag"]
    return response


def show(entry: str) -> Response:
    """Show an entry."""
    fields.parse(request.args.get("fields"))
    try:
        record = rules.show(visit(), entry)
    except NotFoundError:
        visit().shows = "absent"
        raise
    visit().shows = "live"
    return _entry(record)


def create() -> Response:
    """Make an entry."""
    visit().aims("create")
    fields.parse(request.args.get("fields"))
    record = rules.create(visit(), body())
    visit().aims("create", record["id"])
    return _entry(record, 201)


def update(entry: str) -> Response:
    """Change an entry."""
    fields.parse(request.args.get("fields"))
    return _entry(rules.update(visit(), entry, body()))


def delete(entry: str) -> Response:
    """Delete an entry: 204, and gone for good."""
    rules.delete(visit(), entry)
    response = Response(status=204)
    response.headers.pop("Content-Type", None)
    return response
