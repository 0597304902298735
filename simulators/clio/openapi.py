"""What the fake Clio answers, as OpenAPI 3.1."""

from greenroom.simulators.clio.surface import SURFACE
from greenroom.simulators.core.describe import (
    FLAG,
    TEXT,
    WHOLE,
    Part,
    completed,
    content,
    document,
    empty,
    listing,
    operation,
    path,
    query,
    ref,
    sent,
    thing,
)
from greenroom.simulators.core.surface import SIMULATED

JSON = "application/json"
_REFUSED = {
    "400": content(JSON, ref("Error"), "fields, parameters or body cannot be read"),
    "401": content(JSON, ref("TokenError"), "no valid token of this region"),
    "403": content(JSON, ref("Error"), "not allowed"),
    "404": content(JSON, ref("Error"), "not found, or not to be known of"),
    "410": content(JSON, ref("Error"), "an API version that does not exist"),
    "413": content("text/html", TEXT, "the front end refuses a huge body"),
    "414": content("text/html", TEXT, "the front end refuses an endless address"),
    "429": content(JSON, ref("Error"), "too many requests this minute"),
}
_WRITE = {
    **_REFUSED,
    "412": content(JSON, ref("Error"), "If-Match differs"),
    "422": content(JSON, ref("Error"), "a bad value"),
}
_ONE = thing(["data"], data={"type": "object"})
_LISTED = thing(
    ["data", "meta"],
    data=listing({"type": "object"}),
    meta=thing(["paging", "records"], paging=thing([], next=TEXT, previous=TEXT), records=WHOLE),
)
_ENTRY = thing(
    [],
    summary=TEXT,
    description={"type": ["string", "null"]},
    location={"type": ["string", "null"]},
    start_at=TEXT,
    end_at=TEXT,
    all_day=FLAG,
    calendar_owner=thing(["id"], id=WHOLE),
    recurrence_rule={"type": ["string", "null"]},
    attendees=listing(thing(["id"], id=WHOLE, type=TEXT, _destroy=FLAG)),
    external_properties=listing(thing([], id=WHOLE, name=TEXT, value=TEXT, _destroy=FLAG)),
    matter={"type": ["object", "null"], "properties": {"id": WHOLE}},
)
_CUT = {"_deleted": {"enum": ["single", "future"]}}
_NEW_ENTRY = {**_ENTRY, "required": ["summary", "start_at", "end_at", "calendar_owner"]}
_SUBJECT: Part = {"subject": thing(["id", "type"], id=WHOLE, type={"enum": ["CalendarEntry", "Task"]})}
_REMINDER: Part = {
    "notification_method": thing(["id"], id=WHOLE),
    "duration_value": WHOLE,
    "duration_unit": {"enum": ["minutes", "hours", "days", "weeks"]},
}
_CONTACT = thing(
    ["name", "type"], name=TEXT, type={"enum": ["Person", "Company"]}, phone_numbers=listing(thing([], number=TEXT))
)


def _ids(*names: str) -> list[Part]:
    return query(listing(TEXT), *names)


_LISTS: dict[str, list[Part]] = {
    "calendar_entries": [*query(FLAG, "expanded", "visible", "has_court_rule", "is_all_day"), *_ids("ids[]")],
    "calendars": [*query(FLAG, "owner", "writeable", "visible", "filter_inactive_users"), *_ids("ids[]")],
    "users": [*query(FLAG, "enabled", "pending_setup", "include_co_counsel"), *_ids("ids[]")],
    "contacts": [*query(FLAG, "client_only", "clio_connect_only", "email_only"), *_ids("ids[]", "exclude_ids[]")],
    "calendar_entry_event_types": _ids("ids[]"),
    "reminders": _ids("ids[]"),
}
"""The parameters of lists that are no texts; the surface has the others."""
_BODIES: dict[str, tuple[Part, Part]] = {
    "calendar_entries": (_NEW_ENTRY, {**_ENTRY, "properties": {**_ENTRY["properties"], **_CUT}}),
    "contacts": (_CONTACT, {}),
    "calendar_entry_event_types": (thing(["name", "color"], name=TEXT, color=TEXT), thing([], name=TEXT, color=TEXT)),
    "reminders": (thing(["subject", "notification_method"], **_SUBJECT, **_REMINDER), thing([], **_REMINDER)),
}
"""What is sent to make, and to change, one."""


