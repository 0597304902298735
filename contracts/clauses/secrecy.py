"""Secrets and other people's data: every secret of a run is a canary of its own, and known by its label."""

import json
import re
from collections.abc import Callable
from typing import Any

from greenroom.contracts.clauses.call import Call, Entry
from greenroom.contracts.clauses.canaries import data_in, foreign, secrets_in, traces_in
from greenroom.contracts.clauses.clause import Problem, clause, reason

SHORT_TITLE = 3
"""Characters: a title that is no longer may stand anywhere by chance."""
_GRANTS = re.compile(r"/(?:token|revoke|deauthorize)(?:\.\w+)?$")
"""Paths of the CRMs' own endpoints that take a refresh token and the app's secret in their body."""


def _told(found: list[str], expected: str, where: str, hint: str) -> Problem | None:
    return Problem(expected, f"{', '.join(found)} {where}", hint) if found else None


@clause(
    "safety.result-holds-no-secret",
    "No secret is in what the user is shown",
    level="resilient",
    source=reason("The result is shown in the browser, and kept in its logs: a token there opens the user's account"),
    when=lambda call: call.returned,
    odd_ids_too=True,
)
def result_holds_no_secret(call: Call) -> Problem | None:
    """Tokens come into messages with request objects, headers or configurations that are written out whole. A token
    but for a few characters is a token; up to half of it, such as the first eight or the last four, is none.
    """
    found = secrets_in(call.value)
    return _told(found, "a result without secrets", "in the result", "build messages of your own words")


@clause(
    "safety.output-holds-no-secret",
    "No secret is printed",
    level="resilient",
    source=reason("What a connector prints goes into the log of the server, which many can read and few delete"),
    when=lambda call: call.kind == "raised" or (call.kind != "crashed" and any(call.record["printed"].values())),
    odd_ids_too=True,
)
def output_holds_no_secret(call: Call) -> Problem | None:
    """console.log(error) of an axios error prints the request's Authorization header with it. An error that escapes is
    printed by the server, message and stack. Three quarters of a secret, in a row or on several lines, count as all of
    it; its first eight or last four characters, or a hash of it, may be printed.
    """
    found = secrets_in([call.record["printed"], call.outcome.get("error")])
    return _told(found, "output without secrets", "was printed", "log the status and the id, not the error or the user")


@clause(
    "safety.addresses-hold-no-secret",
    "No secret is in an address",
    level="resilient",
    source=reason("Addresses are kept in the logs of every proxy and server on the way"),
    when=lambda call: bool(call.journal or call.record["attempts"]),
    odd_ids_too=True,
)
def addresses_hold_no_secret(call: Call) -> Problem | None:
    """Neither in a path nor in a query, nor in the name of a host that is looked up."""
    addresses = [[e["request"][part] for part in ("host", "path", "query")] for e in call.entries]
    found = secrets_in([addresses, [attempt["host"] for attempt in call.record["attempts"]]])
    return _told(found, "addresses without secrets", "in an address", "send it in the Authorization header only")


@clause(
    "safety.header-is-the-place",
    "Secrets travel in the Authorization header only",
    level="resilient",
    source=reason("Other headers and bodies are logged and cached by servers that treat the Authorization header well"),
    when=lambda call: bool(call.journal),
    odd_ids_too=True,
)
def header_is_the_place(call: Call) -> Problem | None:
    """A log-in sends a refresh token and the app's secret in its form; nothing else needs a secret anywhere else."""
    own = [entry for entry in call.entries if entry not in call.sent_away]
    found = sorted({secret for entry in own for secret in secrets_in(_elsewhere_in(entry))})
    return _told(
        found, "secrets in the Authorization header only", "in another header or a body", "send it there alone"
    )


def _elsewhere_in(entry: Entry) -> list[Any]:
    request = entry["request"]
    headers = {k: v for k, v in request["headers"].items() if k.lower() != "authorization"}
    is_grant = entry["operation"] == "other" and _GRANTS.search(request["path"])
    return [headers, "" if is_grant else request["body"]]


