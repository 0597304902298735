"""What the fake NetSuite answers, in OpenAPI's words: the rows of ``routes`` refer to them."""

from collections.abc import Mapping

from greenroom.simulators.core.describe import (
    FLAG,
    TEXT,
    WHOLE,
    Part,
    content,
    empty,
    header,
    listing,
    query,
    ref,
    sent,
    thing,
)
from greenroom.simulators.netsuite import schema

JSON = "application/json"
TYPE = "application/vnd.oracle.resource+json"
_ERRORS = ("400", "401", "403", "404", "405", "413", "414", "415", "429")
_REFUSED = {status: content(TYPE, ref("Error"), "refused, with o:errorDetails") for status in _ERRORS}
_NULLABLE: Part = {"type": ["string", "null"]}
_VALIDATION = header(TEXT, "X-NetSuite-PropertyNameValidation", "X-NetSuite-PropertyValueValidation")
_LATER = header(TEXT, "Prefer", "X-NetSuite-Idempotency-Key")
_REPLACE = query(TEXT, "replace", "replaceSelectedFields") + _VALIDATION + _LATER
_ACCEPTED = {"202": empty("queued, with Preference-Applied and the Location of a job")}
_VIEW = query(TEXT, "fields", "expandSubResources", "simpleEnumFormat") + _LATER
_PAGE = query(TEXT, "limit", "offset")
_GRANT = ("grant_type", "code", "redirect_uri", "refresh_token", "client_assertion_type", "client_assertion",
    "code_verifier")  # fmt: skip
_COLLECTION = thing(
    ["links", "count", "hasMore", "items", "offset", "totalResults"],
    links=listing(thing(["rel", "href"], rel=TEXT, href=TEXT)),
    count=WHOLE,
    hasMore=FLAG,
    items=listing({"type": "object"}),
    offset=WHOLE,
    totalResults=WHOLE,
)
_RECORD = thing(["links"], links=listing({"type": "object"}), id=TEXT, title=TEXT, startDate=TEXT)


def _event() -> Part:
    """Return the schema of a body: every field with the forms that are read."""
    enums = {
        name: {"anyOf": [{"enum": list(values)}, thing(["id"], id={"enum": list(values)})]}
        for name, values in schema.ENUMS.items()
    }
    texts: dict[str, Part] = dict.fromkeys((*schema.TEXTS, "startDate"), _NULLABLE)
    times: dict[str, Part] = {
        name: {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"} for name in ("startTime", "endTime")
    }
    line = thing(["attendee"], attendee=thing(["id"], id=TEXT))
    flags = dict.fromkeys(schema.FLAGS, FLAG)
    return thing([], **enums, **texts, **times, **flags, attendee=thing(["items"], items=listing(line)))


_DONE = {**_ACCEPTED, **_REFUSED}
_WRITTEN = {"204": empty("done, with Location"), **_DONE}
_GONE = {"204": empty("gone"), **_DONE}
_MANY, _SHOWN = {"200": content(TYPE, _COLLECTION), **_DONE}, {"200": content(TYPE, _RECORD), **_DONE}
_BODY = sent(_event(), JSON)
_LISTED = query(TEXT, "q", "ids", "expandRecords") + _PAGE + _LATER
_MADE = query(TEXT, "replace") + _VALIDATION + _LATER
_SIMPLE = query(TEXT, "simpleEnumFormat")
_LINKS = {"links": listing(thing(["rel", "href"], rel=TEXT, href=TEXT))}
_STATE = thing(["links", "completed", "id", "progress"], **_LINKS, completed=FLAG, id=TEXT, progress=TEXT)
_KNOWN, _TASKS = {"200": content(JSON, _STATE), **_REFUSED}, {"200": content(JSON, _COLLECTION), **_REFUSED}
_RESULT = {"200": content(TYPE, {"type": "object"}), "204": empty("done, with Location"), **_REFUSED}
_ROWS = {"200": content(TYPE, _COLLECTION), **_REFUSED}
_QUERY = sent(thing(["q"], q=TEXT, params={"type": "array"}))
_HUGE = {status: _REFUSED[status] for status in ("413", "414")}
_RESTLET = {
    "200": content(JSON, {"type": "object"}),
    **{status: content(JSON, ref("RestletError")) for status in ("400", "401")},
    **_HUGE,
}
_SCRIPT = ("script", "deploy")
_PERMISSIONS = sent(thing([], requiredPermissions=listing(TEXT)))
FORM = "application/x-www-form-urlencoded"
_NO_TOKEN = {**{status: content(JSON, ref("TokenError")) for status in ("400", "401")}, **_HUGE}
_ASKED = ("response_type", "client_id", "redirect_uri", "state", "scope", "as", "decision", "code_challenge",
    "code_challenge_method")  # fmt: skip
_ISSUED = thing(["access_token", "token_type", "expires_in"], access_token=TEXT, token_type=TEXT, expires_in=TEXT)

OPERATIONS: Mapping[str, Part] = {
    "listEvents": {"parameters": _LISTED, "responses": _MANY},
    "createEvent": {"parameters": _MADE, "responses": _WRITTEN, "body": _BODY},
    "showEvent": {"parameters": _VIEW, "responses": _SHOWN},
    "updateEvent": {"parameters": _REPLACE, "responses": _WRITTEN, "body": _BODY},
    "upsertEvent": {"parameters": _REPLACE, "responses": _WRITTEN, "body": _BODY},
    "deleteEvent": {"parameters": _LATER, "responses": _GONE},
    "listAttendees": {"parameters": _PAGE + _SIMPLE, "responses": _MANY},
    "showAttendee": {"parameters": _SIMPLE, "responses": _SHOWN},
    "showJob": {"responses": _KNOWN},
    "listTasks": {"responses": _TASKS},
    "showTask": {"responses": _KNOWN},
    "showResult": {"responses": _RESULT},
    "suiteql": {"parameters": header(TEXT, "Prefer") + _PAGE, "responses": _ROWS, "body": _QUERY},
    "restlet": {
        "parameters": query(TEXT, *_SCRIPT, "startDate", "endDate", "page", "pageSize"),
        "responses": _RESTLET,
    },
    "restletPost": {"parameters": query(TEXT, *_SCRIPT), "responses": _RESTLET, "body": _PERMISSIONS},
    "authorize": {
        "parameters": query(TEXT, *_ASKED),
        "responses": {"302": empty("back to the app"), **_NO_TOKEN},
    },
    "token": {
        "responses": {"200": content(JSON, _ISSUED), **_NO_TOKEN},
        "body": sent(thing([], **dict.fromkeys(_GRANT, TEXT)), FORM),
    },
    "revoke": {"responses": {"200": empty("revoked"), **_NO_TOKEN}, "body": sent(thing([], token=TEXT), FORM)},
}
"""Each operation by its name, without its path: that is in ``routes``."""
LOUD = content(TYPE, ref("Error"), "Greenroom does not simulate this")
_DETAIL = thing(["detail", "o:errorCode"], detail=TEXT, **{"o:errorCode": TEXT})
_DETAILS = {"o:errorDetails": listing(_DETAIL)}
SCHEMAS = {
    "Error": thing(["type", "title", "status", "o:errorDetails"], type=TEXT, title=TEXT, status=WHOLE, **_DETAILS),
    "RestletError": thing(["error"], error=thing(["code", "message"], code=TEXT, message=TEXT)),
    "TokenError": thing(["error"], error=TEXT),
}
