"""Why an appointment still stands, or was cancelled in another way: what a developer can do about it."""

from typing import Any

from greenroom.contracts.clauses.call import ENDED, Call


def why(call: Call) -> str:
    """Return what to do about an appointment that still stands: the first of these causes that there is."""
    causes = (_nothing_came(call), _somebody_elses(call), _not_its_own_path(call), _refused(call))
    return next(filter(None, causes), "send the request that cancels, and wait for its answer")


def _nothing_came(call: Call) -> str | None:
    if any(entry["operation"] != "elsewhere" for entry in call.entries):
        return None
    away = {str(attempt["host"]) for attempt in call.record["attempts"]}
    away |= {str(entry["request"]["host"]) for entry in call.sent_away}
    if away:
        sent = ", ".join(sorted(away))
        return f"it asked {sent}, which is no host of {call.crm['title']} at its port; {_address(call)}"
    return f"no request came: {_ENDED.get(call.kind, 'send the request that cancels, and wait for its answer')}"


def _address(call: Call) -> str:
    return f"ask https://{call.actor['host']}, as the user's host name says"


def _somebody_elses(call: Call) -> str | None:
    person, world = call.actor["person"], call.actor["world"]
    others = [e for e in call.writes if e["world"] != world or (e["person"] and e["person"] != person)]
    if others and not call.proven:
        return "its request carried another user's credentials: send the authHeader that this call was given"
    bare = [e for e in call.writes if e["credential"] == "missing"]
    return "its request carried no credentials: send the authHeader that this call was given" if bare else None


def _not_its_own_path(call: Call) -> str | None:
    sent = next((entry["request"] for entry in call.writes), None)
    if sent is None or any(entry["record"] == call.appointment for entry in call.writes):
        return None
    path = f"{sent['method']} {sent['path']}"
    return f"it sent {path}, which is not {call.crm['table']} {call.appointment}: send the id as it was given"


def _refused(call: Call) -> str | None:
    if not call.writes:
        return "it only read: send the request that cancels, and wait for its answer"
    last = call.writes[-1]
    request, answer = last["request"], last["answer"]
    if 200 <= answer["status"] < 300:
        return f"{request['method']} {request['path']} was done, and does not cancel: {_way(call)}"
    if not answer["status"]:
        return None
    refused = f"{call.crm['title']} refused {request['method']} {request['path']}"
    return f"{refused} with {_short_answer(answer)}; {_way(call)}"


def _short_answer(answer: Any) -> str:
    return f"{answer['status']} {' '.join(answer['body'].split())[:200]}".strip()


_ENDED = {
    "raised": "an error was raised before; mend what it says",
    "crashed": "the process ended before; mend what it says",
    "timed-out": "the call waited for something else until its end; find out for what",
}


def _way(call: Call) -> str:
    """Say to a developer how this CRM cancels."""
    table, field = call.crm["table"], call.crm["status_field"]
    if call.crm["cancellation"] == "removed":
        return f"cancel with DELETE of {table}/{call.appointment}"
    return f"cancel with PATCH of {table}/{call.appointment}, {field} set to {call.crm['cancelled_status']}"


def instead(call: Call) -> str:
    """Say to a developer what to send in place of what was sent."""
    if call.before in ENDED:
        return "leave an appointment alone that is cancelled already"
    sent = [entry["request"]["method"] for entry in call.writes if entry["changes"]]
    return f"{_way(call)}{f', not with {sent[-1]}' if sent else ''}"
