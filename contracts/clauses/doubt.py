"""Results in doubt: lost responses, refusals under faults, races."""

from itertools import permutations

from greenroom.contracts.clauses.call import Call, Entry
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason
from greenroom.contracts.clauses.language import written
from greenroom.contracts.clauses.truth import answers, from_a_gateway, stands
from greenroom.contracts.interfaces import CANCEL, CHANGES, WITH_SUBJECT, WRITES

_SUCCESSFUL = quote("successful")


def _asks_the_same(call: Call, other: Entry) -> bool:
    """Return whether a concurrent call asked the same of the same interface."""
    mine = call.interface.own(call.record["params"])
    return bool(other.get("interface", call.interface.name) == call.interface.name and other.get("asked", mine) == mine)


def _claims(call: Call) -> bool:
    return call.fired and call.open and (call.claims_success or call.claims_failure)


def _false_success(call: Call, hint: str) -> Problem | None:
    return stands(call, hint) if call.claims_success and not call.backed else None


@clause(
    "truth.lost-is-not-done",
    "A lost response does not count as a success",
    level="resilient",
    source=_SUCCESSFUL,
    interfaces=WRITES,
    when=lambda call: _claims(call) and call.last_try == 0,
)
def lost_is_not_done(call: Call) -> Problem | None:
    """The connection was refused, reset or closed, or no response came in time: the appointment may still be live. A
    connector that reports success without a look may deceive the user. A look shows nothing if it was refused, failed,
    was cut off or could not be read. An earlier look does not change that. In CRMs that delete a cancelled record, a
    look with a 404 response has shown that the record is gone. It does not matter who wrote that 404. It does so, too,
    where it is not known how the CRM shows a deleted record.

    Bad:
        if (!error.response) return { successful: true, returnMessage };
    Good:
        if (!error.response) return { successful: await isGone(appointmentId), returnMessage };
    """
    last = max((entry["seq"] for entry in call.tries), default=0)
    looked = any(entry["operation"] in ("read", "other") for entry in call.journal if entry["seq"] > last)
    end = "the appointment is gone" if call.interface.name == CANCEL.name else "it was done"
    hint = "trust a look only if the CRM itself responded" if looked else f"look whether {end}"
    return _false_success(call, f"{hint}, or report that the result is unknown")


@clause(
    "truth.refused-is-not-done",
    "A refusal or failure of the CRM does not count as a success",
    level="resilient",
    source=_SUCCESSFUL,
    interfaces=WRITES,
    when=lambda call: _claims(call) and call.last_try != 0 and not 300 <= (call.last_try or 0) < 400,
)
def refused_is_not_done(call: Call) -> Problem | None:
    """The CRM, or a gateway in front of it, responded with an error, or the connector never sent a request. The
    appointment is still live. No refusal means 'already done': 404 may hide the record, 409 and 423 may be temporary,
    410 is a retired version of an API. There is one exception: CRMs whose documentation has 410 for a removed record,
    such as Bullhorn.

    Bad:
        await axios.delete(url, { headers, validateStatus: () => true }); return { successful: true, returnMessage };
    Good:
        const { status } = await axios.delete(url, { headers, validateStatus: () => true }); return { successful: status
        === 204, returnMessage };
    """
    return _false_success(call, "treat only a 2xx as a success")


@clause(
    "truth.redirected-is-not-done",
    "A redirect does not count as a success",
    level="resilient",
    source=_SUCCESSFUL,
    interfaces=WRITES,
    when=lambda call: _claims(call) and 300 <= (call.last_try or 0) < 400,
)
def redirected_is_not_done(call: Call) -> Problem | None:
    """A redirect says that the request was not done here: a status below 400 is not yet a success. A gateway may
    redirect to a page on another host, as a rule its log-in page. The 200 of that page is about something else and
    proves nothing.

    Bad:
        return { successful: response.status < 400, returnMessage };
    Good:
        return { successful: response.status >= 200 && response.status < 300, returnMessage };
    """
    off = written(call, "allow_redirects=False", "maxRedirects: 0 in axios, redirect: 'manual' in fetch")
    return _false_success(call, f"follow no redirect ({off}), and treat only a 2xx as a success: a 3xx did nothing")


@clause(
    "truth.gateway-page-is-no-proof",
    "A gateway's 404 does not count as the CRM's",
    level="resilient",
    strength="should",
    source=reason(
        "A proxy, a load balancer or a wrong route responds 404, too, with a page of its own or none. Only the CRM's "
        "own words say that the appointment is gone"
    ),
    interfaces=CHANGES,
    when=lambda call: call.claims_success and call.before == "live" and not call.confirmed and bool(call.looks),
)
def gateway_page_is_no_proof(call: Call) -> Problem | None:
    """A 404 to a look backs a success, because its status does not show who wrote it. Its body can: the CRM's own 404
    is JSON of a known form. If all looks got a gateway's 404 and the appointment is live, the user reads something
    untrue.

    Bad:
        return { successful: look.status === 404, returnMessage };
    Good:
        return { successful: look.status === 404 && look.data?.error?.type === "NotFoundError", returnMessage };
    """
    if call.after != "live" or not all(map(from_a_gateway, call.looks)):
        return None
    status = call.looks[-1]["answer"]["status"]
    return stands(call, f"check the body for the CRM's own {status}; after any other report that the result is unknown")


