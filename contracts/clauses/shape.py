"""The form of the answer: accepted by App Connect as published, and as the documentation says."""

from greenroom.contracts import schemas
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import PAGE, Problem, Source, clause, quote, reason, runtime
from greenroom.contracts.clauses.ending import ended
from greenroom.contracts.clauses.toast import in_words

_CORE = "packages/core/handlers/appointment.ts"
_ERRORS = "docs/developers/errors.md"
KNOWN_TYPES = ("success", "warning", "error", "info")


def _ended(call: Call) -> str:
    return f"the call {ended(call)}; the user sees: {in_words(call.seen)}"


def _given(call: Call) -> str:
    return call.outcome.get("unrepresentable") or f"returned {call.value!r}"[:300]


@clause(
    "shape.returns",
    "A plain cancellation is answered",
    level="runtime",
    source=quote("An object indicating the result of the operation"),
    when=lambda call: call.plain,
)
def returns(call: Call) -> Problem | None:
    """On a plain day the connector returns a result; an error, a hang or a crash leaves the user without an answer."""
    if call.returned:
        return None
    hint = {
        "timed-out": "set a time-out on every request, shorter than the deadline, and answer when it strikes",
        "crashed": "never end the process: it serves other users too",
    }.get(call.kind, "return the result object; catch what may fail")
    return Problem("the interface returns a result", _ended(call), hint)


@clause(
    "shape.reaches-the-user",
    "The answer to a plain cancellation reaches the user",
    level="runtime",
    source=runtime("The route validates its answer; what does not validate becomes HTTP 400", "packages/core/index.ts"),
    when=lambda call: call.plain and call.returned,
)
def reaches_the_user(call: Call) -> Problem | None:
    """App Connect refuses a success without a message or an appointment, and a failure without a message, after the CRM
    was changed. The documentation calls the message optional; the run time does not.
    """
    return _not_reaching(call)


@clause(
    "shape.refusal-reaches-the-user",
    "What the connector says on other days reaches the user as well",
    level="documented",
    source=runtime("The route validates its answer; what does not validate becomes HTTP 400", "packages/core/index.ts"),
    when=lambda call: call.returned and not call.plain,
)
def refusal_reaches_the_user(call: Call) -> Problem | None:
    """An answer that App Connect refuses is no answer: the user sees HTTP 400 or a generic error instead."""
    return _not_reaching(call)


def _not_reaching(call: Call) -> Problem | None:
    if call.seen["from"] == "connector":
        return None
    return Problem(
        "an answer that App Connect passes on to the user",
        f"{_given(call)}; the user sees: {in_words(call.seen)}",
        "return {successful, returnMessage: {message, messageType, ttl}}, with ttl a whole number of milliseconds",
    )


@clause(
    "shape.documented",
    "The result has the documented form",
    level="documented",
    source=quote(
        "successful: true if the cancellation succeeded, false otherwise. returnMessage: (Optional) An object"
    ),
    when=lambda call: call.returned,
)
def documented(call: Call) -> Problem | None:
    """``successful`` is a boolean and always there; a return message is an object of text, text and whole number."""
    wrong = call.outcome.get("unrepresentable") or schemas.problem(f"{call.interface}.result", call.value)
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
    source=quote("An object with message, messageType, and ttl to display to the user"),
    when=lambda call: bool(call.message),
)
def message_complete(call: Call) -> Problem | None:
    """A message without a type or a time to live is shown by defaults that the connector does not control."""
    missing = [name for name in ("message", "messageType", "ttl") if name not in call.message]
    if not missing:
        return None
    return Problem("message, messageType and ttl", f"without {', '.join(missing)}", f"add {', '.join(missing)}")


@clause(
    "shape.known-message-type",
    "The message type is one that App Connect knows",
    level="documented",
    strength="should",
    source=Source("quote", "new code uses error rather than danger", PAGE + _ERRORS),
    when=lambda call: isinstance(call.message.get("messageType"), str),
)
def known_message_type(call: Call) -> Problem | None:
    """Other types are shown without the colour and the sign that the user knows."""
    kind = call.message["messageType"]
    if kind in KNOWN_TYPES:
        return None
    return Problem(f"one of {', '.join(KNOWN_TYPES)}", f"messageType {kind!r}", "use success, warning or error")


@clause(
    "shape.says-something",
    "The user is told in words",
    level="documented",
    strength="should",
    source=reason("App Connect accepts an empty return message and shows an empty toast"),
    when=lambda call: (call.claims_success or call.claims_failure) and call.seen["from"] == "connector",
)
def says_something(call: Call) -> Problem | None:
    """An empty toast tells nothing; a refusal without a reason cannot be acted upon."""
    text = call.seen["message"]
    if (isinstance(text, str) and text.strip()) or "appointment" in call.value:
        return None
    return Problem("a message with words", f"message {text!r}", "say in one sentence what happened")
