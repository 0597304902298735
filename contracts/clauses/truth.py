"""What the connector said against what happened: judged by what the connector could observe."""

import json
import re

from greenroom.contracts import schemas
from greenroom.contracts.clauses.call import GONE, Call, Entry, logs_in
from greenroom.contracts.clauses.clause import PAGE, Problem, Source, clause, quote, reason, runtime
from greenroom.contracts.clauses.toast import in_words

_SUCCESSFUL = quote("successful: true if the cancellation succeeded, false otherwise.")
_MAPPING = runtime(
    "An escaped error of status 400 to 409 is shown as 'Authorization error', with the advice to log out and connect "
    "again",
    "packages/core/lib/errorHandler.ts",
)
_AUTHORIZATION = (401, 403)
"""Statuses for which the advice to log out and connect again fits."""


def answers(call: Call) -> str:
    """Return what was asked and answered, as a line."""
    exchange = [
        f"{e['request']['method']} {e['request']['path']} -> {e['answer']['status'] or 'no answer'}"
        for e in call.journal
    ]
    return ", ".join(exchange) or "no request reached the CRM"


def stands(call: Call, hint: str) -> Problem:
    """Return the problem of a success that was said of an appointment that stands."""
    return Problem(
        "successful: false while the appointment stands",
        f"successful: true; {answers(call)}; the appointment is {call.after}",
        hint,
    )


@clause(
    "truth.success-is-backed",
    "A success is said only of an appointment that is cancelled",
    level="documented",
    source=_SUCCESSFUL,
    when=lambda call: call.claims_success and call.before != "never" and not call.fired,
)
def success_is_backed(call: Call) -> Problem | None:
    """A success is backed by a 2xx to the connector's own cancelling request, or by a read after its last write that
    showed the appointment gone. Without either, and with the appointment still standing, the user is deceived. A 202
    backs nothing: the CRM has only accepted the request. Of an appointment that the user may not see both may be said,
    where the CRM answered 404.
    """
    return None if call.backed else stands(call, "say success only after the CRM confirmed the cancellation")


@clause(
    "truth.never-existed",
    "Cancelling what never existed is no success",
    level="documented",
    source=_SUCCESSFUL,
    when=lambda call: call.before == "never" and call.returned,
)
def never_existed(call: Call) -> Problem | None:
    """Nothing was cancelled, so the cancellation did not succeed. A 404 proves no deletion either: it may hide a record
    that exists and that this user may not see. Nor does a 404 to a request that was repeated: it says that this one did
    nothing. Only where cancelling removes the record may a connector take what it saw for its own work: when a request
    of its own may have been done (no answer came, or a gateway's 502 or 504), it looked afterwards, and had not found
    the appointment missing before.
    """
    if not call.claims_success or (call.fired and _looked_for_it(call)):
        return None
    return Problem(
        "successful: false for an id that never existed",
        f"successful: true; {answers(call)}",
        "tell a missing appointment as successful: false, with a message that it was not found",
    )


def _looked_for_it(call: Call) -> bool:
    """Tell whether a cancelling request of this call may have been done, and a look after the last one told it gone."""
    doubtful = [e["seq"] for e in call.mine if e["operation"] == "cancel" and _may_be_done(e)]
    if not doubtful or not call.removes:
        return False
    missing = [e for e in call.mine if e["operation"] == "read" and e["answer"]["status"] == GONE]
    return not any(e["seq"] < doubtful[0] for e in missing) and bool(call.looks or any(map(_lists, call.since)))


def _may_be_done(entry: Entry) -> bool:
    return bool(entry["arrived"] == "nothing" or entry["answer"]["status"] in (502, 504))


def _lists(entry: Entry) -> bool:
    """Tell whether a request may have been a list in which the appointment was looked for; a log-in is a POST."""
    asks = entry["operation"] == "other" and entry["request"]["method"] != "POST"
    return bool(asks and entry["arrived"] == "whole" and entry["answer"]["status"] == 200)


@clause(
    "truth.failure-is-true",
    "A failure is not said of a cancellation that the CRM confirmed",
    level="documented",
    source=_SUCCESSFUL,
    when=lambda call: call.claims_failure and call.before == "live",
)
def failure_is_true(call: Call) -> Problem | None:
    """A user who is told of a failure calls the client to say that the appointment stands."""
    if not call.proven:
        return None
    return Problem(
        "successful: true after the CRM confirmed the cancellation",
        f"successful: false; {answers(call)}; the appointment is {call.after}",
        "take every 2xx for what it is (204 has no body)",
    )


