"""The form of the result: App Connect accepts it as published, and it matches the documentation."""

import re

from greenroom.contracts import schemas
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Problem, Source, clause, quote, reason, runtime
from greenroom.contracts.clauses.ending import ended
from greenroom.contracts.clauses.toast import in_words
from greenroom.contracts.interfaces.interface import PAGE

_CORE = "packages/core/handlers/appointment.ts"
_ERRORS = "docs/developers/errors.md"
KNOWN_TYPES = ("success", "warning", "error", "info")


def _ended(call: Call) -> str:
    return f"the call {ended(call)}; the user sees: {in_words(call.seen)}"


def _given(call: Call) -> str:
    return call.outcome.get("unrepresentable") or f"returned {call.value!r}"[:300]


@clause(
    "shape.returns",
    "A plain call returns a result",
    level="runtime",
    source=quote("result"),
    when=lambda call: call.plain,
)
def returns(call: Call) -> Problem | None:
    """Nothing stands in the way of a plain call, so the connector must return a result. After an error, a hang
    or a crash the user gets no response from it.

    Bad:
        throw new Error("not implemented");
    Good:
        return { successful: true, returnMessage: { message: "Cancelled", messageType: "success", ttl: 3000 } };
    """
    if call.returned:
        return None
    hint = {
        "timed-out": "set a time-out on every request, shorter than the deadline, and return a result when it fires",
        "crashed": "never end the process: it serves other users, too",
    }.get(call.kind, "return the result object; catch errors")
    return Problem("the interface returns a result", _ended(call), hint)


@clause(
    "shape.reaches-the-user",
    "The result of a plain call reaches the user",
    level="runtime",
    source=runtime(
        "The route validates its response. A response that does not validate becomes HTTP 400",
        "packages/core/index.ts",
    ),
    when=lambda call: call.plain and call.returned,
)
def reaches_the_user(call: Call) -> Problem | None:
    """App Connect checks the result after the CRM was changed. It refuses a success without a message or an
    appointment, and a failure without a message. The documentation calls the message optional; App Connect's code does
    not.

    Bad:
        return { successful: true };
    Good:
        return { successful: true, returnMessage: { message: "Cancelled", messageType: "success", ttl: 3000 } };
    """
    return _not_reaching(call)


@clause(
    "shape.refusal-reaches-the-user",
    "Every other result reaches the user, too",
    level="documented",
    source=runtime(
        "The route validates its response. A response that does not validate becomes HTTP 400",
        "packages/core/index.ts",
    ),
    when=lambda call: call.returned and not call.plain and not call.revokes,
)
def refusal_reaches_the_user(call: Call) -> Problem | None:
    """App Connect discards a result that does not validate. The user then sees HTTP 400 or a generic error instead of
    the connector's message. Whether a result may end the session is another question: see ``truth.no-wrong-logout``.

    Bad:
        return { successful: false };
    Good:
        return { successful: false, returnMessage: { message: "You may not cancel this appointment", messageType:
        "warning", ttl: 5000 } };
    """
    return _not_reaching(call)


def _not_reaching(call: Call) -> Problem | None:
    if call.seen["from"] == "connector":
        return None
    return Problem(
        "a result that App Connect passes on to the user",
        f"{_given(call)}; the user sees: {in_words(call.seen)}",
        "return {successful, returnMessage: {message, messageType, ttl}}, with ttl a whole number of milliseconds",
    )


@clause(
    "shape.documented",
    "The result has the documented form",
    level="documented",
    source=quote("successful"),
    when=lambda call: call.returned,
)
def documented(call: Call) -> Problem | None:
    """``successful`` is always present, and is a boolean. A return message is an object: ``message`` and
    ``messageType`` are text, ``ttl`` is a whole number.

    Bad:
        return { successful: "true" };
    Good:
        return { successful: true, returnMessage: { message: "Cancelled", messageType: "success", ttl: 3000 } };
    """
    wrong = call.outcome.get("unrepresentable") or schemas.problem(f"{call.interface.name}.result", call.value)
    if not wrong:
        return None
    return Problem(
        "the documented result", wrong, "always set successful to true or false; message types as documented"
    )


