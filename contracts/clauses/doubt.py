"""What the connector says when it cannot know for sure: lost answers, refusals under faults, races."""

from itertools import permutations

from greenroom.contracts.clauses.call import ENDED, GONE, Call, Entry
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason
from greenroom.contracts.clauses.truth import answers, stands

_SUCCESSFUL = quote("successful: true if the cancellation succeeded, false otherwise.")


def _claims(call: Call) -> bool:
    return call.fired and call.before == "live" and (call.claims_success or call.claims_failure)


def _false_success(call: Call, hint: str) -> Problem | None:
    return stands(call, hint) if call.claims_success and not call.backed else None


@clause(
    "truth.lost-is-not-done",
    "A lost answer is not taken for a success",
    level="resilient",
    source=_SUCCESSFUL,
    when=lambda call: _claims(call) and call.last_try == 0,
)
def lost_is_not_done(call: Call) -> Problem | None:
    """The connection was refused, reset or closed, or nothing came in time: the appointment may still stand. Whoever
    says success without having looked deceives the user where it does. A look that was refused, failed, was cut off or
    could not be read has shown nothing, whatever an earlier one showed. Where cancelling removes the record, a look
    that was answered 404 has shown it gone, whoever wrote that 404.
    """
    last = max((entry["seq"] for entry in call.tries), default=0)
    looked = any(entry["operation"] in ("read", "other") for entry in call.journal if entry["seq"] > last)
    hint = "believe no other answer to a look than the CRM's own" if looked else "look whether the appointment is gone"
    return _false_success(call, f"{hint}, or say that it is not known")


@clause(
    "truth.refused-is-not-done",
    "A refusal or a failure of the CRM is not taken for a success",
    level="resilient",
    source=_SUCCESSFUL,
    when=lambda call: _claims(call) and call.last_try != 0 and not 300 <= (call.last_try or 0) < 400,
)
def refused_is_not_done(call: Call) -> Problem | None:
    """The CRM, or something in front of it, answered an error, or the connector never came to ask; the appointment
    stands. No refusal means 'done already': 404 may hide it, 409 and 423 may pass, 410 is a retired version of an API.
    """
    return _false_success(call, "take 2xx for success, and nothing else")


@clause(
    "truth.redirected-is-not-done",
    "A redirect is not taken for a success",
    level="resilient",
    source=_SUCCESSFUL,
    when=lambda call: _claims(call) and 300 <= (call.last_try or 0) < 400,
)
def redirected_is_not_done(call: Call) -> Problem | None:
    """A redirect says that the request was not done here. Below 400 is not yet success. Nor is the 200 of the page to
    which a gateway led, a log-in as a rule: it came from another host, and of something else.
    """
    return _false_success(call, "take 2xx for success: a 3xx did nothing")


GATEWAYS = ("page", "bare", "broken")
"""Faults whose answer something in front of the CRM wrote."""


def from_a_gateway(entry: Entry) -> bool:
    """Tell whether an answer is not in the CRM's own words."""
    return (entry["fault"] or "").partition("@")[0].partition("=")[0] in GATEWAYS


@clause(
    "truth.gateway-page-is-no-proof",
    "A gateway's 404 is not taken for the CRM's",
    level="resilient",
    strength="should",
    source=reason(
        "A proxy, a load balancer or a wrong route answers 404 too, with a page of its own or none: only the CRM's own "
        "words say that the appointment is gone"
    ),
    when=lambda call: call.claims_success and call.before == "live" and not call.confirmed and bool(call.looks),
)
def gateway_page_is_no_proof(call: Call) -> Problem | None:
    """A look that is answered 404 backs a success: by its status nobody can tell who wrote it. Its body can tell: the
    CRM's own 404 is JSON of a known form. Where all looks got a gateway's, and the appointment stands, the user is told
    what is not so.
    """
    if call.after != "live" or not all(map(from_a_gateway, call.looks)):
        return None
    return stands(call, "look for the CRM's own 404 in the body; say that it is not known where another one comes")


