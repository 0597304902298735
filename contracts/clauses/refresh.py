"""What only ``refreshAppointment`` promises: the present state of one appointment, or that there is none."""

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Problem, clause, quote
from greenroom.contracts.clauses.listing import identity
from greenroom.contracts.clauses.returned import shown, was_read
from greenroom.contracts.clauses.truth import answers
from greenroom.contracts.interfaces import REFRESH, UPDATE

ONLY = (REFRESH.name,)


def _ordinary_read(call: Call) -> bool:
    """Return whether nothing is in the way of showing a live appointment; it may be of another kind."""
    mine = call.before == call.after == "live" and call.actor["access"] == "cancel"
    given_up = call.fired or call.raced or (bool(call.concurrent) and call.claims_failure)
    quiet = not (given_up or call.record["aftermath"] or "faults" in call.record["variant"])
    return bool(mine and quiet and call.actor["credential"] == "valid" and call.as_written)


@clause(
    "truth.shows-the-appointment",
    "A refresh returns the appointment",
    level="runtime",
    source=quote("result"),
    interfaces=ONLY,
    when=lambda call: _ordinary_read(call) and call.kind in ("returned", "raised"),
)
def the_appointment(call: Call) -> Problem | None:
    """Nothing stands in the way of an ordinary refresh. The result must hold the appointment of the given id, also one
    without texts, attendees or times of day. App Connect's panel knows it by ``thirdPartyAppointmentId``, or else by
    ``id``.

    Bad:
        return { successful: true, appointment: { ...toAppointment(data), id: uuid() } };
    Good:
        return { successful: true, appointment: toAppointment(data) };
    """
    found = shown(call)
    if found is not None and identity(found) == call.appointment:
        return None
    got = f"the id {identity(found)!r}" if found is not None else f"no appointment; the call {call.kind}"
    return Problem(
        f"the appointment {call.appointment}",
        f"{got}; {answers(call)}",
        "return {appointment} with the id of the CRM's record",
    )


@clause(
    "truth.shows-the-present",
    "A refresh shows what the CRM says now",
    level="documented",
    source=quote("reads"),
    interfaces=ONLY,
    when=lambda call: call.claims_success,
)
def present(call: Call) -> Problem | None:
    """A success needs a response of this call: a readable 2xx, or a 304. Whatever a connector remembers, or fills in
    after a failure, may be out of date, and the user cannot see that.

    Bad:
        if (!response) return { successful: true, appointment: cache.get(appointmentId) };
    Good:
        if (!response) return { successful: false, returnMessage: { message: "Clio did not respond", messageType:
        "warning", ttl: 5000 } };
    """
    if was_read(call):
        return None
    return Problem(
        "successful: false without a usable response of the CRM",
        f"successful: true; {answers(call)}",
        "return successful: false with a message if the read failed",
    )


@clause(
    "truth.absent-is-told",
    "A missing appointment is reported",
    level="documented",
    source=quote("successful"),
    interfaces=(REFRESH.name, UPDATE.name),
    when=lambda call: (
        call.before in call.crm["absent"]
        and call.actor["credential"] == "valid"
        and not (call.fired or call.raced)
        and call.kind in ("returned", "raised")
    ),
)
def absent(call: Call) -> Problem | None:
    """The documentation asks for a returned failure with a message. An escaped error does not tell the user that the
    appointment is gone.

    Bad:
        throw new Error("not found");
    Good:
        return { successful: false, returnMessage: { message: "Clio did not find this appointment", messageType:
        "warning", ttl: 5000 } };
    """
    if call.claims_failure:
        return None
    said = "successful: true" if call.claims_success else f"the call {call.kind}"
    return Problem(
        "successful: false for a missing appointment",
        f"{said}; {answers(call)}",
        "catch the CRM's 404, and return successful: false with a message",
    )