@clause(
    "truth.no-wrong-logout",
    "No escaped error tells the user to log out for another cause",
    level="documented",
    source=_MAPPING,
    when=lambda call: call.kind == "raised",
)
def no_wrong_logout(call: Call) -> Problem | None:
    """Errors may escape, but one of status 400 to 409 becomes the advice to log out and connect again. For a missing
    appointment, a conflict or a bad request that is wrong, and does not help.
    """
    status = call.outcome["error"]["status"]
    if status is None or not 400 <= status < 410 or _login_helps(call, status) or _own_words(call, status):
        return None
    return Problem(
        f"a message that fits HTTP {status}",
        f"the error escaped; {answers(call)}; the user sees: {in_words(call.seen)}",
        f"catch HTTP {status} and return successful: false with a message that says what is wrong",
    )


def _login_helps(call: Call, status: int) -> bool:
    """Tell whether the advice fits: the status is one of a bad credential, and the CRM said so or it was one; or it is
    the one with which a new log-in was refused.
    """
    if any(logs_in(entry) and entry["answer"]["status"] == status for entry in call.journal):
        return True
    said = set(_AUTHORIZATION) & set(call.statuses)
    return status in _AUTHORIZATION and (bool(said) or call.actor["credential"] != "valid")


def _own_words(call: Call, status: int) -> bool:
    """Tell whether a status is the HTTP client's own, for an answer that it could not read (aiohttp's 400)."""
    return status not in call.statuses and any(entry["arrived"] == "status" for entry in call.journal)


@clause(
    "truth.errors-are-told",
    "Errors that the user can act upon are told, not thrown",
    level="documented",
    strength="should",
    source=Source(
        "quote",
        "return messages for permission, licensing, or CRM API failures that a user can act on",
        PAGE + "docs/developers/errors.md",
    ),
    when=lambda call: call.kind in ("returned", "raised") and not call.plain,
)
def errors_are_told(call: Call) -> Problem | None:
    """An escaped error is worded by App Connect, which knows neither the CRM nor the appointment."""
    if call.kind == "returned":
        return None
    error = call.outcome["error"]
    return Problem(
        "a returned message",
        f"{error['type']} escaped; the user sees: {in_words(call.seen)}",
        "return successful: false with a message of your own",
    )


@clause(
    "truth.type-fits",
    "The message type does not say the opposite",
    level="documented",
    source=quote("returnMessage: (Optional) An object with message, messageType, and ttl to display to the user."),
    when=lambda call: (call.claims_success or call.claims_failure) and "messageType" in call.message,
)
def type_fits(call: Call) -> Problem | None:
    """A failure in green, or a success in red, tells the user the opposite of what happened."""
    kind = call.message["messageType"]
    wrong = ("error", "danger") if call.claims_success else ("success",)
    if kind not in wrong:
        return None
    said = "success" if call.claims_success else "failure"
    return Problem(
        f"a type that fits a {said}",
        f"successful: {json.dumps(call.claims_success)} with messageType {kind!r}",
        "use success for a success, warning or error for a failure",
    )


_DENIED = re.compile(r"\b(?:not|no need to|never|without|cannot|need ?n['’]t|don['’]t)\b(?:[ ,]+[\w’']+){0,5}")
"""A negation and what it denies: 'you need not log out' is no advice."""


@clause(
    "truth.no-login-advice",
    "No advice to log in again for another cause",
    level="documented",
    source=reason(
        "Logging in again mends a bad credential and nothing else. Messages may be in any language; only the phrases "
        "of schemas/login-phrases.json are judged, and only where the credential was good and the CRM never answered "
        "401 or 403"
    ),
    when=lambda call: (
        call.claims_failure and call.actor["credential"] == "valid" and not set(_AUTHORIZATION) & set(call.statuses)
    ),
)
def no_login_advice(call: Call) -> Problem | None:
    """A user who logs in again and finds the same trouble has lost time and trust."""
    text = _DENIED.sub(" ", str(call.message.get("message", "")).lower())
    phrases = schemas.load("login-phrases")["phrases"]
    found = [phrase for phrase in phrases if re.search(rf"\b{re.escape(phrase)}\b", text)]
    if not found:
        return None
    return Problem(
        "a message that fits the cause",
        f"{call.message.get('message')!r}; {answers(call)}",
        "name the cause: not found, not allowed, not now",
    )


@clause(
    "truth.no-invented-limit",
    "No escaped error tells of a rate limit that the CRM never named",
    level="documented",
    source=runtime(
        "An escaped error of status 429 is shown as 'Rate limit exceeded', with the advice to wait a minute",
        "packages/core/lib/errorHandler.ts",
    ),
    when=lambda call: call.kind == "raised",
)
def no_invented_limit(call: Call) -> Problem | None:
    """Waiting mends a limit and nothing else; a user who waits for another cause waits for nothing."""
    status = call.outcome["error"]["status"]
    if status != 429 or 429 in call.statuses:
        return None
    return Problem(
        "a message that fits the cause",
        f"an error of status 429 escaped; {answers(call)}; the user sees: {in_words(call.seen)}",
        "pass the CRM's own status on, or return successful: false with a message",
    )
