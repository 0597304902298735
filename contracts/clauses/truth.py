"""The connector's result against the facts, judged by what the connector could observe."""

import json
import re

from greenroom.contracts import schemas
from greenroom.contracts.clauses.call import Call, Entry
from greenroom.contracts.clauses.clause import Problem, Source, clause, quote, reason, runtime
from greenroom.contracts.clauses.listing import may_list
from greenroom.contracts.clauses.toast import in_words
from greenroom.contracts.interfaces import WITH_SUBJECT, WRITES
from greenroom.contracts.interfaces.interface import PAGE

_SUCCESSFUL = quote("successful")
_MAPPING = runtime(
    "An escaped error of status 400 to 409 is shown as 'Authorization error', with the advice to log out and connect "
    "again",
    "packages/core/lib/errorHandler.ts",
)
SERVER_FAILED = 500
"""The first of the statuses of a server that failed: it may have done before what was asked."""

GATEWAYS = ("page", "bare", "broken")
"""Faults whose response comes from a gateway in front of the CRM."""


def from_a_gateway(entry: Entry) -> bool:
    """Return whether a response is not in the CRM's own words."""
    return (entry["fault"] or "").partition("@")[0].partition("=")[0] in GATEWAYS


def answers(call: Call) -> str:
    """Return the requests and responses as a line."""
    exchange = [
        f"{e['request']['method']} {e['request']['path']} -> {e['answer']['status'] or 'no response'}"
        for e in call.journal
    ]
    return ", ".join(exchange) or "no request reached the CRM"


def stands(call: Call, hint: str) -> Problem:
    """Return the problem of a success that was reported although nothing was done."""
    undone = call.interface.undone
    state = undone if call.after in ("live", "none") else call.after
    return Problem(
        f"successful: false while the appointment is {undone}",
        f"successful: true; {answers(call)}; the appointment is {state}",
        hint,
    )


@clause(
    "truth.success-is-backed",
    "The connector reports success only for what was done",
    level="documented",
    source=_SUCCESSFUL,
    interfaces=WRITES,
    when=lambda call: call.claims_success and call.before != "never" and not call.fired,
)
def success_is_backed(call: Call) -> Problem | None:
    """Two things back a success: a 2xx to the connector's own request for it, or a read that showed the end
    state. The read must follow the connector's last write. Without either, a success deceives the user while the
    appointment is live. A 202 backs nothing: the CRM has only accepted the request. For an appointment that the user
    may not see, success and failure are both right where the CRM responded 404.

    Bad:
        axios.delete(url, { headers }); return { successful: true, returnMessage }; // not awaited
    Good:
        await axios.delete(url, { headers }); return { successful: true, returnMessage };
    """
    return None if call.backed else stands(call, "report success only after the CRM confirmed the change")


@clause(
    "truth.never-existed",
    "A call for an id that never existed is no success",
    level="documented",
    source=_SUCCESSFUL,
    interfaces=WITH_SUBJECT,
    when=lambda call: call.before == "never" and call.returned,
)
def never_existed(call: Call) -> Problem | None:
    """There was nothing to change, so nothing succeeded. A 404 proves no deletion: it may hide a record that
    this user may not see. A 404 to a retry proves none either: it says that the retry did nothing. There is one
    exception, only in CRMs that delete a cancelled record. There a connector may take the missing record for its own
    work if three conditions hold. First, its own request may have been done: no response came, or a failure of the
    server (5xx). Second, the connector looked afterwards. Third, it had not found the appointment missing before.

    Bad:
        if (error.response?.status === 404) return { successful: true, returnMessage };
    Good:
        if (error.response?.status === 404) return { successful: false, returnMessage: { message: "Clio did not find
        this appointment", messageType: "warning", ttl: 5000 } };
    """
    if not call.claims_success or (call.fired and _looked_for_it(call)):
        return None
    return Problem(
        "successful: false for an id that never existed",
        f"successful: true; {answers(call)}",
        "return successful: false for a missing appointment, with a message that it was not found",
    )


def _looked_for_it(call: Call) -> bool:
    """Return whether a request for it may have been done, and a look after the last one showed it gone."""
    doubtful = [e["seq"] for e in call.mine if call.interface.performs(e) and _may_be_done(e)]
    if not doubtful or not call.removes:
        return False
    missing = [e for e in call.mine if e["operation"] == "read" and call.says_removed(e)]
    return not any(e["seq"] < doubtful[0] for e in missing) and bool(call.looks or any(map(may_list, call.since)))


