"""What only ``cancelAppointment`` promises: the appointment is cancelled, in this CRM's way."""

from typing import Any

from greenroom.contracts.clauses import cancel_causes
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason
from greenroom.contracts.clauses.language import written
from greenroom.contracts.interfaces import CANCEL

ONLY = (CANCEL.name,)
_CRM_SPECIFIC = quote("crm")


@clause(
    "effect.cancelled",
    "A plain cancellation cancels the appointment",
    level="runtime",
    source=quote("purpose"),
    interfaces=ONLY,
    when=lambda call: call.plain,
)
def cancelled(call: Call) -> Problem | None:
    """Nothing stands in the way of a plain cancellation. Afterwards the appointment must be deleted or marked as
    cancelled, so that nobody can attend it.

    Bad:
        return { successful: true, returnMessage }; // no request was sent
    Good:
        await axios.delete(url, { headers: { Authorization: authHeader } });
    """
    if call.is_over("final"):
        return None
    return Problem(
        "the appointment is cancelled in the CRM",
        f"it is still {call.final_state}; the CRM answered {call.statuses or 'nothing: no request came'}",
        cancel_causes.why(call),
    )


@clause(
    "effect.right-way",
    "The appointment is cancelled in this CRM's way",
    level="documented",
    source=_CRM_SPECIFIC,
    interfaces=ONLY,
    when=lambda call: (
        (call.plain and call.is_over("final"))
        or ((call.is_over("before") or call.is_over("final")) and any(map(call.is_target, call.changes)))
    ),
)
def right_way(call: Call) -> Problem | None:
    """Some CRMs keep a cancelled record: the connector must not delete it, because its history would be lost. Other
    CRMs delete it: the record must go. An appointment that was already cancelled stays as it is. The connector neither
    deletes nor reinstates it.

    Bad:
        await axios.delete(eventUrl, { headers }); // NetSuite: the history is lost
    Good:
        await axios.patch(eventUrl, { status: { id: "CANCELLED" } }, { headers }); // NetSuite
    """
    if call.final_state == call.crm["cancellation"]:
        return None
    became = "deleted for good" if call.is_over("final") else "brought back"
    return Problem(
        f"in {call.crm['title']} the record is {call.crm['way']}",
        f"it was {call.before} and {became}",
        cancel_causes.instead(call),
    )


@clause(
    "effect.only-the-status",
    "Only the status of a kept record changes",
    level="documented",
    source=_CRM_SPECIFIC,
    interfaces=ONLY,
    when=lambda call: bool(call.crm["marks"]) and any(map(call.is_target, call.changes)),
)
def only_the_status(call: Call) -> Problem | None:
    """In a CRM that keeps cancelled records, the connector may change the status only, and only to cancelled. Nobody
    asked for any other status. Fields that the CRM changes itself, such as the time of the last change, do not count.

    Bad:
        await axios.patch(url, { ...event, status: { id: "CANCELLED" } }, { headers });
    Good:
        await axios.patch(url, { status: { id: "CANCELLED" } }, { headers });
    """
    mine = [change for change in call.changes if call.is_target(change)]
    others = [change for change in mine if not call.interface.allows(call.record, change)]
    if not others:
        return None
    return Problem(
        f"only {_marks(call)}",
        "; ".join(f"{c['field']}: {_short(c['before'])} became {_short(c['after'])}" for c in others),
        "send the status only: any other field overwrites other people's edits",
    )


def _marks(call: Call) -> str:
    return ", ".join(f"{field} changes, to {value}" for field, value in call.crm["marks"].items())


def _short(value: Any) -> str:
    return f"{value!r}"[:80]


def _declared(call: Call) -> Any:
    return call.record["declared"]


@clause(
    "effect.declared-is-true",
    "The declared behaviour is what happens",
    level="documented",
    source=_CRM_SPECIFIC,
    interfaces=ONLY,
    when=lambda call: _declared(call) is not None and call.plain and call.final_state == call.crm["cancellation"],
)
def declared_is_true(call: Call) -> Problem | None:
    """The declaration informs users whether a cancelled appointment is deleted or kept. It must not mislead them.

    Bad:
        exports.cancellation = "removed"; // the record is kept
    Good:
        exports.cancellation = "transitioned";
    """
    if _declared(call) == call.final_state:
        return None
    return Problem(
        f"the declaration {call.final_state!r}, as it happened",
        f"the declaration {_declared(call)!r}",
        f"declare what happens to the record: {call.final_state!r}",
    )


@clause(
    "effect.declares-behaviour",
    "The connector declares its behaviour for users",
    level="documented",
    strength="should",
    source=_CRM_SPECIFIC,
    interfaces=ONLY,
    when=lambda call: call.plain and call.final_state == call.crm["cancellation"],
)
def declares_behaviour(call: Call) -> Problem | None:
    """With a declaration, the report can print the sentence for the connector's user documentation. It also checks that
    the sentence stays true.

    Bad:
        exports.cancelAppointment = cancelAppointment; // no declaration
    Good:
        exports.cancellation = "transitioned";
    """
    if _declared(call) is not None:
        return None
    way = call.crm["cancellation"]
    return Problem(
        "a declared behaviour",
        "none",
        f"add {written(call, f'CANCELLATION = {way!r}', f'exports.cancellation = {way!r}')}",
    )


@clause(
    "effect.keeps-others-edits",
    "A colleague's edit survives the cancellation",
    level="resilient",
    source=reason(
        "Other people work between a connector's read and its write. A connector that sends back all fields as it "
        "read them undoes their changes, and nobody notices"
    ),
    interfaces=ONLY,
    when=lambda call: bool(call.crm["marks"] and call.met("edited")),
)
def keeps_others_edits(call: Call) -> Problem | None:
    """A colleague moves the appointment between two requests of the connector. Only the status is the connector's to
    change.

    Bad:
        await axios.patch(url, { ...eventAsRead, status: { id: "CANCELLED" } }, { headers });
    Good:
        await axios.patch(url, { status: { id: "CANCELLED" } }, { headers });
    """
    allowed = {*call.crm["marks"], *call.crm["own_fields"], "*"}
    taken = [c for c in call.changes if call.is_target(c) and c["field"] not in allowed]
    if not taken:
        return None
    field, before, after = (taken[0][name] for name in ("field", "before", "after"))
    return Problem(
        f"{field} as the colleague left it: {_short(before)}",
        f"{field} is {_short(after)} again",
        "send the status only",
    )
