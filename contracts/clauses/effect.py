"""Effects in the CRM: nothing but what was asked for changes."""

from greenroom.contracts.clauses.call import CHANGING, Call
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason
from greenroom.contracts.interfaces import READS, WITH_SUBJECT


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


@clause(
    "effect.changes-nothing",
    "A read changes nothing in the CRM",
    level="documented",
    source=reason(
        "The interface only reads, and App Connect calls it whenever a user looks. A change that nobody asked for "
        "would come about unnoticed"
    ),
    interfaces=READS,
    when=lambda call: bool(call.entries),
)
def changes_nothing(call: Call) -> Problem | None:
    """No request may change a record. A request that would do so counts even if the CRM refused it.

    Bad:
        await axios.patch(url, { data: { external_properties } }, { headers }); // "last synced"
    Good:
        const { data } = await axios.get(url, { headers });
    """
    changed = [f"{change['field']} of {change['table']}/{change['id']}" for change in call.changes]
    asked = [f"{e['request']['method']} {e['request']['path']}" for e in call.entries if e["operation"] in CHANGING]
    if not changed and not asked:
        return None
    return Problem(
        "requests that only read",
        "; ".join([*(f"{what} changed" for what in changed), *(f"{what} was sent" for what in asked)])[:500],
        "send no request that writes",
    )
