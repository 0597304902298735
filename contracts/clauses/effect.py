"""What happened in the CRM: the appointment is cancelled, in this CRM's way, and nothing else is touched."""

from typing import Any

from greenroom.contracts.clauses import causes
from greenroom.contracts.clauses.call import ENDED, Call
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason

_WAYS = {"removed": "deleted for good", "transitioned": "kept, with its status set to cancelled"}
_CRM_SPECIFIC = quote(
    "Clio permanently deletes the calendar entry. NetSuite patches the appointment's status field to mark it cancelled "
    "and keeps the record. Implement whichever behavior is appropriate for your CRM and document it for users."
)


@clause(
    "effect.cancelled",
    "A plain cancellation cancels the appointment",
    level="runtime",
    source=quote("This interface cancels or deletes an appointment in the connected CRM."),
    when=lambda call: call.plain,
)
def cancelled(call: Call) -> Problem | None:
    """On a plain day nothing stands in the way: afterwards the appointment is no longer there for anybody to attend."""
    if call.settled in ENDED:
        return None
    return Problem(
        "the appointment is cancelled in the CRM",
        f"it is still {call.settled}; the CRM answered {call.statuses or 'nothing: no request came'}",
        causes.why(call),
    )


@clause(
    "effect.right-way",
    "The appointment is cancelled in this CRM's way",
    level="documented",
    source=_CRM_SPECIFIC,
    when=lambda call: (
        (call.plain and call.settled in ENDED)
        or ((call.before in ENDED or call.settled in ENDED) and any(map(call.is_target, call.changes)))
    ),
)
def right_way(call: Call) -> Problem | None:
    """A record that should be kept must not be deleted: its history would be lost. One that should go must go. And one
    that was cancelled before stays as it is: it is neither deleted nor brought back.
    """
    way = call.crm["cancellation"]
    if call.settled == way:
        return None
    return Problem(
        f"in {call.crm['title']} the record is {_WAYS[way]}",
        f"it was {call.before} and {_WAYS.get(call.settled, 'brought back')}",
        causes.instead(call),
    )


@clause(
    "effect.only-this-appointment",
    "No other record is touched",
    level="documented",
    source=quote("appointmentId: The CRM ID of the appointment to cancel."),
    when=lambda call: bool(call.entries),
)
def only_this_appointment(call: Call) -> Problem | None:
    """Not a look-alike, not a neighbour, not the same id of another tenant or kind: the one appointment that was named.
    A request that would change something else counts also where the CRM refused it.
    """
    touched = {f"{c['table']}/{c['id']} in {c['world']} changed" for c in call.changes if not call.is_target(c)}
    mine = (call.appointment, call.actor["world"])
    asked = [e["request"] for e in call.writes if (e["record"], e["world"]) != mine]
    touched |= {f"{request['method']} {request['path']} was sent" for request in asked}
    if not touched:
        return None
    return Problem(
        f"only {call.crm['table']}/{call.appointment} in {call.actor['world']} is written to",
        "; ".join(sorted(touched)),
        "address exactly the given id, with the credentials of the given user",
    )


@clause(
    "effect.only-the-status",
    "Of a record that is kept, only its status changes",
    level="documented",
    source=_CRM_SPECIFIC,
    when=lambda call: call.crm["cancellation"] == "transitioned" and any(map(call.is_target, call.changes)),
)
def only_the_status(call: Call) -> Problem | None:
    """What the CRM changes by itself, such as the time of the last change, does not count. A status other than that of
    a cancelled record does: nobody asked to bring it back.
    """
    allowed, status = {*call.crm["own_fields"], "*"}, (call.crm["status_field"], call.crm["cancelled_status"])
    mine = [change for change in call.changes if call.is_target(change) and change["field"] not in allowed]
    others = [change for change in mine if (change["field"], change["after"]) != status]
    if not others:
        return None
    return Problem(
        f"only {status[0]} changes, to {status[1]}",
        "; ".join(f"{c['field']}: {_short(c['before'])} became {_short(c['after'])}" for c in others),
        "send nothing but the status: whatever else is sent overwrites what others wrote",
    )


def _short(value: Any) -> str:
    return f"{value!r}"[:80]


def _declared(call: Call) -> Any:
    return call.record["declared"]


@clause(
    "effect.declared-is-true",
    "The declared behaviour is what happens",
    level="documented",
    source=_CRM_SPECIFIC,
    when=lambda call: _declared(call) is not None and call.plain and call.settled in ENDED,
)
def declared_is_true(call: Call) -> Problem | None:
    """Users are told by the declaration whether their appointment is deleted or kept; it must not mislead them."""
    if _declared(call) == call.settled:
        return None
    return Problem(
        f"a declaration of what happens: {call.settled!r}",
        f"declared {_declared(call)!r}",
        "declare 'removed' where the record is deleted, 'transitioned' where its status changes",
    )


@clause(
    "effect.declares-behaviour",
    "The connector declares its behaviour for users",
    level="documented",
    strength="should",
    source=_CRM_SPECIFIC,
    when=lambda call: call.plain and call.settled in ENDED,
)
def declares_behaviour(call: Call) -> Problem | None:
    """A declaration lets the report print the sentence for the connector's user documentation, and holds it true."""
    if _declared(call) is not None:
        return None
    return Problem(
        "a declared behaviour",
        "none",
        "add CANCELLATION = '{0}' (Python) or exports.cancellation = '{0}' (Node)".format(call.crm["cancellation"]),
    )


@clause(
    "effect.keeps-others-edits",
    "What somebody else changed meanwhile stays changed",
    level="resilient",
    source=reason(
        "Between a connector's read and its write others work on: what it sends back as it read it takes their change "
        "away, and nobody is told"
    ),
    when=lambda call: call.crm["cancellation"] == "transitioned" and bool(call.met("edited")),
)
def keeps_others_edits(call: Call) -> Problem | None:
    """A colleague moves the appointment between two requests of the connector; only the status is the connector's."""
    allowed = {call.crm["status_field"], *call.crm["own_fields"], "*"}
    taken = [c for c in call.changes if call.is_target(c) and c["field"] not in allowed]
    if not taken:
        return None
    field, before, after = (taken[0][name] for name in ("field", "before", "after"))
    return Problem(
        f"{field} as the colleague left it: {_short(before)}",
        f"{field} is {_short(after)} again",
        "send nothing but the status",
    )
