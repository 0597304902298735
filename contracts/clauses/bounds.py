"""Limits: every call comes to an end."""

from datetime import datetime
from email.utils import parsedate_to_datetime

from greenroom.contracts.clauses.call import Call, Entry, confirms, logs_in
from greenroom.contracts.clauses.clause import Problem, clause, reason
from greenroom.contracts.clauses.ending import crash
from greenroom.contracts.clauses.toast import in_words


@clause(
    "bounds.comes-to-an-end",
    "Every call comes to an end, with the process alive",
    level="documented",
    source=reason(
        "Nothing in App Connect sets a time-out: a connector that hangs keeps its user waiting for ever, one that ends "
        "the process takes every other user's connector with it"
    ),
    when=lambda call: call.kind == "crashed" or call.died_late or (call.given and _may_end_badly(call)),
    odd_ids_too=True,
)
def comes_to_an_end(call: Call) -> Problem | None:
    """A refusal, a missing record or an expired token may be answered or thrown, but neither hung upon nor died of. Who
    was told once to wait for longer than the deadline, and does, is not taken to hang.
    """
    if call.kind in ("returned", "raised"):
        if not call.died_late:
            return None
        return Problem(
            "a process that lives on", "the process ended after the answer", "end nothing that serves others"
        )
    deadline = call.outcome.get("deadline")
    got = f"no answer within {deadline:g} s" if deadline else f"the connector's process ended{crash(call)}"
    return Problem("an answer or an error", f"{got}; the user sees {in_words(call.seen)}", "set a time-out; never exit")


def _may_end_badly(call: Call) -> bool:
    """Tell whether it is a call that this promise is about: on plain days ``shape.returns`` is, in a drip another."""
    return not call.plain and not call.met("drip") and not _waits_beyond_the_deadline(call)


def _waits_beyond_the_deadline(call: Call) -> bool:
    """Tell whether the only refusal asked for more time than was left, and nothing came after it: the deadline is ours,
    the wait is the CRM's. A second refusal is no excuse, or whoever repeats for ever had one.
    """
    asked = _told_to_wait(call)
    if call.kind != "timed-out" or len(asked) != 1:
        return False
    place, refused, wait = asked[0]
    more = [entry for entry in call.journal[place + 1 :] if entry["operation"] not in ("connect", "elsewhere")]
    return not more and bool(refused["after"] + wait + SLACK > call.outcome["deadline"])


@clause(
    "bounds.gives-up-on-a-drip",
    "An answer that comes byte by byte does not hold the user for ever",
    level="resilient",
    strength="should",
    source=reason(
        "Most time-outs count between two reads: a sick server or proxy that sends a byte now and then keeps such a "
        "connector, and its user, waiting"
    ),
    when=lambda call: bool(call.met("drip")),
)
def gives_up_on_a_drip(call: Call) -> Problem | None:
    """A limit for the whole exchange, or leaving the body of an answer unread whose status says it all, helps."""
    if call.kind != "timed-out":
        return None
    deadline = f"no answer within {call.outcome['deadline']:g} s, while the body came a byte at a time"
    return Problem("an answer or an error", deadline, "limit the whole exchange, not only the time between two reads")


MOST_REQUESTS = 10


@clause(
    "bounds.few-requests",
    "A call sends a few requests",
    level="resilient",
    source=reason(
        "CRMs count requests for the whole firm (Clio 50 a minute at peak hours): a connector that repeats without end "
        "locks everybody out; ten leave room to read, write, look, log in again, and repeat each"
    ),
    when=lambda call: bool(call.journal),
    odd_ids_too=True,
)
def few_requests(call: Call) -> Problem | None:
    """Connections that break as they begin count too."""
    count = len(call.entries) - len(call.sent_away)
    if count <= MOST_REQUESTS:
        return None
    return Problem(
        f"at most {MOST_REQUESTS} requests", f"{count} requests", "repeat twice or thrice, then tell the user"
    )


