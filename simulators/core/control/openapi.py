"""The control API's description, OpenAPI 3.1, made from its table of routes."""

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from greenroom.simulators.core.control.routes import FOLLOW, NEWS, ROUTES, Route

_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {"type": "string"},
        "field": {"type": "string", "description": "the part of the body that is refused, where it is one"},
    },
    "additionalProperties": False,
}


STREAMS = {
    FOLLOW: (
        "Follow the journal as server-sent events.",
        "event 'entry' for each; event 'reset' where the world is made anew, whose entries follow from its first",
    ),
    NEWS: (
        "Hear as server-sent events when something changes in a world.",
        "event 'news' at most five times a second, with numbers and names that differ where something changed",
    ),
}


def describe(crm: str, more: Sequence[Route] = ()) -> dict[str, Any]:
    """Return the description; ``more`` are routes beside those of every control API."""
    paths: dict[str, dict[str, Any]] = {}
    for route in (*ROUTES, *more):
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    for path, (summary, about) in STREAMS.items():
        stream = {"description": about, "content": {"text/event-stream": {"schema": {"type": "string"}}}}
        responses = {"200": stream, "default": _refused()}
        name = path.rpartition("/")[2]
        paths[path] = {
            "get": {
                "operationId": name, "summary": summary, "responses": responses, "parameters": _path_parameters(path)
            }
        }  # fmt: skip
    info = {"title": f"Greenroom control API of the fake {crm}", "version": version("greenroom")}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": {"Error": _ERROR}}}


def _operation(route: Route) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "done"}
    if route.success != 204:
        success["content"] = {"application/json": {"schema": dict(route.answer)}}
    about = " ".join((route.handler.__doc__ or "").split())
    operation: dict[str, Any] = {
        "operationId": route.handler.__name__,
        "summary": about,
        "parameters": [
            *_path_parameters(route.path),
            *({"name": n, "in": "query", "required": False, "schema": dict(s)} for n, s in route.query.items()),
        ],
        "responses": {str(route.success): success, "default": _refused()},
    }
    if route.body is not None:
        operation["requestBody"] = {"content": {"application/json": {"schema": dict(route.body)}}}
    return operation


def _path_parameters(path: str) -> list[dict[str, Any]]:
    names = re.findall(r"{(\w+)}", path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _refused() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Error"}
    return {"description": "refused, with a sentence", "content": {"application/json": {"schema": schema}}}
