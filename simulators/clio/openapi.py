"""What the fake Clio answers, in OpenAPI's words: the rows of ``routes`` refer to them."""

from greenroom.simulators.clio.entry import ENTRY
from greenroom.simulators.core.describe import (
    FLAG,
    TEXT,
    WHOLE,
    Part,
    content,
    empty,
    listing,
    query,
    ref,
    sent,
    thing,
)

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
    **ENTRY.described,
    calendar_owner=thing(["id"], id=WHOLE),
    attendees=listing(thing(["id"], id=WHOLE, type=TEXT, _destroy=FLAG)),
    external_properties=listing(thing([], id=WHOLE, name=TEXT, value=TEXT, _destroy=FLAG)),
    matter={"type": ["object", "null"], "properties": {"id": WHOLE}},
)
_CUT = {"_deleted": {"enum": ["single", "future"]}}
_NEW_ENTRY = {**_ENTRY, "required": [*ENTRY.needed, "calendar_owner"]}
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


def many(name: str) -> Part:
    """Describe the list of a resource."""
    responses = {"200": content(JSON, _LISTED), **_REFUSED}
    return {"name": f"list {name}", "parameters": _LISTS[name], "responses": responses}


def made(name: str) -> Part:
    """Describe how one is made."""
    return {"name": f"create {name}", "responses": {"201": content(JSON, _ONE), **_WRITE}, "body": _body(name, 0)}


def one(name: str, called: str = "") -> Part:
    """Describe how one is shown."""
    unchanged = {"304": empty("the client's copy is still good")}
    return {"name": called or f"show {name}", "responses": {"200": content(JSON, _ONE), **_REFUSED, **unchanged}}


def changed(name: str) -> Part:
    """Describe how one is changed."""
    return {"name": f"update {name}", "responses": {"200": content(JSON, _ONE), **_WRITE}, "body": _body(name, 1)}


def removed(name: str) -> Part:
    """Describe how one is removed."""
    return {"name": f"delete {name}", "responses": {"204": empty("gone for good"), **_REFUSED}}


def _body(name: str, place: int) -> Part:
    return sent(thing(["data"], data=_BODIES[name][place]))


FORM = "application/x-www-form-urlencoded"
_OAUTH_REFUSED = {
    "400": content(JSON, ref("TokenError")),
    "401": content(JSON, ref("TokenError")),
    "413": _REFUSED["413"],
    "414": _REFUSED["414"],
}
_ISSUED = thing(["access_token", "token_type", "expires_in"], access_token=TEXT, token_type=TEXT, expires_in=WHOLE)
_GRANT = ("grant_type", "code", "redirect_uri", "refresh_token", "client_id", "client_secret")
_ASKED = ("response_type", "client_id", "redirect_uri", "state", "redirect_on_decline", "as", "decision")

AUTHORIZE: Part = {
    "name": "authorize",
    "parameters": query(TEXT, *_ASKED),
    "responses": {"302": empty("back to the app"), **_OAUTH_REFUSED},
}
TOKEN: Part = {
    "name": "token",
    "responses": {"200": content(JSON, _ISSUED), **_OAUTH_REFUSED},
    "body": sent(thing([], **dict.fromkeys(_GRANT, TEXT)), FORM),
}
DEAUTHORIZE: Part = {
    "name": "deauthorize",
    "responses": {"200": empty("revoked"), **_OAUTH_REFUSED},
    "body": sent(thing([], token=TEXT), FORM),
}
LOUD = content(JSON, ref("Error"), "Greenroom does not simulate this")
SCHEMAS = {
    "Error": thing(["error"], error=thing(["type", "message"], type=TEXT, message=TEXT)),
    "TokenError": thing(["error", "error_description"], error=TEXT, error_description=TEXT),
}
