"""What only ``confirmAppointment`` promises: the appointment is confirmed, and nothing else happens to it."""

from typing import Any

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason
from greenroom.contracts.clauses.truth import answers
from greenroom.contracts.interfaces import CONFIRM, UPDATE

ONLY = (CONFIRM.name,)


@clause(
    "effect.confirmed",
    "A plain confirmation confirms the appointment",
    level="runtime",
    source=quote("purpose"),
    interfaces=ONLY,
    when=lambda call: call.plain,
)
def confirmed(call: Call) -> Problem | None:
    """Nothing stands in the way of a plain confirmation. Afterwards the record has the CRM's own status for confirmed.

    Bad:
        return { successful: true, returnMessage }; // no request was sent
    Good:
        await axios.patch(url, { status: { id: "CONFIRMED" } }, { headers });
    """
    if call.fulfilled("final"):
        return None
    field, status = call.crm["status_field"], call.crm["confirmed_status"]
    held = call.held("final")
    return Problem(
        "the appointment is confirmed in the CRM",
        f"it is {held['status'] if held else call.final_state}; {answers(call)}",
        f"set {field} to {status}, and wait for the response",
    )


@clause(
    "effect.only-the-confirmation",
    "Only the status changes, and only to confirmed",
    level="documented",
    source=quote("purpose"),
    interfaces=ONLY,
    when=lambda call: any(map(call.is_target, call.changes)),
)
def only_the_confirmation(call: Call) -> Problem | None:
    """Nobody asked for any other change. A connector that sends back all fields undoes what others wrote meanwhile.
    Fields that the CRM changes itself, such as the time of the last change, do not count.

    Bad:
        await axios.patch(url, { ...event, status: { id: "CONFIRMED" } }, { headers });
    Good:
        await axios.patch(url, { status: { id: "CONFIRMED" } }, { headers });
    """
    others = [c for c in call.changes if call.is_target(c) and not call.interface.allows(call.record, c)]
    if not others:
        return None
    return Problem(
        f"only {call.crm['status_field']} changes, to {call.crm['confirmed_status']}",
        "; ".join(f"{c['field']}: {_short(c['before'])} became {_short(c['after'])}" for c in others),
        "send the status only: any other field overwrites other people's edits",
    )


def _short(value: Any) -> str:
    return f"{value!r}"[:80]


@clause(
    "truth.already-confirmed",
    "An appointment that is already confirmed counts as a success",
    level="documented",
    strength="should",
    source=quote("successful"),
    interfaces=ONLY,
    when=lambda call: (
        call.plain and call.fulfilled("before") and call.fulfilled("final") and call.returned and bool(call.journal)
    ),
)
def already_confirmed(call: Call) -> Problem | None:
    """The user wants it confirmed, and it is. A reported failure sends the user on a useless search.

    Bad:
        if (event.status.id === "CONFIRMED") return { successful: false, returnMessage };
    Good:
        if (event.status.id === "CONFIRMED") return { successful: true, returnMessage };
    """
    if not call.claims_failure:
        return None
    return Problem(
        "successful: true for an appointment that is confirmed already",
        f"successful: false; {answers(call)}",
        "return successful: true, with a message that it was confirmed before",
    )


@clause(
    "effect.not-revived",
    "A cancelled appointment is not silently reinstated",
    level="documented",
    strength="should",
    source=reason(
        "Somebody cancelled it, and told the others so. A confirmation or an update that brings it back surprises "
        "everybody who is not at this screen"
    ),
    interfaces=(CONFIRM.name, UPDATE.name),
    when=lambda call: bool(call.crm["marks"]) and call.before == call.crm["cancellation"],
)
def not_revived(call: Call) -> Problem | None:
    """The connector should look first, or leave the decision to the user.

    Bad:
        await axios.patch(url, { status: { id: "CONFIRMED" } }, { headers }); // whatever it was
    Good:
        if (event.status.id === "CANCELLED") return { successful: false, returnMessage };
    """
    marks = call.crm["marks"]
    mine = [c for c in call.changes if call.is_target(c) and c["field"] in marks]
    if not any(c["before"] == marks[c["field"]] for c in mine):
        return None
    return Problem(
        "a cancelled appointment stays cancelled",
        f"it was cancelled, and is {call.final_state}; {answers(call)}",
        "read the status first, and return successful: false for a cancelled appointment",
    )
