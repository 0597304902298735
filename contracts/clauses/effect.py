"""Effects in the CRM: nothing but what was asked for changes."""

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Problem, clause, quote
from greenroom.contracts.interfaces import WITH_SUBJECT


@clause(
    "effect.only-this-appointment",
    "The connector changes no other record",
    level="documented",
    source=quote("subject"),
    interfaces=WITH_SUBJECT,
    when=lambda call: bool(call.entries),
)
def only_this_appointment(call: Call) -> Problem | None:
    """The connector may write to one record only: the appointment that the call names. Look-alikes, neighbours and the
    same id in another tenant or record type are other records. A request that would change one of them counts even if
    the CRM refused it.

    Bad:
        const [first] = await search(title); await remove(first.id);
    Good:
        await remove(appointmentId);
    """
    touched = {f"{c['table']}/{c['id']} in {c['world']} changed" for c in call.changes if not call.is_target(c)}
    mine = (call.appointment, call.actor["world"])
    asked = [e["request"] for e in call.writes if (e["record"], e["world"]) != mine]
    touched |= {f"{request['method']} {request['path']} was sent" for request in asked}
    if not touched:
        return None
    return Problem(
        f"only {call.crm['table']}/{call.appointment} in {call.actor['world']} is changed",
        "; ".join(sorted(touched)),
        "use exactly the given id, with the credentials of the given user",
    )