def _body(schema: Part) -> Part:
    return sent(thing(["data"], data=schema))


def _resource(name: str) -> dict[str, Part]:
    """Describe a resource: its list, and what is done to one of it, as far as the surface has it."""
    one, many = f"/api/v4/{name}/{{id}}", f"/api/v4/{name}"
    new, changed = _BODIES.get(name, ({}, {}))
    shown, made = {"200": content(JSON, _ONE), **_REFUSED}, {"201": content(JSON, _ONE), **_WRITE}
    unchanged = {"304": empty("the client's copy is still good")}
    verbs = {
        ("GET", many): operation(f"list {name}", _LISTS[name], {"200": content(JSON, _LISTED), **_REFUSED}),
        ("POST", many): operation(f"create {name}", [], made, _body(new)),
        ("GET", one): operation(f"show {name}", path("id"), {**shown, **unchanged}),
        ("PATCH", one): operation(f"update {name}", path("id"), {"200": content(JSON, _ONE), **_WRITE}, _body(changed)),
        ("DELETE", one): operation(f"delete {name}", path("id"), {"204": empty("gone for good"), **_REFUSED}),
    }
    found: dict[str, Part] = {}
    for (method, place), told in verbs.items():
        listed = SURFACE.at(method, place)
        if listed and listed.klass == SIMULATED:
            found.setdefault(f"{place}.json", {})[method.lower()] = told
    return found


def _written() -> dict[str, Part]:
    """Return what was written by hand: the surface adds the other names."""
    me = {"200": content(JSON, _ONE), "304": empty("the client's copy is still good"), **_REFUSED}
    found = {"/api/v4/users/who_am_i.json": {"get": operation("whoAmI", [], me)}, **_oauth()}
    for name in _LISTS:
        found |= _resource(name)
    return found


def _oauth() -> dict[str, Part]:
    form = "application/x-www-form-urlencoded"
    refused = {
        "400": content(JSON, ref("TokenError")),
        "401": content(JSON, ref("TokenError")),
        "413": _REFUSED["413"],
        "414": _REFUSED["414"],
    }
    asked = query(TEXT, "response_type", "client_id", "redirect_uri", "state", "redirect_on_decline", "as", "decision")
    grant = thing(
        [], grant_type=TEXT, code=TEXT, redirect_uri=TEXT, refresh_token=TEXT, client_id=TEXT, client_secret=TEXT
    )
    issued = thing(["access_token", "token_type", "expires_in"], access_token=TEXT, token_type=TEXT, expires_in=WHOLE)
    deauthorized = {"200": empty("revoked"), **refused}
    return {
        "/oauth/authorize": {"get": operation("authorize", asked, {"302": empty("back to the app"), **refused})},
        "/oauth/token": {"post": operation("token", [], {"200": content(JSON, issued), **refused}, sent(grant, form))},
        "/oauth/deauthorize": {"post": operation("deauthorize", [], deauthorized, sent(thing([], token=TEXT), form))},
    }


def describe() -> Part:
    """Return the description."""
    error = thing(["error"], error=thing(["type", "message"], type=TEXT, message=TEXT))
    token = thing(["error", "error_description"], error=TEXT, error_description=TEXT)
    loud = content(JSON, ref("Error"), "Greenroom does not simulate this")
    paths = completed(_written(), SURFACE, loud, ".json")
    return document("Fake Clio", paths, {"Error": error, "TokenError": token})