@clause(
    "shape.message-complete",
    "A return message has its three parts",
    level="documented",
    strength="should",
    source=quote("parts"),
    when=lambda call: bool(call.message),
)
def message_complete(call: Call) -> Problem | None:
    """App Connect shows a message without a type or a ttl by defaults. The connector does not control those defaults.

    Bad:
        returnMessage: { message: "Cancelled" }
    Good:
        returnMessage: { message: "Cancelled", messageType: "success", ttl: 3000 }
    """
    missing = [name for name in ("message", "messageType", "ttl") if name not in call.message]
    if not missing:
        return None
    return Problem("message, messageType and ttl", f"without {', '.join(missing)}", f"add {', '.join(missing)}")


@clause(
    "shape.known-message-type",
    "App Connect knows the message type",
    level="documented",
    strength="should",
    source=Source("quote", "new code uses error rather than danger", PAGE + _ERRORS),
    when=lambda call: isinstance(call.message.get("messageType"), str),
)
def known_message_type(call: Call) -> Problem | None:
    """App Connect shows any other type without the colour and the icon that the user knows.

    Bad:
        messageType: "danger"
    Good:
        messageType: "error"
    """
    kind = call.message["messageType"]
    if kind in KNOWN_TYPES:
        return None
    return Problem(f"one of {', '.join(KNOWN_TYPES)}", f"messageType {kind!r}", "use success, warning or error")


_SHOWN = {"appointment", "appointments", "appointmentId"}
"""What App Connect's panel shows, or words a message of its own for."""


@clause(
    "shape.says-something",
    "The message has words",
    level="documented",
    strength="should",
    source=reason("App Connect accepts an empty return message and shows an empty toast"),
    when=lambda call: (call.claims_success or call.claims_failure) and call.seen["from"] == "connector",
)
def says_something(call: Call) -> Problem | None:
    """An empty toast says nothing. The user cannot act on a refusal without a reason.

    Bad:
        returnMessage: { message: "", messageType: "warning", ttl: 5000 }
    Good:
        returnMessage: { message: "Clio did not find this appointment", messageType: "warning", ttl: 5000 }
    """
    text = call.seen["message"]
    if (isinstance(text, str) and text.strip()) or _SHOWN & set(call.value):
        return None
    return Problem("a message with words", f"message {text!r}", "describe in one sentence what happened")


_NOT_WORDS = re.compile(r"\b(?:undefined|null|NaN)\b|\[object \w+\]|</?[a-zA-Z][^>]*>")
"""What programs leave in a text instead of words. In some languages one of them is a word: so this is advice."""


@clause(
    "shape.readable-message",
    "The message is for people",
    level="documented",
    strength="should",
    source=Source(
        "quote",
        "return messages for permission, licensing, or CRM API failures that a user can act on",
        PAGE + _ERRORS,
    ),
    when=lambda call: call.seen["from"] == "connector" and isinstance(call.seen["message"], str),
)
def readable_message(call: Call) -> Problem | None:
    """A message must not say 'undefined', 'null' or '[object Object]', and holds no HTML: App Connect shows all of it.

    Bad:
        message: `${error.response?.data?.detail}`
    Good:
        message: error.response?.data?.detail ?? "NetSuite could not do this"
    """
    found = _NOT_WORDS.findall(_without_title(call))
    if not found:
        return None
    return Problem("words", f"message {call.seen['message']!r}"[:300], f"say something else in place of {found[0]!r}")


def _without_title(call: Call) -> str:
    """Return the message without the appointment's title, which may hold anything."""
    text, title = str(call.seen["message"]), call.record["subject"]["title"]
    return text.replace(title, " ") if title else text