def _may_be_done(entry: Entry) -> bool:
    """Return whether the CRM may have done what a request asked, for all that the connector knows."""
    return bool(entry["received"] == "nothing" or entry["answer"]["status"] >= SERVER_FAILED)


@clause(
    "truth.failure-is-true",
    "The connector reports no failure after the CRM confirmed the change",
    level="documented",
    source=_SUCCESSFUL,
    interfaces=WRITES,
    when=lambda call: call.claims_failure and call.open,
)
def failure_is_true(call: Call) -> Problem | None:
    """A user who reads of a failure calls the client and says that the appointment still takes place, or makes it a
    second time. Of a new appointment, a failure may be reported if it was taken back, or if somebody is not invited. Of
    a kept one, if the CRM itself says to a later look that it is not there: somebody may have deleted it since.

    Bad:
        return { successful: Boolean(response.data.id), returnMessage }; // a 204 has no body
    Good:
        return { successful: response.status === 204, returnMessage };
    """
    if not call.proven or (call.interface.creates and not call.fulfilled("after")) or _gone_since(call):
        return None
    return Problem(
        "successful: true after the CRM confirmed the change",
        f"{_refusal(call)}; {answers(call)}; the appointment is {call.after}",
        "treat every 2xx as a success (204 has no body)",
    )


def _gone_since(call: Call) -> bool:
    """Return whether a look after the write got the CRM's own 'not found', where a success keeps the record."""
    gone = [e for e in call.since if e in call.mine and call.says_removed(e) and e["received"] == "whole"]
    kept = not (call.gone or call.interface.creates)
    return kept and any(not from_a_gateway(entry) for entry in gone)


def _refusal(call: Call) -> str:
    """Return what the result says instead of a success."""
    return "isRevokeUserSession: true" if call.revokes else "successful: false"


@clause(
    "truth.no-wrong-logout",
    "Only a bad credential sends the user to log in again",
    level="documented",
    source=_MAPPING,
    when=lambda call: call.kind == "raised" or call.revokes,
)
def no_wrong_logout(call: Call) -> Problem | None:
    """Errors may escape. But App Connect turns an error of status 400 to 409 into the advice to log out and connect
    again. A result with ``isRevokeUserSession: true`` ends the session itself: the user gets HTTP 401, whatever else
    the result says. Both are wrong for a missing appointment, a conflict or a bad request, and do not help. An error
    of axios has the status also where ``validateStatus`` accepts it, if the body breaks off.

    Bad:
        await axios.delete(url, { headers }); // a 404 escapes
    Good:
        await axios.delete(url, { headers }).catch((error) => explain(error)); // returns successful: false
    """
    return _ended_session(call) if call.revokes else _told_to_log_out(call)


def _ended_session(call: Call) -> Problem | None:
    if any(_login_helps(call, status) for status in call.log_in_statuses) or _log_in_refused(call):
        return None
    return Problem(
        "a message that fits the cause: the credential was good",
        f"isRevokeUserSession: true; {answers(call)}; the user sees: {in_words(call.seen)}",
        "leave isRevokeUserSession out unless the CRM refused the credential (401), or a new log-in",
    )


def _told_to_log_out(call: Call) -> Problem | None:
    status = call.outcome["error"]["status"]
    if status is None or not 400 <= status < 410 or _login_helps(call, status) or _own_words(call, status):
        return None
    return Problem(
        f"a message that fits HTTP {status}",
        f"the error escaped; {answers(call)}; the user sees: {in_words(call.seen)}",
        f"catch HTTP {status} and return successful: false with a message that names the cause",
    )


def _login_helps(call: Call, status: int) -> bool:
    """Return whether the advice fits.

    It fits a status of a bad credential, if the CRM sent one or the credential was bad. It also fits the status with
    which a new log-in was refused.
    """
    if any(call.logs_in(entry) and entry["answer"]["status"] == status for entry in call.journal):
        return True
    said = call.log_in_statuses & {*call.statuses}
    return status in call.log_in_statuses and (bool(said) or call.actor["credential"] != "valid")


def _log_in_refused(call: Call) -> bool:
    return any(map(call.refused_log_in, call.journal))