@clause(
    "truth.looks-after-a-lost-answer",
    "The connector looks again after a lost response",
    level="resilient",
    strength="should",
    source=reason(
        "The CRM may have done the request. Only another request can show that. Otherwise the user would have to "
        "check in the CRM"
    ),
    interfaces=WRITES,
    when=lambda call: call.kind in ("returned", "raised") and bool(_lost(call)),
)
def looks_after_a_lost_answer(call: Call) -> Problem | None:
    """A read, a list or a retry shows the state of the appointment; a guess does not. A failure that is reported
    without a look stays advice, even if the appointment is gone. App Connect knows no third result, so ``successful:
    false`` is the only way to say 'unknown'. Messages may be in any language, so their words are not judged.

    Bad:
        catch { return { successful: false, returnMessage }; } // no response, no look
    Good:
        catch { return { successful: await isGone(appointmentId), returnMessage }; }
    """
    first = _lost(call)[0]
    if any(_asks(call, entry) for entry in call.journal if entry["seq"] > first["seq"]):
        return None
    return Problem(
        "a look at the appointment after the lost response",
        f"{answers(call)}; then the call {call.kind} without a look",
        "read the appointment and report its state; if that fails, too, report as a warning that it is unknown",
    )


def _lost(call: Call) -> list[Entry]:
    return [e for e in call.mine if call.interface.performs(e) and e["received"] == "nothing"]


def _asks(call: Call, entry: Entry) -> bool:
    """Return whether a request is a look or a retry, or an attempt at one. An upsert that is retried is an update."""
    if entry in call.mine and call.interface.creates:
        return True
    return entry["operation"] in ("read", "other", "connect") or call.interface.performs(entry)


@clause(
    "truth.own-cancel-is-recognized",
    "The connector recognizes its own work after a lost response",
    level="resilient",
    strength="should",
    source=reason(
        "A retry or a look says 'not found' or 'already done' because of the connector's own first request. The "
        "user got what they asked for"
    ),
    interfaces=(CANCEL.name,),
    when=lambda call: call.claims_failure and call.before == "live" and bool(_lost_done(call)) and not call.raced,
)
def own_cancel_is_recognized(call: Call) -> Problem | None:
    """The connector saw the appointment gone after its own request. A reported failure sends the user on a useless
    search.

    Bad:
        return { successful: retry.status === 204, returnMessage }; // the retry got 404
    Good:
        return { successful: retry.status === 204 || (retry.status === 404 && wasThere), returnMessage };
    """
    since = _lost_done(call)[0]["seq"]
    was_there = any(e["shows"] in ("live", "confirmed") and e["seq"] < since for e in call.mine)
    later = [e for e in call.mine if e["seq"] > since and e["received"] != "nothing"]
    gone = [e for e in later if e["shows"] == "absent" or (call.says_removed(e) and not from_a_gateway(e))]
    if not any(e["shows"] == "ended" for e in later) and not (gone and was_there):
        return None
    return Problem(
        "successful: true for what the connector saw done",
        f"successful: false; {answers(call)}; the appointment is {call.after}",
        "read the appointment first: if it was there, and is gone after a lost response, it was done",
    )


def _lost_done(call: Call) -> list[Entry]:
    """Return the lost requests of this call that did what was asked."""
    ended = [e for e in _lost(call) if any(call.is_target({**c, "world": e["world"]}) for c in e["changes"])]
    return ended if call.fulfilled("final") else []


@clause(
    "truth.races-add-up",
    "Concurrent results for one appointment add up",
    level="resilient",
    source=_SUCCESSFUL,
    interfaces=WITH_SUBJECT,
    when=lambda call: call.raced and all(_asks_the_same(call, other) for other in call.concurrent),
)
def races_add_up(call: Call) -> Problem | None:
    """Two concurrent calls of one interface for one appointment happen one after the other, in either order. Some
    order must explain both results and the final state of the appointment. An error or a missing response fits either
    way.

    Bad:
        lastStatus = (await axios.delete(url, { headers })).status; // a module variable
    Good:
        const { status } = await axios.delete(url, { headers });
    """
    concurrent = [
        other_call["claim"] for other_call in call.concurrent if other_call["appointment"] == call.appointment
    ]
    claims = [call.claim, *concurrent]
    if explained(claims, done=call.fulfilled("final"), before=call.fulfilled("before")):
        return None
    said = " and ".join(claims)
    return Problem("results that some order explains", f"{said}; the appointment is {call.final_state}", _SHARED)


_SHARED = "keep no data of one call where another can reach it: no module variables, no shared headers"


def explained(claims: list[str], *, done: bool, before: bool = False) -> bool:
    """Return whether some order of the calls explains their claims and the final state.

    ``done``: at the end the state is what a success says. ``before``: it was so at the start. A success leaves it so. A
    failure leaves it as it was. After an unknown result both are possible.
    """
    return any(done in _ends(order, before) for order in permutations(claims))


def _ends(claims: tuple[str, ...], before: bool) -> set[bool]:  # noqa: FBT001 - one state of two
    """Return the possible states after these claims in this order: done or not."""
    states = {before}
    for claim in claims:
        if claim == "success":
            states = {True}
        elif claim == "unknown":
            states = states | {True}
    return states
