"""Limits: every call ends, with few requests."""

import math
from datetime import datetime
from email.utils import parsedate_to_datetime

from greenroom.contracts.clauses.call import CHANGING, Call, Entry
from greenroom.contracts.clauses.clause import Problem, clause, reason
from greenroom.contracts.clauses.ending import crash
from greenroom.contracts.clauses.language import written
from greenroom.contracts.clauses.toast import in_words


@clause(
    "bounds.comes-to-an-end",
    "Every call ends, and the process stays alive",
    level="documented",
    source=reason(
        "App Connect sets no time-out. A connector that hangs keeps its user waiting for ever. A connector that ends "
        "the process takes every other user's connector with it"
    ),
    when=lambda call: call.kind == "crashed" or call.died_late or (call.issuable and _may_end_badly(call)),
    odd_ids_too=True,
)
def comes_to_an_end(call: Call) -> Problem | None:
    """The connector must return or throw within the deadline, and its process must stay alive. This holds after a
    refusal, for a missing record and for an expired token, too. Exception: a Retry-After longer than the deadline
    excuses one time-out.

    Bad:
        process.exit(1);
    Good:
        await axios.delete(url, { headers, timeout: 10_000 });
    """
    if call.kind in ("returned", "raised"):
        if not call.died_late:
            return None
        return Problem(
            "the process stays alive",
            "the process ended after the result",
            "never exit: the process serves others, too",
        )
    deadline = call.outcome.get("deadline")
    got = f"no result within {deadline:g} s" if deadline else f"the connector's process ended{crash(call)}"
    hint = f"limit each request: {_limit(call)}" if deadline else "never exit: return a result or raise an error"
    return Problem("a result or an error", f"{got}; the user sees {in_words(call.seen)}", hint)


def _limit(call: Call) -> str:
    return written(call, "timeout=10", "signal: AbortSignal.timeout(10_000)")


def _may_end_badly(call: Call) -> bool:
    """Return whether this promise is about the call. Plain calls and drips have promises of their own."""
    return not call.plain and not call.met("drip") and not _waits_beyond_the_deadline(call)


def _waits_beyond_the_deadline(call: Call) -> bool:
    """Return whether the only refusal asked for more time than was left, and no request followed it.

    The deadline is ours, the wait is the CRM's. A second refusal is no excuse: otherwise endless retries had one.
    """
    if call.kind != "timed-out":
        return False
    deadline = call.outcome["deadline"]  # on a busy machine the call was given more: what came then counts no more
    asked = [each for each in _told_to_wait(call) if _began(each[1]) < deadline]
    if len(asked) != 1:
        return False
    place, refused, wait = asked[0]
    later = [entry for entry in call.journal[place + 1 :] if _began(entry) < deadline]
    more = [entry for entry in later if entry["operation"] not in ("connect", "external_host")]
    return not more and bool(refused["after"] + wait + SLACK > deadline)


@clause(
    "bounds.gives-up-on-a-drip",
    "A response that comes byte by byte does not block the user for ever",
    level="resilient",
    strength="should",
    source=reason(
        "Most time-outs count between two reads. A sick server or proxy that sends a byte now and then keeps such a "
        "connector, and its user, waiting"
    ),
    when=lambda call: bool(call.met("drip")),
)
def gives_up_on_a_drip(call: Call) -> Problem | None:
    """A limit for the whole exchange helps. The connector may also leave a body unread whose status says everything.

    Bad:
        request.setTimeout(5_000); // counts between two reads
    Good:
        await fetch(url, { signal: AbortSignal.timeout(5_000) });
    """
    if call.kind != "timed-out":
        return None
    deadline = f"no result within {call.outcome['deadline']:g} s, while the body came a byte at a time"
    return Problem("a result or an error", deadline, "limit the whole exchange, not only the time between two reads")


MOST_REQUESTS = 10


@clause(
    "bounds.few-requests",
    "A call sends few requests",
    level="resilient",
    source=reason(
        "CRMs count requests for the whole firm (Clio: 50 a minute at peak hours). A connector that retries without "
        "end locks everybody out. Ten requests leave room to read, write, look, log in again, and retry each"
    ),
    when=lambda call: bool(call.journal),
    odd_ids_too=True,
)
def few_requests(call: Call) -> Problem | None:
    """Ten requests are allowed; a create or an update has more steps, and twice as many. Connections that break as they
    begin count, too. A list needs one request more for each further page: different questions that were answered do not
    count.

    Bad:
        while (!(await attempt())) continue;
    Good:
        for (let tries = 0; tries < 3 && !(await attempt()); tries += 1) await wait();
    """
    count = len(call.entries) - len(call.sent_away) - _pages(call)
    most = MOST_REQUESTS * (2 if call.interface.rewrites else 1)
    if count <= most:
        return None
    more = " beyond what its pages need" if call.interface.lists else ""
    return Problem(
        f"at most {most} requests{more}",
        f"{count} requests{more}",
        "retry two or three times, then return successful: false",
    )


def _pages(call: Call) -> int:
    """Return how many requests a list's further pages needed: each question that was answered, once."""
    if not call.interface.lists:
        return 0
    answered = {_what(call, e) for e in call.questions if 200 <= e["answer"]["status"] < 300}
    return max(len(answered) - 1, 0)


