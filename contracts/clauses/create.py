"""What only ``createAppointment`` promises: one new appointment, as asked for, and its id."""

from typing import Any

from greenroom.contracts.clauses.call import Call, Entry
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason
from greenroom.contracts.clauses.listing import identity
from greenroom.contracts.clauses.toast import in_words
from greenroom.contracts.clauses.truth import answers
from greenroom.contracts.interfaces import CREATE
from greenroom.contracts.interfaces.create import THERE

ONLY = (CREATE.name,)


@clause(
    "create.creates",
    "A plain create makes an appointment",
    level="runtime",
    source=quote("purpose"),
    interfaces=ONLY,
    when=lambda call: call.plain,
)
def creates(call: Call) -> Problem | None:
    """Nothing stands in the way of a plain create. Afterwards the CRM holds a new appointment that takes place. One
    that looks alike and was there before is another one.

    Bad:
        return { successful: true, appointmentId: uuid() }; // no request was sent
    Good:
        const { data } = await axios.post(url, { data: entry }, { headers });
    """
    if call.final_state in THERE:
        return None
    made = f"the appointment is {call.final_state}" if call.created else "nothing was made"
    return Problem("a new appointment in the CRM", f"{made}; {answers(call)}", "send the request, and wait for its end")


@clause(
    "create.once",
    "A call makes one appointment at most",
    level="documented",
    source=quote("purpose"),
    interfaces=ONLY,
    when=lambda call: bool(call.created),
)
def once(call: Call) -> Problem | None:
    """A lost, late, cut or unreadable response and a 5xx may come after the CRM has done it. A blind retry makes a
    second appointment. No CRM here has an idempotency key, so a connector marks what it writes, and looks for the mark
    before it writes again.

    Bad:
        for (let tries = 0; tries < 3; tries += 1) try { return await axios.post(url, body, { headers }); } catch {}
    Good:
        await axios.put(`${url}/eid:${callId}`, body, { headers }); // a retry finds the first one
    """
    if len(call.kept) < 2:
        return None
    return Problem(
        "one new appointment at most",
        f"{len(call.kept)} new appointments: {', '.join(call.kept)}; {answers(call)}"[:500],
        "look for the first one by something that only this call knows, before you send it again",
    )


@clause(
    "create.names-the-record",
    "The returned id is that of the new record",
    level="documented",
    source=quote("subject"),
    interfaces=ONLY,
    when=lambda call: call.claims_success and bool(call.kept),
)
def names_the_record(call: Call) -> Problem | None:
    """App Connect cancels, confirms and opens the appointment by this id. After a lost response, a search by title or
    time may find somebody else's appointment.

    Bad:
        const [found] = await search({ query: payload.title }); return { appointmentId: found.id };
    Good:
        return { appointmentId: data.id, appointment: toAppointment(data) };
    """
    named = [identity({"id": call.value.get("appointmentId")})]
    shown = call.value.get("appointment")
    named += [identity(shown)] if isinstance(shown, dict) else []
    if all(each in call.kept for each in named):
        return None
    return Problem(
        f"the id {call.kept[0]}", f"{' and '.join(named)}; {answers(call)}"[:500], "return the id from the response"
    )


@clause(
    "create.returns-the-appointment",
    "A success returns the new appointment, too",
    level="documented",
    strength="should",
    source=quote("appointment"),
    interfaces=ONLY,
    when=lambda call: call.plain and call.claims_success and call.seen["from"] == "connector",
)
def returns_the_appointment(call: Call) -> Problem | None:
    """The documentation asks for the whole appointment. App Connect needs only its id.

    Bad:
        return { appointmentId: data.id };
    Good:
        return { appointmentId: data.id, appointment: toAppointment(data) };
    """
    if isinstance(call.value.get("appointment"), dict):
        return None
    return Problem("appointmentId and appointment", "no appointment", "return what the CRM's response holds")


@clause(
    "create.error-means-not-made",
    "No error escapes after the appointment was made",
    level="documented",
    source=quote("successful"),
    interfaces=ONLY,
    when=lambda call: call.kind in ("returned", "raised") and call.proven,
)
def error_means_not_made(call: Call) -> Problem | None:
    """App Connect shows an escaped error as 'Error creating appointment'. The user creates it again, and there are two.
    A failing read-back changes nothing: the id is known.

    Bad:
        const { data } = await axios.get(location, { headers }); // throws after the POST was done
    Good:
        const { data } = await axios.get(location, { headers }).catch(() => ({})); // the id is in Location
    """
    if call.kind == "returned" or not call.fulfilled("after"):
        return None
    return Problem(
        "a success with the new id",
        f"{call.outcome['error']['type']} escaped; {answers(call)}; the user sees: {in_words(call.seen)}"[:500],
        "catch errors of what follows the create, and return the id",
    )


@clause(
    "create.recognizes-its-own",
    "The connector recognizes its own work after a lost response",
    level="resilient",
    strength="should",
    source=reason("A look shows what the connector made. A reported failure leads the user to make it a second time"),
    interfaces=ONLY,
    when=lambda call: call.returned and call.fulfilled("after") and bool(_showing(call)),
)
def recognizes_its_own(call: Call) -> Problem | None:
    """A later response held the new appointment, whole. The user got what they asked for.

    Bad:
        const { data } = await axios.get(byMark, { headers }); return failed("Clio did not respond");
    Good:
        const { data } = await axios.get(byMark, { headers }); if (data.data.length) return created(data.data[0]);
    """
    if not call.claims_failure:
        return None
    shown = _showing(call)[0]["request"]
    return Problem(
        "successful: true for what the connector saw made",
        f"successful: false, although {shown['method']} {shown['path']} showed {call.appointment}",
        "look for it by something that only this call knows, and return what was found",
    )


def _showing(call: Call) -> list[Entry]:
    """Return the looks after the create whose whole response held the record's id, beside those at one record."""
    tried = [entry["seq"] for entry in call.mine if call.interface.performs(entry)]
    looks = [e for e in call.journal if e["operation"] in ("read", "other") and e["seq"] > min(tried, default=0)]
    fine = [e for e in looks if e["received"] in ("whole", "late") and e["answer"]["status"] == 200]
    return [entry for entry in fine if _marked(call, entry) and call.appointment in entry["answer"]["body"]]


def _marked(call: Call, entry: Entry) -> bool:
    """Return whether a look asked for something that the create had sent: a list of everything shows no owner."""
    sent = [e["request"] for e in call.mine if call.interface.performs(e)]
    parts = [part for part in _words(entry) if len(part) >= MARK]
    return any(part in f"{request['path']} {request['body']}" for part in parts for request in sent)


MARK = 12
"""Characters of the shortest mark."""


def _words(entry: Any) -> list[str]:
    """Return what a request asks for: the values in its query, body and path."""
    request = entry["request"]
    text = f"{request['path']}&{request['query']}&{request['body']}"
    for sign in "=/:'\"&?,{}[]":
        text = text.replace(sign, " ")
    return text.split()
