"""The control API as one table, from which its routes and its description follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greenroom.simulators.core.control import adding, faults, handlers, views
from greenroom.simulators.core.control.handlers import Handler

Schema = Mapping[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "string", "pattern": "^[0-9]{1,9}$", "description": "a whole number"}
TEXTS: Schema = {"type": "object", "additionalProperties": {"type": "string"}}


@dataclass(frozen=True)
class Route:
    """One route: how it is asked, who handles it, what its query and its body hold, how a success is answered.

    ``answer`` is the schema of a success's body.
    """

    method: str
    path: str
    handler: Handler
    success: int = 200
    query: Mapping[str, Schema] = field(default_factory=dict)
    body: Schema | None = None
    answer: Schema = field(default_factory=dict)


def thing(required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """Return the schema of an object with these properties and no others."""
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


_FILTER = dict.fromkeys(("method", "operation", "record", "person"), TEXT)
_JOURNAL = {**_FILTER, "status": NUMBER, "since": NUMBER, "limit": NUMBER}
_PAGE = {"text": TEXT, "offset": NUMBER, "limit": NUMBER}
_SECONDS: Schema = {"type": "number", "minimum": -1e9, "maximum": 1e9}
_LIFETIME: Schema = {"type": "number", "minimum": 0, "maximum": 1e9}
_NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 60, "pattern": "^[\\w.-]+$"}
_RETRY_AFTER: Schema = {
    "type": ["integer", "string"],
    "minimum": 0,
    "maximum": 3600,
    "pattern": "^date\\+[0-9]{1,4}$",
    "description": "whole seconds, or date+SECONDS: an HTTP date that is so far away",
}
_FAULT = {
    **thing(
        ("fault",),
        fault=TEXT,
        value=TEXT,
        stage=TEXT,
        on=TEXT,
        times={"type": "integer", "minimum": 1, "maximum": 1000},
        skip={"type": "integer", "minimum": 0, "maximum": 1000},
        after=TEXT,
        retryAfter=_RETRY_AFTER,
    ),
    "example": {"fault": "status", "value": "503", "stage": "after-commit", "on": "cancel", "times": 2},
}
_APPOINTMENT = {
    **thing(
        ("title", "start"),
        title={"type": "string", "maxLength": 10_000},
        start={"type": "string", "description": "ISO 8601; without a time zone it is in UTC"},
        minutes={"type": "integer", "minimum": 1, "maximum": 525_600, "default": 30},
        user={"type": "string", "description": "the role of the person who adds it", "default": "owner"},
        status={"type": "string", "description": "one of the statuses that /health names", "default": ""},
        description={"type": "string", "maxLength": 100_000, "default": ""},
    ),
    "example": {"title": "Deposition", "start": "2027-03-02T09:30:00-08:00", "minutes": 60},
}
_STORAGE: Schema = {
    "description": "the state file, and why it cannot be written at present; null without --state",
    "anyOf": [thing(("file", "problem"), file=TEXT, problem={"type": ["string", "null"]}), {"type": "null"}],
}
_HEALTH = {
    "type": "object",
    "required": ["crm", "title", "greenroom", "current", "worlds", "url", "storage"],
    "properties": {"crm": TEXT, "title": TEXT, "greenroom": TEXT, "current": TEXT, "storage": _STORAGE},
}
_WORLD = "/worlds/{world}"
_RECORD = _WORLD + "/records/{table}/{id}"

ROUTES: tuple[Route, ...] = (
    Route("GET", "/health", handlers.health, answer=_HEALTH),
    Route("GET", "/switches", handlers.switches),
    Route("GET", "/vendor/openapi.json", handlers.vendor_openapi),
    Route("GET", "/worlds", handlers.list_worlds),
    Route("POST", "/worlds", handlers.create_world, 201, body=thing(site=TEXT, switches=TEXTS)),
    Route("GET", _WORLD, handlers.show_world),
    Route("DELETE", _WORLD, handlers.delete_world, 204),
    Route("POST", _WORLD + "/enter", handlers.enter_world),
    Route("POST", _WORLD + "/reset", handlers.reset_world),
    Route("GET", _WORLD + "/document", handlers.save_world),
    Route("PUT", "/document", handlers.load_world, body={"type": "object"}),
    Route("PATCH", _WORLD + "/switches", handlers.flip, body=TEXTS),
    Route("GET", _WORLD + "/clock", handlers.show_clock),
    Route(
        "PATCH",
        _WORLD + "/clock",
        handlers.set_clock,
        body=thing(
            advance=_SECONDS, freeze={"type": ["string", "boolean"], "not": {"const": False}}, run={"const": True}
        ),
    ),
    Route("GET", _WORLD + "/users", handlers.list_users),
    Route(
        "POST",
        _WORLD + "/users",
        handlers.create_user,
        201,
        body=thing(("role",), role=_NAME, name=TEXT, email=TEXT, rights=TEXTS),
    ),
    Route("POST", _WORLD + "/users/{role}/tokens", handlers.log_in, 201, body=thing(lifetime=_LIFETIME)),
    Route("POST", _WORLD + "/users/{role}/expire", handlers.expire, 204),
    Route("POST", _WORLD + "/users/{role}/revoke", handlers.revoke, 204),
    Route("GET", _WORLD + "/records/{table}", handlers.list_records, query={"offset": NUMBER, "limit": NUMBER}),
    Route("POST", _WORLD + "/records/{table}", handlers.create_record, 201, body={"type": "object"}),
    Route("GET", _RECORD, handlers.show_record),
    Route("PATCH", _RECORD, handlers.edit_record, body={"type": "object"}),
    Route("DELETE", _RECORD, handlers.delete_record, 204),
    Route("POST", _RECORD + "/cancel", handlers.cancel_record),
    Route("GET", "/faults", faults.catalogue),
    Route("GET", _WORLD + "/faults", faults.listed),
    Route("POST", _WORLD + "/faults", faults.arm, 201, body=_FAULT),
    Route("DELETE", _WORLD + "/faults", faults.disarm_all, 204),
    Route("DELETE", _WORLD + "/faults/{number}", faults.disarm, 204),
    Route("GET", _WORLD + "/journal", handlers.show_journal, query=_JOURNAL),
    Route("GET", _WORLD + "/journal.har", handlers.show_har, query=_JOURNAL),
    Route("GET", _WORLD + "/journal/rows", views.list_rows, query={**_JOURNAL, **_PAGE}),
    Route("GET", _WORLD + "/journal/{seq}", handlers.show_entry),
    Route("GET", _WORLD + "/calendar", views.list_appointments, query=_PAGE),
    Route("POST", _WORLD + "/calendar", adding.create_appointment, 201, body=_APPOINTMENT),
    Route("GET", _WORLD + "/calendar/{id}", views.show_appointment),
    Route("GET", _WORLD + "/days/{day}", views.show_day),
)
FOLLOW = _WORLD + "/journal/follow"
"""Server-sent events: ``entry`` as each comes, ``reset`` before a world begins anew; the stream ends with its world."""
NEWS = _WORLD + "/news"
"""Server-sent events: ``news``, numbers that differ when something changed in the world; the stream ends with it."""
