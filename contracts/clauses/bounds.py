"""Limits: every call comes to an end."""

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Problem, clause, reason
from greenroom.contracts.clauses.toast import in_words


@clause(
    "bounds.comes-to-an-end",
    "Every call comes to an end, with the process alive",
    level="documented",
    source=reason(
        "Nothing in App Connect sets a time-out: a connector that hangs keeps its user waiting for ever, one that ends "
        "the process takes every other user's connector with it"
    ),
    when=lambda call: (not call.plain and not call.met("drip")) or call.died_late,
)
def comes_to_an_end(call: Call) -> Problem | None:
    """A refusal, a missing record or an expired token may be answered or thrown, but neither hung upon nor died of."""
    if call.kind in ("returned", "raised"):
        if not call.died_late:
            return None
        return Problem(
            "a process that lives on", "the process ended after the answer", "end nothing that serves others"
        )
    deadline = call.outcome.get("deadline")
    got = f"no answer within {deadline:g} s" if deadline else "the connector's process ended"
    return Problem("an answer or an error", f"{got}; the user sees {in_words(call.seen)}", "set a time-out; never exit")


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
