"""What the fake NetSuite answers, as OpenAPI 3.1."""

from greenroom.simulators.core.describe import (
    FLAG,
    TEXT,
    WHOLE,
    Part,
    completed,
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
from greenroom.simulators.netsuite import schema
from greenroom.simulators.netsuite.surface import SURFACE

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


def _records() -> dict[str, Part]:
    base, refused = "/services/rest/record/v1/calendarEvent", {**_ACCEPTED, **_REFUSED}
    written = {"204": empty("done, with Location"), **refused}
    many, one = {"200": content(TYPE, _COLLECTION), **refused}, {"200": content(TYPE, _RECORD), **refused}
    key, body = path("key"), sent(_event(), JSON)
    listed = query(TEXT, "q", "ids", "expandRecords") + _PAGE + _LATER
    made = query(TEXT, "replace") + _VALIDATION + _LATER
    verbs = {
        "get": operation("showEvent", key + _VIEW, one),
        "patch": operation("updateEvent", key + _REPLACE, written, body),
        "put": operation("upsertEvent", key + _REPLACE, written, body),
        "delete": operation("deleteEvent", key + _LATER, {"204": empty("gone"), **refused}),
    }
    return {
        base: {"get": operation("listEvents", listed, many), "post": operation("createEvent", made, written, body)},
        f"{base}/{{key}}": verbs,
        f"{base}/{{key}}/attendee": {
            "get": operation("listAttendees", key + _PAGE + query(TEXT, "simpleEnumFormat"), many)
        },
        f"{base}/{{key}}/attendee/{{line}}": {
            "get": operation("showAttendee", path("key", "line") + query(TEXT, "simpleEnumFormat"), one)
        },
    }


def _jobs() -> dict[str, Part]:
    links = {"links": listing(thing(["rel", "href"], rel=TEXT, href=TEXT))}
    state = thing(["links", "completed", "id", "progress"], **links, completed=FLAG, id=TEXT, progress=TEXT)
    known, tasks = {"200": content(JSON, state), **_REFUSED}, {"200": content(JSON, _COLLECTION), **_REFUSED}
    result = {"200": content(TYPE, {"type": "object"}), "204": empty("done, with Location"), **_REFUSED}
    base, task = "/services/rest/async/v1/job/{job}", path("job", "task")
    return {
        base: {"get": operation("showJob", path("job"), known)},
        f"{base}/task": {"get": operation("listTasks", path("job"), tasks)},
        f"{base}/task/{{task}}": {"get": operation("showTask", task, known)},
        f"{base}/task/{{task}}/result": {"get": operation("showResult", task, result)},
    }


def _services() -> dict[str, Part]:
    prefer = header(TEXT, "Prefer")
    asked = sent(thing(["q"], q=TEXT, params={"type": "array"}))
    suiteql = operation("suiteql", prefer + _PAGE, {"200": content(TYPE, _COLLECTION), **_REFUSED}, asked)
    refused = {status: content(JSON, ref("RestletError")) for status in ("400", "401")}
    answers = {"200": content(JSON, {"type": "object"}), **refused, **{s: _REFUSED[s] for s in ("413", "414")}}
    names = query(TEXT, "script", "deploy", "startDate", "endDate", "page", "pageSize")
    permissions = sent(thing([], requiredPermissions=listing(TEXT)))
    restlets = {
        "get": operation("restlet", names, answers),
        "post": operation("restletPost", query(TEXT, "script", "deploy"), answers, permissions),
    }
    return {"/services/rest/query/v1/suiteql": {"post": suiteql}, "/app/site/hosting/restlet.nl": restlets}


def _oauth() -> dict[str, Part]:
    refused = {s: content(JSON, ref("TokenError")) for s in ("400", "401")} | {s: _REFUSED[s] for s in ("413", "414")}
    asked = query(TEXT, "response_type", "client_id", "redirect_uri", "state", "scope", "as", "decision")
    asked += query(TEXT, "code_challenge", "code_challenge_method")
    grant = sent(
        thing([], **dict.fromkeys(_GRANT, TEXT)),
        "application/x-www-form-urlencoded",
    )
    issued = thing(["access_token", "token_type", "expires_in"], access_token=TEXT, token_type=TEXT, expires_in=TEXT)
    revoked = sent(thing([], token=TEXT), "application/x-www-form-urlencoded")
    base = "/services/rest/auth/oauth2/v1"
    return {
        "/app/login/oauth2/authorize.nl": {
            "get": operation("authorize", asked, {"302": empty("back to the app"), **refused})
        },
        f"{base}/token": {"post": operation("token", [], {"200": content(JSON, issued), **refused}, grant)},
        f"{base}/revoke": {"post": operation("revoke", [], {"200": empty("revoked"), **refused}, revoked)},
    }


def describe() -> Part:
    """Return the description."""
    detail = thing(["detail", "o:errorCode"], detail=TEXT, **{"o:errorCode": TEXT})
    details = {"o:errorDetails": listing(detail)}
    error = thing(["type", "title", "status", "o:errorDetails"], type=TEXT, title=TEXT, status=WHOLE, **details)
    restlet = thing(["error"], error=thing(["code", "message"], code=TEXT, message=TEXT))
    schemas = {"Error": error, "RestletError": restlet, "TokenError": thing(["error"], error=TEXT)}
    written = {**_records(), **_jobs(), **_services(), **_oauth()}
    loud = content(TYPE, ref("Error"), "Greenroom does not simulate this")
    return document("Fake NetSuite", completed(written, SURFACE, loud), schemas)
