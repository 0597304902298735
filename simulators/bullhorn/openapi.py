"""What the fake Bullhorn answers, in OpenAPI's words: the rows of ``routes`` refer to them."""

from collections.abc import Mapping

from greenroom.simulators.bullhorn import entities
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
from greenroom.simulators.core.rest.log_in import DECISION, PERSON

JSON = "application/json"
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
_LOG_IN_REFUSED = {
    **{status: content(JSON, ref("TokenError")) for status in ("400", "401")},
    **{status: _REFUSED[status] for status in ("413", "414")},
    **_TO_OTHERS,
}
_BACK: Part = {
    "responses": {"302": empty("back to the app"), **_LOG_IN_REFUSED},
    "parameters": query(TEXT, PERSON, DECISION),
}
_ISSUED = thing(
    ["access_token", "token_type", "expires_in", "refresh_token"],
    access_token=TEXT,
    token_type=TEXT,
    expires_in=WHOLE,
    refresh_token=TEXT,
)
_SESSION = thing(["BhRestToken", "restUrl"], BhRestToken=TEXT, restUrl=TEXT)
_INFO = thing(["oauthUrl", "restUrl"], oauthUrl=TEXT, restUrl=TEXT, superClusterId=WHOLE)


def _answers(schema: Part, **more: Part) -> Part:
    """Return an operation with this response."""
    return {"responses": {"200": content(JSON, schema), **more, **_REFUSED}}


OPERATIONS: Mapping[str, Part] = {
    "ping": _answers(thing(["sessionExpires"], sessionExpires=WHOLE)),
    "logout": _answers(thing(["logout"], logout=TEXT)),
    "entitlements": _answers(listing(TEXT)),
    "create": {"responses": _CHANGED, "body": _BODY},
    "show": {"responses": _SHOWN},
    "update": {"responses": _CHANGED, "body": _BODY},
    "delete": {"responses": _CHANGED},
    "showMany": {"responses": _LISTED},
    "query": {"responses": _LISTED},
    "queryAtLength": {"responses": _LISTED, "body": sent(thing(["where"], where=TEXT))},
    "authorize": _BACK,
    "authorizeByForm": _BACK,
    "token": {"responses": {"200": content(JSON, _ISSUED), **_LOG_IN_REFUSED}},
    **dict.fromkeys(("logIn", "logInByPost"), _answers(_SESSION, **_TO_OTHERS)),
    "logInInfo": _answers(_INFO),
}
"""The operations by name: their responses, and what the surface list does not have of their parameters and bodies."""
LOUD = content(JSON, ref("Error"), "Greenroom does not simulate this")
SCHEMAS = {
    "Error": thing(["errorMessage"], errorMessage=TEXT, errorMessageKey=TEXT, errorCode=WHOLE),
    "TokenError": thing(["error", "error_description"], error=TEXT, error_description=TEXT),
}