def _own_words(call: Call, status: int) -> bool:
    """Return whether a status is the HTTP client's own, for an unreadable response (aiohttp's 400)."""
    return status not in call.statuses and any(entry["received"] == "status" for entry in call.journal)


@clause(
    "truth.errors-are-told",
    "Errors that the user can act on are returned, not thrown",
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
    """App Connect words an escaped error. It knows neither the CRM nor the appointment.

    Bad:
        throw error;
    Good:
        return { successful: false, returnMessage: { message: "Clio is busy, try again in a minute", messageType:
        "warning", ttl: 5000 } };
    """
    if call.kind == "returned":
        return None
    error = call.outcome["error"]
    return Problem(
        "a returned message",
        f"{error['type']} escaped; the user sees: {in_words(call.seen)}",
        "return successful: false with your own message",
    )


@clause(
    "truth.type-fits",
    "The message type fits the result",
    level="documented",
    source=quote("message"),
    when=lambda call: (
        (call.claims_success or call.claims_failure) and "messageType" in call.message and not call.revokes
    ),
)
def type_fits(call: Call) -> Problem | None:
    """A failure in green, or a success in red, shows the user the opposite of what happened.

    Bad:
        return { successful: false, returnMessage: { message: "Not found", messageType: "success", ttl: 5000 } };
    Good:
        return { successful: false, returnMessage: { message: "Not found", messageType: "warning", ttl: 5000 } };
    """
    kind = call.message["messageType"]
    wrong = ("error", "danger") if call.claims_success else ("success",)
    if kind not in wrong:
        return None
    said = "success" if call.claims_success else "failure"
    return Problem(
        f"a type that fits a {said}",
        f"successful: {json.dumps(call.claims_success)} with messageType {kind!r}",
        "use success for a success, and warning or error for a failure",
    )


_DENIED = re.compile(r"\b(?:not|no need to|never|without|cannot|need ?n['’]t|don['’]t)\b(?:[ ,]+[\w’']+){0,5}")
"""A negation and the words that it negates: 'you need not log out' is no advice."""


@clause(
    "truth.no-login-advice",
    "A message gives no wrong advice to log in again",
    level="documented",
    source=reason(
        "A new log-in repairs a bad credential and nothing else. Messages may be in any language, so only the "
        "phrases of schemas/login-phrases.json are judged. They are judged only if the credential was good, and the "
        "CRM refused neither it (401, 403, in Bullhorn also 412) nor a new log-in"
    ),
    when=lambda call: (
        call.claims_failure
        and call.actor["credential"] == "valid"
        and not call.log_in_statuses & {*call.statuses}
        and not _log_in_refused(call)
    ),
)
def no_login_advice(call: Call) -> Problem | None:
    """A user who logs in again and meets the same problem has lost time and trust.

    Bad:
        message: "Please log in again" // after a 404
    Good:
        message: "Clio did not find this appointment"
    """
    text = _DENIED.sub(" ", str(call.message.get("message", "")).lower())
    phrases = schemas.load("login-phrases")["phrases"]
    found = [phrase for phrase in phrases if re.search(rf"\b{re.escape(phrase)}\b", text)]
    if not found:
        return None
    return Problem(
        "a message that fits the cause",
        f"{call.message.get('message')!r}; {answers(call)}",
        "name the cause: not found, not allowed, or not now",
    )


@clause(
    "truth.no-invented-limit",
    "An escaped error names no rate limit that the CRM never named",
    level="documented",
    source=runtime(
        "An escaped error of status 429 is shown as 'Rate limit exceeded', with the advice to wait a minute",
        "packages/core/lib/errorHandler.ts",
    ),
    when=lambda call: call.kind == "raised",
)
def no_invented_limit(call: Call) -> Problem | None:
    """Waiting helps against a limit and nothing else. A user who waits for another cause waits in vain.

    Bad:
        throw Object.assign(error, { response: { status: 429 } }); // after a 404
    Good:
        return { successful: false, returnMessage: { message: "Clio did not find this appointment", messageType:
        "warning", ttl: 5000 } };
    """
    status = call.outcome["error"]["status"]
    if status != 429 or 429 in call.statuses:
        return None
    return Problem(
        "a message that fits the cause",
        f"an error of status 429 escaped; {answers(call)}; the user sees: {in_words(call.seen)}",
        "keep the CRM's own status, or return successful: false with a message",
    )
