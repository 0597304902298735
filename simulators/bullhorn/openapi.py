"""What the fake Bullhorn answers, as OpenAPI 3.1."""

from greenroom.simulators.bullhorn import entities
from greenroom.simulators.bullhorn.places import SERVICES
from greenroom.simulators.bullhorn.surface import SURFACE
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

JSON = "application/json"
_CORP = [{**path("corp")[0], "schema": {**TEXT, "pattern": "^e[1-9][0-9]{6}$"}}]
_ENTITY = [*_CORP, {**path("entity")[0], "schema": {"enum": list(entities.ENTITIES)}}]
_KEY = [*_ENTITY, *path("key")]
_REFUSED = {
    "400": content(JSON, ref("Error"), "fields, a condition, parameters or a body cannot be read, or are refused"),
    "401": content(JSON, ref("Error"), "the session is over"),
    "403": content(JSON, ref("Error"), "an entitlement is missing"),
    "404": content(JSON, ref("Error"), "not found, or not to be known of"),
    "410": content(JSON, ref("Error"), "deleted, where a switch has it so"),
    "412": content(JSON, ref("Error"), "no session came"),
    "413": content(JSON, ref("Error"), "a huge body"),
    "414": content(JSON, ref("Error"), "an endless address"),
    "429": content(JSON, ref("Error"), "too many calls this minute"),
    "501": content(JSON, ref("Error"), "Greenroom does not simulate this"),
}
_TO_OTHERS = {"307": empty("the account is in another data centre")}
_SHOWN = {"200": content(JSON, thing(["data"], data={"type": ["object", "array"]})), **_REFUSED}
_LISTED = {
    "200": content(JSON, thing([], data=listing({"type": "object"}), start=WHOLE, count=WHOLE, total=WHOLE)),
    **_REFUSED,
}
_CHANGED = {
    "200": content(
        JSON,
        thing(
            ["changedEntityType", "changedEntityId", "changeType"],
            changedEntityType=TEXT,
            changedEntityId=WHOLE,
            changeType={"enum": ["INSERT", "UPDATE", "DELETE"]},
        ),
    ),
    **_REFUSED,
}
_REFERENCE = thing(["id"], id=WHOLE)
_SCHEMAS: dict[str, Part] = {
    entities.TEXT: TEXT,
    entities.WHOLE: WHOLE,
    entities.MOMENT: WHOLE,
    entities.FLAG: FLAG,
    entities.ONE: _REFERENCE,
}


def _written(name: str) -> dict[str, Part]:
    """Return what can be written of an entity."""
    known = entities.ENTITIES[name].fields.values()
    return {field.name: _SCHEMAS[field.kind] for field in known if field.kind in _SCHEMAS and not field.read_only}


_BODY = sent(thing([], **(_written("Appointment") | _written("AppointmentAttendee"))))


def _calls() -> dict[str, Part]:
    api = f"{SERVICES}/{{corp}}"
    one = f"{api}/entity/{{entity}}/{{key}}"
    pong = {"200": content(JSON, thing(["sessionExpires"], sessionExpires=WHOLE)), **_REFUSED}
    out = {"200": content(JSON, thing(["logout"], logout=TEXT)), **_REFUSED}
    rights = {"200": content(JSON, listing(TEXT)), **_REFUSED}
    asked = sent(thing(["where"], where=TEXT))
    return {
        f"{api}/ping": {"get": operation("ping", _CORP, pong)},
        f"{api}/logout": {"get": operation("logout", _CORP, out)},
        f"{api}/entitlements/{{entity}}": {"get": operation("entitlements", _ENTITY, rights)},
        f"{api}/entity/{{entity}}": {"put": operation("create", _ENTITY, _CHANGED, _BODY)},
        one: {
            "get": operation("show", _KEY, _SHOWN),
            "post": operation("update", _KEY, _CHANGED, _BODY),
            "delete": operation("delete", _KEY, _CHANGED),
        },
        f"{one}/{{many}}": {"get": operation("show many", [*_KEY, *path("many")], _LISTED)},
        f"{api}/query/{{entity}}": {
            "get": operation("query", _ENTITY, _LISTED),
            "post": operation("query at length", _ENTITY, _LISTED, asked),
        },
    }


def _log_in() -> dict[str, Part]:
    refused = {
        **{status: content(JSON, ref("TokenError")) for status in ("400", "401")},
        **{status: _REFUSED[status] for status in ("413", "414", "501")},
        **_TO_OTHERS,
    }
    fake_only = query(TEXT, "as", "decision")
    back = {"302": empty("back to the app"), **refused}
    issued = thing(
        ["access_token", "token_type", "expires_in", "refresh_token"],
        access_token=TEXT,
        token_type=TEXT,
        expires_in=WHOLE,
        refresh_token=TEXT,
    )
    session = {"200": content(JSON, thing(["BhRestToken", "restUrl"], BhRestToken=TEXT, restUrl=TEXT))}
    opened = {**session, **_TO_OTHERS, **_REFUSED}
    told = thing(["oauthUrl", "restUrl"], oauthUrl=TEXT, restUrl=TEXT, superClusterId=WHOLE)
    return {
        "/oauth/authorize": {
            "get": operation("authorize", fake_only, back),
            "post": operation("authorize by form", fake_only, back),
        },
        "/oauth/token": {"post": operation("token", [], {"200": content(JSON, issued), **refused})},
        f"{SERVICES}/login": {
            "get": operation("log in", [], opened),
            "post": operation("log in by POST", [], opened),
        },
        f"{SERVICES}/loginInfo": {"get": operation("log-in info", [], {"200": content(JSON, told), **_REFUSED})},
    }


def describe() -> Part:
    """Return the description."""
    error = thing(["errorMessage"], errorMessage=TEXT, errorMessageKey=TEXT, errorCode=WHOLE)
    token = thing(["error", "error_description"], error=TEXT, error_description=TEXT)
    loud = content(JSON, ref("Error"), "Greenroom does not simulate this")
    paths = completed({**_log_in(), **_calls()}, SURFACE, loud)
    return document("Fake Bullhorn", paths, {"Error": error, "TokenError": token})