@clause(
    "safety.tells-nothing-of-others",
    "Nobody is told of somebody else's appointment",
    level="resilient",
    source=reason("Users of one server belong to different firms: a title alone can break a client's confidence"),
    when=lambda call: call.returned,
    odd_ids_too=True,
)
def tells_nothing_of_others(call: Call) -> Problem | None:
    """What one call read must not come into the answer of another: neither of one at the same time, nor of an earlier
    one of another account.
    """
    said = json.dumps(call.value)
    found = [title for title in _strangers(call) if json.dumps(title)[1:-1] in said]
    found += foreign(call.value, call.reference, call.actor["world"])
    return _told(
        found, "nothing of another user's appointment", "in the result", "keep nothing of one call where another is"
    )


def _strangers(call: Call) -> list[str]:
    """Return the titles of other people's appointments that were cancelled at the same time, but for what the own
    appointment's title says as well.
    """
    own = call.record["appointment"]["title"]
    return [r["title"] for r in call.rivals if r["appointment"] != call.appointment and r["title"] not in own]


@clause(
    "safety.shows-no-raw-answer",
    "The user is not shown the CRM's raw answer",
    level="resilient",
    strength="should",
    source=reason("Pages of gateways are long, tell nobody what to do, and hold what is for their maintainers only"),
    when=lambda call: call.returned and bool(traces_in([e["answer"]["body"] for e in call.journal], call.reference)),
)
def shows_no_raw_answer(call: Call) -> Problem | None:
    """A message made of the whole body of an answer; the CRM's own error message, taken out of it, is fine."""
    found = traces_in(call.value, call.reference)
    return _told(found, "words for a user", "of an HTML page in the result", "say in your own words what happened")


@clause(
    "safety.credentials-stay",
    "Credentials go to the CRM's hosts only",
    level="resilient",
    source=reason("Whoever gets the Authorization header may do all that the user may, until it expires"),
    when=lambda call: bool(call.sent_away),
    odd_ids_too=True,
)
def credentials_stay(call: Call) -> Problem | None:
    """HTTP clients that follow a redirect to another host drop the header; code that repeats the request must too. They
    send a body again, though (307, 308): a log-in, whose form holds secrets, must not follow. Logs, statistics and
    error reports of other companies are other hosts as well.
    """
    return _sent(
        call,
        secrets_in,
        "credential",
        "repeat no redirected request by hand, follow none of a log-in, report no headers or users",
    )


@clause(
    "safety.crm-data-stays",
    "What stands in the CRM goes to the CRM's hosts only",
    level="resilient",
    source=reason("Titles and notes of appointments are confidential; who keeps statistics needs a number at most"),
    when=lambda call: bool(call.sent_away),
    odd_ids_too=True,
)
def crm_data_stays(call: Call) -> Problem | None:
    """No text of a record, and not the appointment's title, is sent to other hosts; an id alone may be, and so may the
    error page of a gateway, which is nobody's data.
    """
    titles = [title for title in [call.record["appointment"]["title"], *_strangers(call)] if len(title) > SHORT_TITLE]
    found_in = lambda sent: sorted(  # noqa: E731
        set(data_in(sent, call.reference, titles)) - set(traces_in(sent, call.reference))
    )
    return _sent(call, found_in, "record's text", "send the kind of event and the id at most")


def _sent(call: Call, found_in: Callable[[Any], list[str]], what: str, hint: str) -> Problem | None:
    """Return the problem of the first request to another host in which something is found."""
    for entry in call.sent_away:
        request = entry["request"]
        found = found_in(request)
        if found:
            address = f"{request['scheme']}://{request['host']}{request['path']}"
            got = f"{request['method']} {address} with {', '.join(found)}"
            return Problem(f"no {what} in a request to another host", got, hint)
    return None


@clause(
    "safety.leaves-tls-alone",
    "The check of certificates stays on for the whole process",
    level="resilient",
    source=reason(
        "Other connectors run in the same process: one that turns the check off turns it off for all of them"
    ),
    when=lambda call: call.kind in ("returned", "raised"),
    odd_ids_too=True,
)
def leaves_tls_alone(call: Call) -> Problem | None:
    """NODE_TLS_REJECT_UNAUTHORIZED=0, the global agent, or Python's default contexts: they are everybody's."""
    return _told(
        list(call.record["weakened"]),
        "certificates checked in the whole process",
        "is set",
        "leave it; trust a private authority by its certificate (NODE_EXTRA_CA_CERTS, SSL_CERT_FILE)",
    )