@clause(
    "bounds.does-not-hammer",
    "Whoever is told to wait waits, or gives up",
    level="resilient",
    source=reason("Retry-After is the CRM's own word for when a repetition may help; one early try may be an accident"),
    when=lambda call: bool(_told_to_wait(call)),
)
def does_not_hammer(call: Call) -> Problem | None:
    """After a 429 or 503 with Retry-After the same request, a log-in too, is not sent again, or after that time. It is
    written in seconds or as a date, and may be long: to wait for a part of it is to hammer, too; giving up is fine.
    """
    early = _early(call)
    if len(early) < 2:
        return None
    return Problem(
        "no repetition before the time that Retry-After names",
        f"{len(early)} repetitions within {', '.join(f'{seconds:.2f} s' for seconds in early)}",
        "wait as long as Retry-After says, or tell the user to try again later",
    )


@clause(
    "bounds.waits-as-told",
    "A repetition waits as long as Retry-After says",
    level="resilient",
    strength="should",
    source=reason("Retry-After is the CRM's own word for when a repetition may help"),
    when=lambda call: bool(_told_to_wait(call)),
)
def waits_as_told(call: Call) -> Problem | None:
    """A single early repetition is answered by another refusal, and counted."""
    early = _early(call)
    if not early:
        return None
    return Problem("the wait that Retry-After names", f"repeated after {early[0]:.2f} s", "read Retry-After")


SLACK = 0.25
"""Seconds that a clock may be off."""


def _told_to_wait(call: Call) -> list[tuple[int, Entry, float]]:
    found = []
    for place, entry in enumerate(call.journal):
        wait = _named(entry) if entry["record"] is not None or logs_in(entry) else None
        if entry["answer"]["status"] in (429, 503) and wait is not None:
            found.append((place, entry, wait))
    return found


def _named(entry: Entry) -> float | None:
    """Return the seconds that an answer asks to wait. A date has no parts of a second: up to one may have passed."""
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
    """Return after how many seconds requests were repeated that should have waited longer."""
    early = []
    for place, refused, wait in _told_to_wait(call):
        same = [e for e in call.journal[place + 1 :] if _what(e) == _what(refused)]
        if same and (passed := _began(same[0]) - refused["after"]) < wait - SLACK:
            early.append(max(passed, 0.0))
    return early


def _what(entry: Entry) -> tuple[str, str]:
    return entry["request"]["method"], entry["request"]["path"]


@clause(
    "bounds.writes-before-it-answers",
    "Nothing is written after the answer",
    level="resilient",
    source=reason("What the user was told cannot depend on it, and nobody hears of its failure"),
    when=lambda call: call.kind in ("returned", "raised") and bool(call.entries),
)
def writes_before_it_answers(call: Call) -> Problem | None:
    """Looking once more, or logging, may come later; a change to the CRM may not. A request that was under way already
    is no proof either: success said while nothing had been answered yet is a guess.
    """
    late = [entry for entry in call.record["late"] if entry["operation"] in ("cancel", "update", "delete", "create")]
    late += _guessed(call) if call.claims_success else []
    if not late:
        return None
    request = late[0]["request"]
    return Problem(
        "every write before the answer", f"{request['method']} {request['path']} after it", "await the write"
    )


def _guessed(call: Call) -> list[Entry]:
    """Return the cancelling requests that were still under way, where nothing told by then how the appointment stands.

    What was asked after them and answered, a list too, is a look; whether it was read rightly is for other promises.
    """
    if any(confirms(entry) or entry["shows"] in ("absent", "ended") for entry in call.mine if call.in_time(entry)):
        return []
    waiting = [e for e in call.mine if e["operation"] == "cancel" and not call.in_time(e)]
    since = min((_began(entry) for entry in waiting), default=0.0)
    asked = [entry for entry in call.journal if entry not in call.sent_away and call.in_time(entry)]
    return [] if any(_began(entry) > since for entry in asked) else waiting


def _began(entry: Entry) -> float:
    return float(entry["after"] - entry["seconds"])
