"""Hints for developers: why an appointment is still live, or was cancelled in another way."""

from typing import Any

from greenroom.contracts.clauses.call import Call


def why(call: Call) -> str:
    """Return the hint for an appointment that is still live: the first cause that applies."""
    causes = (_nothing_came(call), _somebody_elses(call), _not_its_own_path(call), _refused(call))
    return next(filter(None, causes), _send(call))


def _nothing_came(call: Call) -> str | None:
    if any(entry["operation"] != "external_host" for entry in call.entries):
        return None
    away = {str(attempt["host"]) for attempt in call.record["attempts"]}
    away |= {str(entry["request"]["host"]) for entry in call.sent_away}
    if away:
        sent = ", ".join(sorted(away))
        return f"it sent requests to {sent}, which is no host of {call.crm['title']} at its port; {_address(call)}"
    return f"no request came: {_ENDED.get(call.kind, _send(call))}"


def _address(call: Call) -> str:
    return f"use https://{call.actor['host']}, the user's host name"


def _somebody_elses(call: Call) -> str | None:
    person, world = call.actor["person"], call.actor["world"]
    others = [e for e in call.writes if e["world"] != world or (e["person"] and e["person"] != person)]
    if others and not call.proven:
        return "its request carried another user's credentials: send the authHeader of this call"
    bare = [e for e in call.writes if e["credential"] == "missing"]
    return "its request carried no credentials: send the authHeader of this call" if bare else None


def _not_its_own_path(call: Call) -> str | None:
    sent = next((entry["request"] for entry in call.writes), None)
    if sent is None or any(entry["record"] == call.appointment for entry in call.writes):
        return None
    path = f"{sent['method']} {sent['path']}"
    return f"it sent {path}, which is not {call.crm['table']} {call.appointment}: send the given id unchanged"


def _refused(call: Call) -> str | None:
    if not call.writes:
        return f"it only read: {_send(call)}"
    last = call.writes[-1]
    request, answer = last["request"], last["answer"]
    if 200 <= answer["status"] < 300:
        return f"{request['method']} {request['path']} succeeded, but does not cancel: {_way(call)}"
    if not answer["status"]:
        return None
    refused = f"{call.crm['title']} refused {request['method']} {request['path']}"
    return f"{refused} with {_short_answer(answer)}; {_way(call)}"


def _short_answer(answer: Any) -> str:
    return f"{answer['status']} {' '.join(answer['body'].split())[:200]}".strip()


_ENDED = {
    "raised": "an error came first; fix it",
    "crashed": "the process ended first; fix the cause",
    "timed-out": "the call waited for something else until the deadline; find out for what",
}


def _way(call: Call) -> str:
    """Return how to cancel in this CRM."""
    return f"cancel with {call.crm['how'].replace('{id}', call.appointment)}"


def _send(call: Call) -> str:
    return f"{_way(call)}, and wait for the response"


def instead(call: Call) -> str:
    """Return what to send instead."""
    if call.is_over("before"):
        return "send no request for an appointment that is already cancelled"
    sent = [entry["request"]["method"] for entry in call.writes if entry["changes"]]
    return f"{_way(call)}{f', not with {sent[-1]}' if sent else ''}"
