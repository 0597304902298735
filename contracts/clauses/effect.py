"""Effects in the CRM: nothing but what was asked for changes."""

from greenroom.contracts.clauses.call import CHANGING, Call, Entry
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason
from greenroom.contracts.interfaces import OF_ONE, READS


@clause(
    "effect.only-this-appointment",
    "The connector changes no other record",
    level="documented",
    source=quote("subject"),
    interfaces=OF_ONE,
    when=lambda call: bool(call.entries),
)
def only_this_appointment(call: Call) -> Problem | None:
    """The connector may write to one record only: the appointment that the call names, or has made itself. Look-alikes,
    neighbours and the same id in another tenant or record type are other records. A request that would change one of
    them counts even if the CRM refused it.

    Bad:
        const [first] = await search(title); await remove(first.id);
    Good:
        await remove(appointmentId);
    """
    touched = {f"{c['table']}/{c['id']} in {c['world']} changed" for c in call.changes if not call.is_target(c)}
    asked = [e["request"] for e in call.writes if not _is_its_own(call, e)]
    touched |= {f"{request['method']} {request['path']} was sent" for request in asked}
    if not touched:
        return None
    only = f"{call.crm['table']}/{call.appointment or 'a new record'}"
    return Problem(
        f"only {only} in {call.actor['world']} is changed",
        "; ".join(sorted(touched)),
        "use exactly the given id, with the credentials of the given user",
    )


def _is_its_own(call: Call, entry: Entry) -> bool:
    """Return whether a write was to the call's own record, or would make it."""
    return entry["world"] == call.actor["world"] and (call.makes(entry) or entry["record"] in call.subjects)


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