@clause(
    "truth.looks-after-a-lost-answer",
    "After a lost answer the connector looks again",
    level="resilient",
    strength="should",
    source=reason("The request may have been done: only another one can tell, and the user would have to ask the CRM"),
    when=lambda call: call.kind in ("returned", "raised") and bool(_lost(call)),
)
def looks_after_a_lost_answer(call: Call) -> Problem | None:
    """A read, a list or the same request again tells how the appointment stands; a guess does not. A failure that is
    told without a look stays advice, also where the appointment is gone: App Connect knows no third answer, so
    successful: false is the one way to say 'not known', and messages may be in any language.
    """
    first = _lost(call)[0]
    if any(_asks(entry) for entry in call.journal if entry["seq"] > first["seq"]):
        return None
    return Problem(
        "a look at the appointment after the lost answer",
        f"{answers(call)}; then the call {call.kind} without having looked",
        "read the appointment, and tell what you saw; where that fails too, say that it is not known, as a warning",
    )


def _lost(call: Call) -> list[Entry]:
    return [e for e in call.mine if e["operation"] == "cancel" and e["arrived"] == "nothing"]


def _asks(entry: Entry) -> bool:
    """Tell whether a request asks again, or tries to."""
    return entry["operation"] in ("read", "other", "cancel", "connect")


@clause(
    "truth.own-cancel-is-recognized",
    "A cancellation of one's own whose answer was lost is recognized",
    level="resilient",
    strength="should",
    source=reason(
        "A request that was repeated, or a look, says 'not found' or 'cancelled already' because of one's own first "
        "request: the user got what was asked for"
    ),
    when=lambda call: call.claims_failure and call.before == "live" and bool(_lost_done(call)) and not call.raced,
)
def own_cancel_is_recognized(call: Call) -> Problem | None:
    """The connector saw the appointment gone after its own request; to tell of a failure sends the user on a search."""
    since = _lost_done(call)[0]["seq"]
    was_there = any(e["shows"] == "live" and e["seq"] < since for e in call.mine)
    later = [e for e in call.mine if e["seq"] > since and e["arrived"] != "nothing"]
    gone = [e for e in later if e["shows"] == "absent" or (e["answer"]["status"] == GONE and not from_a_gateway(e))]
    if not any(e["shows"] == "ended" for e in later) and not (gone and was_there):
        return None
    return Problem(
        "successful: true for a cancellation that was seen to be done",
        f"successful: false; {answers(call)}; the appointment is {call.after}",
        "read the appointment first: one that was there, and is gone after a lost answer, was cancelled",
    )


def _lost_done(call: Call) -> list[Entry]:
    """Return the lost requests of this call that ended its appointment."""
    ended = [e for e in _lost(call) if any(call.is_target({**c, "world": e["world"]}) for c in e["changes"])]
    return ended if call.settled in ENDED else []


@clause(
    "truth.races-add-up",
    "What is said of one appointment at the same time adds up",
    level="resilient",
    source=_SUCCESSFUL,
    when=lambda call: call.raced,
)
def races_add_up(call: Call) -> Problem | None:
    """Two cancellations at once happen one after the other, in whatever order: some order must explain what both
    connectors said and how the appointment stands. An error or a silence says nothing, and fits either way.
    """
    rivals = [rival["claim"] for rival in call.rivals if rival["appointment"] == call.appointment]
    claims = [call.claim, *rivals]
    if explained(claims, over=call.settled in ENDED, before=call.before in ENDED):
        return None
    said = " and ".join(claims)
    return Problem("claims that some order explains", f"{said}; the appointment is {call.settled}", _SHARED)


_SHARED = "keep nothing of one call where another can reach it: no module variables, no shared headers"


def explained(claims: list[str], *, over: bool, before: bool = False) -> bool:
    """Tell whether some order of the calls explains their claims and the end: whether the appointment is over.

    ``before``: it was over already.

    A success leaves it cancelled; a failure leaves it as it was; of what is unknown both are possible.
    """
    return any(over in _ends(order, before) for order in permutations(claims))


def _ends(claims: tuple[str, ...], before: bool) -> set[bool]:  # noqa: FBT001 - one state of two
    """Return how it may stand after these claims in this order, over or not."""
    states = {before}
    for claim in claims:
        if claim == "success":
            states = {True}
        elif claim == "unknown":
            states = states | {True}
    return states
