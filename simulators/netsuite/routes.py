"""NetSuite's record service over HTTP: parse, ask the rules, render."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Request, Response, request

from greenroom.simulators.core.hosts import meets
from greenroom.simulators.core.visit import Visit, visit
from greenroom.simulators.netsuite import render, rules, schema
from greenroom.simulators.netsuite.errors import InvalidContent, InvalidId, InvalidLogin, NonexistentId, UnknownType

RECORDS = "/services/rest/record/v1"
_ID = re.compile(r"-?[1-9][0-9]{0,9}")


def blueprint() -> Blueprint:
    """Return NetSuite's routes. The record's name is read in any case, a trailing slash is tolerated."""
    routes = Blueprint("netsuite", __name__)
    routes.before_app_request(options)
    routes.before_request(authenticate)
    for tail in ("", "/"):
        routes.add_url_rule(f"{RECORDS}/<kind>{tail}", f"create{tail}", create, methods=["POST"])
        one = f"{RECORDS}/<kind>/<key>{tail}"
        routes.add_url_rule(one, f"show{tail}", show, methods=["GET"])
        routes.add_url_rule(one, f"update{tail}", update, methods=["PATCH"])
        routes.add_url_rule(one, f"delete{tail}", delete, methods=["DELETE"])
    return routes


def credential(incoming: Request) -> str | None:
    """Return the bearer token of a request."""
    scheme, _, value = incoming.headers.get("Authorization", "").partition(" ")
    return value.strip() or None if scheme.lower() == "bearer" else None


def authenticate() -> None:
    """Let only a valid token of this account pass, and only to a record type that exists."""
    now = visit()
    kind, key = (request.view_args or {}).get("kind", ""), (request.view_args or {}).get("key")
    if key is not None and kind.lower() == "calendarevent":
        now.aims(_operation(), key)
    if now.credential != "valid" or now.token is None or not meets(request.host, now.token.host):
        raise InvalidLogin(now.world.account)
    if kind.lower() != "calendarevent":
        raise UnknownType(kind)
    if key is not None and not _ID.fullmatch(key):
        raise NonexistentId if key.startswith("eid:") else InvalidId(key, request.path)


def _operation() -> str:
    if request.method != "PATCH":
        return {"GET": "read", "DELETE": "delete"}.get(request.method, "other")
    sent = request.get_json(force=True, silent=True)
    fields = {name.lower(): value for name, value in sent.items()} if isinstance(sent, Mapping) else {}
    return "cancel" if _cancels(fields.get("status")) else "update"


def _cancels(status: Any) -> bool:
    if isinstance(status, Mapping):
        return status.get("id") == "CANCELLED" or status.get("refName") == "Canceled"
    return bool(status == "CANCELLED")


def finish(now: Visit, response: Response) -> None:
    """Add the headers that NetSuite's answers carry."""
    response.headers["X-N-OperationId"] = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{now.world.name}-{now.started}"))


def body() -> Mapping[str, Any]:
    """Return the request body, a JSON object whatever its media type.

    Raises:
        InvalidContent: no bytes, not JSON, or not an object.

    """
    sent = request.get_json(force=True, silent=True)
    if not isinstance(sent, Mapping):
        msg = "Error while accessing a resource. Invalid content in the request body. Provide a valid JSON object."
        raise InvalidContent(msg)
    return sent


def options() -> Response | None:
    """Answer OPTIONS on any path."""
    return Response(status=204) if request.method == "OPTIONS" else None


def show(kind: str, key: str) -> Response:  # noqa: ARG001
    """Show an event."""
    try:
        record = rules.show(visit(), key)
    except NonexistentId:
        visit().shows = "absent"
        raise
    visit().shows = "ended" if record["status"] == "CANCELLED" else "live"
    return render.event(visit().world, record)


def create(kind: str) -> Response:  # noqa: ARG001
    """Make an event: 204 and its ``Location``."""
    visit().aims("create")
    key, unknown = rules.create(visit(), body())
    visit().aims("create", key)
    return _written(key, unknown)


def update(kind: str, key: str) -> Response:  # noqa: ARG001
    """Change an event: 204 and its ``Location``."""
    replace = "attendee" in request.args.get("replace", "").split(",")
    return _written(key, rules.update(visit(), key, body(), replace=replace))


def delete(kind: str, key: str) -> Response:  # noqa: ARG001
    """Remove an event: 204."""
    rules.delete(visit(), key)
    return Response(status=204)


def _written(key: str, unknown: list[str]) -> Response:
    response = Response(status=204, content_type="application/json")
    response.headers["Location"] = f"https://{visit().world.api_host}{render.BASE}/{key}"
    if unknown:
        known = ", ".join(sorted(schema.NAMES.values()))
        response.headers["X-NetSuite-PropertyValidation"] = (
            f"Warning: unknown properties {', '.join(unknown)}; known ones are {known}"
        )
    return response