@clause(
    "bounds.does-not-hammer",
    "The connector does not hammer a CRM that asks it to wait",
    level="resilient",
    source=reason("Retry-After is the CRM's own word for when a retry may help. One early retry may be an accident"),
    when=lambda call: bool(_told_to_wait(call)),
)
def does_not_hammer(call: Call) -> Problem | None:
    """After a 429 or 503 with Retry-After, the connector must not send the same request again before that time. The
    same holds for a log-in. Retry-After is a number of seconds or a date, and may be long. A part of the wait is not
    enough. Giving up is fine.

    Bad:
        await sleep(1_000); // the CRM said Retry-After: 60
    Good:
        await sleep(1_000 * Number(response.headers["retry-after"]));
    """
    early = _early(call)
    if len(early) < 2:
        return None
    return Problem(
        "no retry before the time in Retry-After",
        f"{len(early)} retries within {', '.join(f'{seconds:.2f} s' for seconds in early)}",
        "wait as long as Retry-After says, or ask the user to try again later",
    )


@clause(
    "bounds.waits-as-told",
    "A retry waits as long as Retry-After says",
    level="resilient",
    strength="should",
    source=reason("Retry-After is the CRM's own word for when a retry may help"),
    when=lambda call: bool(_told_to_wait(call)),
)
def waits_as_told(call: Call) -> Problem | None:
    """The CRM refuses an early retry again, and counts it.

    Bad:
        await retry(); // at once
    Good:
        await sleep(1_000 * Number(response.headers["retry-after"])); await retry();
    """
    early = _early(call)
    if not early:
        return None
    return Problem("a retry after the wait in Retry-After", f"a retry after {early[0]:.2f} s", "read Retry-After")


SLACK = 0.25
"""Seconds that a clock may be off."""
RACING = 0.5
"""Seconds after a result in which a write may be a concurrent call's, sent with this one's credential."""


def _told_to_wait(call: Call) -> list[tuple[int, Entry, float]]:
    found = []
    for place, entry in enumerate(call.journal):
        wait = _named(entry) if entry["record"] is not None or call.logs_in(entry) or _names_none(call, entry) else None
        if entry["answer"]["status"] in (429, 503) and wait is not None:
            found.append((place, entry, wait))
    return found


def _names_none(call: Call, entry: Entry) -> bool:
    """Return whether a request is about what a call that names no record is about."""
    return call.interface.subject is None and entry in call.questions


def _named(entry: Entry) -> float | None:
    """Return the seconds to wait that a response asks for. A date has no fractions of a second: one may have passed."""
    headers = {name.lower(): value for name, value in entry["answer"]["headers"].items()}
    named = headers.get("retry-after", "")
    if named.isdecimal():
        return float(named)
    until, now = _moment(named), _moment(headers.get("date", ""))
    return max((until - now).total_seconds() - 1, 0.0) if until and now else None


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _early(call: Call) -> list[float]:
    """Return the seconds after which retries came too early."""
    early = []
    for place, refused, wait in _told_to_wait(call):
        same = [e for e in call.journal[place + 1 :] if _what(call, e) == _what(call, refused)]
        if same and (passed := _began(same[0]) - refused["after"]) < wait - SLACK:
            early.append(max(passed, 0.0))
    return early


def _what(call: Call, entry: Entry) -> tuple[str, ...]:
    """Return what makes two requests the same. The pages of a list have one path."""
    names = ("method", "path") if not call.interface.lists else ("method", "path", "query", "body")
    return tuple(str(entry["request"][name]) for name in names)


@clause(
    "bounds.writes-before-it-answers",
    "The connector writes nothing after its result",
    level="resilient",
    source=reason("The message to the user cannot depend on a later write, and nobody learns of its failure"),
    when=lambda call: call.kind in ("returned", "raised") and bool(call.entries),
)
def writes_before_it_answers(call: Call) -> Problem | None:
    """A later look or log line is fine; a later change to the CRM is not. Of concurrent calls, the last result counts.
    A request that was still under way proves nothing either. A success that was reported before any response is a
    guess.

    Bad:
        setTimeout(() => axios.delete(url, { headers }), 0); return { successful: true, returnMessage };
    Good:
        await axios.delete(url, { headers }); return { successful: true, returnMessage };
    """
    late = [e for e in call.record["late"] if e["operation"] in CHANGING and _began(e) > _over(call)]
    late += _guessed(call) if call.claims_success else []
    if not late:
        return None
    request = late[0]["request"]
    return Problem(
        "every write before the result", f"{request['method']} {request['path']} after it", "await the write"
    )


def _over(call: Call) -> float:
    """Return when a call is over. Which of concurrent calls ends first may be a matter of milliseconds."""
    ends = [other["ended"] for other in call.concurrent if "ended" in other]
    return min(max(ends), call.record["seconds"] + RACING) if ends else -math.inf


def _guessed(call: Call) -> list[Entry]:
    """Return the requests for it that were still under way, if nothing had yet shown the appointment's state.

    Any later request with a response, a list too, is a look. Other promises judge whether it was read correctly.
    """
    known = [entry for entry in call.mine if call.in_time(entry)]
    shown = ("absent", "ended", *call.interface.shown(call.record))
    if any(call.interface.confirmed_by(entry) or entry["shows"] in shown for entry in known):
        return []
    waiting = [e for e in call.mine if call.interface.performs(e) and not call.in_time(e)]
    since = min((_began(entry) for entry in waiting), default=0.0)
    asked = [entry for entry in call.journal if entry not in call.sent_away and call.in_time(entry)]
    return [] if any(_began(entry) > since for entry in asked) else waiting


def _began(entry: Entry) -> float:
    return float(entry["after"] - entry["seconds"])
