"""What the fake Clio answers, as OpenAPI 3.1."""

from greenroom.simulators.core.describe import (
    FLAG,
    TEXT,
    WHOLE,
    Part,
    content,
    document,
    empty,
    header,
    listing,
    operation,
    path,
    query,
    ref,
    sent,
    thing,
)

JSON = "application/json"
_FIELDS = query(TEXT, "fields")
_VERSION = header(TEXT, "X-API-VERSION")
_PAGE = query(TEXT, "limit", "order", "page_token") + _FIELDS + _VERSION
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
_NEW_ENTRY = {**_ENTRY, "required": ["summary", "start_at", "end_at", "calendar_owner"]}
_CONTACT = thing(
    ["name", "type"], name=TEXT, type={"enum": ["Person", "Company"]}, phone_numbers=listing(thing([], number=TEXT))
)
_FILTERS = [
    *query(TEXT, "from", "to", "calendar_id", "query", "created_since", "updated_since", "matter_id", "source"),
    *query(TEXT, "external_property_name", "external_property_value", "visible", "expanded", "has_court_rule"),
    *query(TEXT, "is_all_day", "owner_entries_across_all_users"),
    {"name": "ids[]", "in": "query", "required": False, "schema": listing(TEXT)},
]


def _body(schema: Part) -> Part:
    return sent(thing(["data"], data=schema))


def _entries() -> dict[str, Part]:
    listed = operation("listEntries", _FILTERS + _PAGE, {"200": content(JSON, _LISTED), **_REFUSED})
    create = operation("createEntry", _FIELDS + _VERSION, {"201": content(JSON, _ONE), **_WRITE}, _body(_NEW_ENTRY))
    conditions = header(TEXT, "If-None-Match", "If-Modified-Since")
    unchanged = {"304": empty("the client's copy is still good")}
    entry = path("entry")
    show = operation(
        "showEntry", entry + _FIELDS + conditions + _VERSION, {"200": content(JSON, _ONE), **unchanged, **_REFUSED}
    )
    change = entry + _FIELDS + header(TEXT, "If-Match") + _VERSION
    update = operation("updateEntry", change, {"200": content(JSON, _ONE), **_WRITE}, _body(_ENTRY))
    delete = operation("deleteEntry", entry + _VERSION, {"204": empty("gone for good"), **_REFUSED})
    both = {"": {"get": listed, "post": create}, "/{entry}": {"get": show, "patch": update, "delete": delete}}
    return {f"/api/v4/calendar_entries{tail}.json": verbs for tail, verbs in both.items()}


def _others() -> dict[str, Part]:
    many = {"200": content(JSON, _LISTED), **_REFUSED}
    one = {"200": content(JSON, _ONE), "304": empty("the client's copy is still good"), **_REFUSED}
    return {
        "/api/v4/calendars.json": {
            "get": operation("listCalendars", query(TEXT, "owner", "writeable", "visible", "type") + _PAGE, many)
        },
        "/api/v4/users.json": {"get": operation("listUsers", query(TEXT, "enabled") + _PAGE, many)},
        "/api/v4/users/who_am_i.json": {"get": operation("whoAmI", _FIELDS + _VERSION, one)},
        "/api/v4/contacts.json": {
            "get": operation("listContacts", query(TEXT, "query") + _PAGE, many),
            "post": operation(
                "createContact", _FIELDS + _VERSION, {"201": content(JSON, _ONE), **_WRITE}, _body(_CONTACT)
            ),
        },
        "/api/v4/contacts/{contact}.json": {"get": operation("showContact", path("contact") + _FIELDS + _VERSION, one)},
    }


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
    return document("Fake Clio", {**_entries(), **_others(), **_oauth()}, {"Error": error, "TokenError": token})
