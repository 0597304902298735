"""What ``updateAppointment`` must leave alone: everything that the patch does not name."""

from greenroom.contracts.clauses.call import Call, Entry
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason, runtime
from greenroom.contracts.clauses.patching import asked, by_others, found, patch, short
from greenroom.contracts.clauses.truth import answers
from greenroom.contracts.interfaces import UPDATE
from greenroom.contracts.interfaces.patch import TIMES, contacts_held, start_of, unmet

ONLY = (UPDATE.name,)
_PATCH = runtime(
    "patchBody holds the fields to replace; omitted fields remain unchanged", "packages/core/contracts/appointment.ts"
)


@clause(
    "update.untouched-stays",
    "Fields that the patch does not name stay as they are",
    level="documented",
    source=_PATCH,
    interfaces=ONLY,
    when=lambda call: any(map(call.is_target, call.changes)) and not by_others(call),
)
def untouched_stays(call: Call) -> Problem | None:
    """This includes fields that App Connect does not know, such as the place. A field that is absent from the patch is
    not empty. Fields that the CRM changes itself do not count.

    Bad:
        { summary: patchBody.title, description: patchBody.summary ?? "" }
    Good:
        { summary: patchBody.title, ...("summary" in patchBody && { description: patchBody.summary }) }
    """
    return _touched(call, "send the fields that patchBody has, and no others")


@clause(
    "update.keeps-edits-of-others",
    "What somebody else changes meanwhile stays",
    level="resilient",
    source=_PATCH,
    interfaces=ONLY,
    when=lambda call: any(map(call.is_target, call.changes)) and by_others(call),
)
def keeps_edits_of_others(call: Call) -> Problem | None:
    """A connector that reads the record and sends it back whole undoes what a colleague, or a second call, wrote in
    between. Only the fields of the patch are its own.

    Bad:
        const event = await read(); await put({ ...event, ...fields });
    Good:
        await patch(fields);
    """
    return _touched(call, "send the fields of patchBody only: what was read before may have changed")


def _touched(call: Call, hint: str) -> Problem | None:
    others = [c for c in call.changes if call.is_target(c) and not call.interface.allows(call.record, c)]
    if not others:
        return None
    return Problem(
        f"only what the patch names changes: {', '.join(patch(call))}",
        "; ".join(f"{c['field']}: {short(c['before'])} became {short(c['after'])}" for c in others)[:500],
        hint,
    )


STALE = 412
"""The status of a request that named a version of the record which is no longer the present one."""


def _refused_as_stale(call: Call) -> list[Entry]:
    """Return the requests that the CRM refused since somebody else had moved the appointment."""
    return [e for e in call.met("edited") if call.interface.performs(e) and e["answer"]["status"] == STALE]


@clause(
    "update.reads-anew-after-a-conflict",
    "After a conflict the connector works with what the CRM holds now",
    level="resilient",
    strength="should",
    source=reason(
        "A 412 says that somebody changed the record. What was worked out from the version before, such as an end from "
        "a start, would undo that change under the new version's name"
    ),
    interfaces=ONLY,
    when=lambda call: (
        "durationMinutes" in patch(call) and start_of(patch(call)) is None and bool(_refused_as_stale(call))
    ),
)
def reads_anew_after_a_conflict(call: Call) -> Problem | None:
    """A duration alone is put into the CRM as an end, which follows from the start. A colleague has moved that start.

    Bad:
        const data = fields(patch, entry); for (const _ of [1, 2]) await write(data, await readEtag());
    Good:
        for (const _ of [1, 2]) { const entry = await read(); await write(fields(patch, entry), entry.etag); }
    """
    for refused in _refused_as_stale(call):
        body = refused["request"]["body"]
        again = [e for e in call.mine if e["seq"] > refused["seq"] and e["request"]["body"] == body]
        if any(map(call.interface.performs, again)):
            return Problem(
                "after the 412, times that follow from a new read",
                f"the same again: {body[:200]}; {answers(call)}"[:500],
                "read the record again after a 412, and work out anew what to send",
            )
    return None


@clause(
    "update.concurrent-updates-add-up",
    "Two updates of different fields at the same time are both there",
    level="resilient",
    source=quote("successful"),
    interfaces=ONLY,
    when=lambda call: call.claims_success and call.raced and bool(_mine_alone(call)) and bool(call.held("final")),
)
def concurrent_updates_add_up(call: Call) -> Problem | None:
    """Both users read of a success. Each field that only one of them changed must be as that one asked, in whichever
    order the CRM took the requests.

    Bad:
        body = toBody(patchBody); await axios.patch(url, body, { headers }); // a module variable
    Good:
        const body = toBody(patchBody); await axios.patch(url, body, { headers });
    """
    wrong = [name for name in unmet(call.record, "final") if name in _mine_alone(call)]
    if not wrong:
        return None
    return Problem(
        f"{asked(call, wrong)} at the end",
        f"{found(call, wrong, 'final')}; {answers(call)}"[:500],
        "keep no data of one call where another can reach it, and send only the fields of this patch",
    )


def _mine_alone(call: Call) -> set[str]:
    """Return the names that no concurrent update patches: with the same patch twice there are none."""
    others = [each for each in call.concurrent if each.get("interface") == UPDATE.name and "asked" in each]
    theirs = {name for each in others for name in each["asked"]["patchBody"]}
    theirs |= {*TIMES} if theirs & {*TIMES} else set()
    return set(patch(call)) - theirs if others else set()


@clause(
    "update.other-attendees-stay",
    "Attendees who are no contacts are not removed",
    level="documented",
    strength="should",
    source=reason(
        "contacts lists contacts of the CRM. Users, employees and calendars are attendees, too, and App Connect does "
        "not say that they are to go"
    ),
    interfaces=ONLY,
    when=lambda call: "contacts" in patch(call) and bool(_others(call)) and not by_others(call),
)
def other_attendees_stay(call: Call) -> Problem | None:
    """A colleague who loses the appointment in the calendar misses it.

    Bad:
        await axios.patch(`${url}?replace=attendee`, { attendee: { items: wanted } }, { headers });
    Good:
        await axios.patch(`${url}?replace=attendee`, { attendee: { items: [...colleagues, ...wanted] } }, { headers });
    """
    held = call.held("after")
    lost = set(_others(call)) - set(contacts_held(call.record, held, others=True)) if held else set()
    if not lost:
        return None
    return Problem(
        f"the attendees {', '.join(_others(call))} stay",
        f"{', '.join(sorted(lost))} removed; {answers(call)}"[:500],
        "read the attendees first, and keep those that are no contacts",
    )


def _others(call: Call) -> list[str]:
    held = call.held("before")
    return contacts_held(call.record, held, others=True) if held else []
