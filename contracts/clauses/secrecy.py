"""Secrets and other people's data: every secret of a run is a separate canary with a label."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from greenroom.contracts.clauses.call import Call, Entry
from greenroom.contracts.clauses.canaries import data_in, foreign, is_a_gateways, secrets_in, traces_in
from greenroom.contracts.clauses.clause import Problem, clause, reason

SHORT_TITLE = 3
"""Characters: so short a title may occur anywhere by chance."""


def _revealed(found: list[str], expected: str, where: str, hint: str) -> Problem | None:
    return Problem(expected, f"{', '.join(found)} {where}", hint) if found else None


@clause(
    "safety.result-holds-no-secret",
    "The result holds no secret",
    level="resilient",
    source=reason("The browser shows the result and keeps it in its logs. A token there opens the user's account"),
    when=lambda call: call.returned,
    odd_ids_too=True,
)
def result_holds_no_secret(call: Call) -> Problem | None:
    """Tokens get into messages when a connector writes out whole request objects, headers or configurations. A token
    that lacks only a few characters is still a token. Up to half of it, such as the first eight or the last four
    characters, is none.

    Bad:
        message: JSON.stringify(error.config)
    Good:
        message: "Clio did not find this appointment"
    """
    found = secrets_in(call.value)
    return _revealed(found, "a result without secrets", "in the result", "write messages in your own words")


@clause(
    "safety.output-holds-no-secret",
    "The connector prints no secret",
    level="resilient",
    source=reason(
        "A connector's output goes into the server's log. Many people can read that log, and few can delete from it"
    ),
    when=lambda call: call.kind == "raised" or (call.kind != "crashed" and any(call.record["printed"].values())),
    odd_ids_too=True,
)
def output_holds_no_secret(call: Call) -> Problem | None:
    """With axios, ``console.log(error)`` prints the request's Authorization header, too. The server prints an escaped
    error, message and stack. Three quarters of a secret count as all of it, in a row or on several lines. Its first
    eight or last four characters, or a hash of it, may be printed.

    Bad:
        console.log(error);
    Good:
        console.log("cancel failed", error.response?.status, appointmentId);
    """
    found = secrets_in([call.record["printed"], call.outcome.get("error")])
    hint = "log the status and the id, not the error or the user"
    problem = _revealed(found, "output without secrets", "was printed", hint)
    return problem and replace(problem, about=_printing(call))


def _printing(call: Call) -> dict[str, Any] | None:
    """Return the line that printed a secret: that of its row, or of the last one before it whose line is known."""
    for stream, text in call.record["printed"].items():
        told = {each["row"]: each["at"] for each in call.record.get("printed_at", ()) if each["stream"] == stream}
        rows = [number for number, row in enumerate(text.splitlines()) if secrets_in(row)]
        before = [number for number in told if rows and number <= rows[0]]
        if before:
            return {"lines": [told[max(before)]]}
    return None


@clause(
    "safety.addresses-hold-no-secret",
    "No address holds a secret",
    level="resilient",
    source=reason("Every proxy and server on the way keeps addresses in its logs"),
    when=lambda call: bool(call.journal or call.record["attempts"]),
    odd_ids_too=True,
)
def addresses_hold_no_secret(call: Call) -> Problem | None:
    """A secret must be in no path, no query and no host name that the connector looks up. A log-in whose documentation
    puts the secret into the query may do so.

    Bad:
        await axios.delete(`${url}?access_token=${token}`);
    Good:
        await axios.delete(url, { headers: { Authorization: authHeader } });
    """
    addresses = [_address(call, entry) for entry in call.entries]
    found = secrets_in([addresses, [attempt["host"] for attempt in call.record["attempts"]]])
    return _revealed(
        found, "addresses without secrets", "in an address", f"send it in the {call.crm['header']} header only"
    )


def _address(call: Call, entry: Entry) -> list[Any]:
    """Return what of a request's address must hold no secret: not the query, where the vendor wants it there."""
    request, documented = entry["request"], call.crm.get("query_paths")
    is_asked = documented and entry not in call.sent_away and re.search(documented, request["path"])
    return [request["host"], request["path"], "" if is_asked else request["query"]]


@clause(
    "safety.header-is-the-place",
    "Secrets travel in the Authorization header only",
    level="resilient",
    source=reason("Servers protect the Authorization header, but they log and cache other headers and bodies"),
    when=lambda call: bool(call.journal),
    odd_ids_too=True,
)
def header_is_the_place(call: Call) -> Problem | None:
    """A log-in sends a refresh token and the app's secret in its form. Nothing else needs a secret anywhere else.

    Bad:
        headers: { Authorization: authHeader, "X-Token": token }
    Good:
        headers: { Authorization: authHeader }
    """
    own = [entry for entry in call.entries if entry not in call.sent_away]
    found = sorted({secret for entry in own for secret in secrets_in(_elsewhere_in(call, entry))})
    return _revealed(
        found, f"secrets in the {call.crm['header']} header only", "in another header or a body", "send them there only"
    )


def _elsewhere_in(call: Call, entry: Entry) -> list[Any]:
    request = entry["request"]
    headers = {
        k: v for k, v in request["headers"].items() if k.lower() not in ("authorization", call.crm["header"].lower())
    }
    is_grant = entry["operation"] == "other" and re.search(call.crm["grant_paths"], request["path"])
    return [headers, "" if is_grant else request["body"]]


@clause(
    "safety.tells-nothing-of-others",
    "A result reveals nothing of somebody else's appointment",
    level="resilient",
    source=reason("Users of one server belong to different firms. A title alone can break a client's confidence"),
    when=lambda call: call.returned,
    odd_ids_too=True,
)
def tells_nothing_of_others(call: Call) -> Problem | None:
    """Data that one call read must not come into the result of another call. This holds for concurrent calls, and for
    earlier calls of another account.

    Bad:
        appointment = (await axios.get(url, { headers })).data; // a module variable
    Good:
        const appointment = (await axios.get(url, { headers })).data;
    """
    said = json.dumps(call.value)
    found = [title for title in _strangers(call) if json.dumps(title)[1:-1] in said]
    found += foreign(call.value, call.reference, call.actor["world"])
    return _revealed(
        found,
        "nothing of another user's appointment",
        "in the result",
        "keep no data of one call where another can reach it",
    )


def _strangers(call: Call) -> list[str]:
    """Return the titles of concurrent calls' appointments, except those that the caller may see, or asks for."""
    calendar = call.record.get("calendar", {})
    listed = [held["title"] for when in ("before", "after") for held in calendar.get(when, ())]
    others = [r["title"] for r in call.concurrent if r["appointment"] != call.appointment]
    shown = [held["title"] for when in ("before", "after") if (held := call.held(when))]
    own = [call.record["subject"]["title"], *listed, *shown]
    asked = json.dumps(call.interface.own(call.record["params"]))
    return [t for t in others if t and json.dumps(t)[1:-1] not in asked and not any(t in each for each in own)]


@clause(
    "safety.shows-no-raw-answer",
    "The user does not see the CRM's raw response",
    level="resilient",
    strength="should",
    source=reason("A gateway's page is long, gives no advice, and holds details for its maintainers only"),
    when=lambda call: call.returned and any(is_a_gateways(e["answer"]["body"]) for e in call.journal),
)
def shows_no_raw_answer(call: Call) -> Problem | None:
    """A message must not be the whole body of a response. The CRM's own error message, taken out of the body, is fine.

    Bad:
        message: error.response.data
    Good:
        message: error.response.data?.error?.message ?? "Clio could not cancel this appointment"
    """
    found = traces_in(call.value, call.reference)
    return _revealed(
        found, "words for a user", "of an HTML page in the result", "describe in your own words what happened"
    )


@clause(
    "safety.credentials-stay",
    "Credentials go to the CRM's hosts only",
    level="resilient",
    source=reason("Anybody who gets the Authorization header may do all that the user may, until it expires"),
    when=lambda call: bool(call.sent_away),
    odd_ids_too=True,
)
def credentials_stay(call: Call) -> Problem | None:
    """An HTTP client drops the header when it follows a redirect to another host. Code that repeats the request itself
    must drop it, too. After a 307 or 308, however, clients send the body again. A log-in must not follow such a
    redirect: its form holds secrets. Logs, statistics and error reports of other companies are other hosts as well.

    Bad:
        await axios.delete(response.headers.location, { headers: { Authorization: authHeader } });
    Good:
        return { successful: false, returnMessage: { message: "Clio redirected the request", messageType: "warning",
        ttl: 5000 } };
    """
    return _sent(
        call.sent_away,
        secrets_in,
        "credential",
        "do not resend a redirected request, follow no redirect of a log-in, report no headers or users",
    )


@clause(
    "safety.crm-data-stays",
    "CRM data goes to the CRM's hosts only",
    level="resilient",
    source=reason("Titles and notes of appointments are confidential. Statistics need a number at most"),
    when=lambda call: bool(call.sent_away),
    odd_ids_too=True,
)
def crm_data_stays(call: Call) -> Problem | None:
    """The connector must send no text of a record to other hosts, and no appointment title. An id alone may be sent. So
    may the error page of a gateway: it is nobody's data. What the CRM redirects is another clause's.

    Bad:
        report("cancelled", { title: appointment.title });
    Good:
        report("cancelled", { id: appointmentId });
    """
    own = [entry for entry in call.sent_away if not _redirected(call, entry)]
    return _sent(own, _texts_in(call), "record's text", "send the kind of event and the id at most")


@clause(
    "safety.redirects-carry-no-data",
    "A redirected request takes no CRM data to another host",
    level="resilient",
    strength="should",
    source=reason("After a 307 or 308 most clients send the body again, to whatever host a gateway names"),
    when=lambda call: any(_redirected(call, entry) for entry in call.sent_away),
)
def redirects_carry_no_data(call: Call) -> Problem | None:
    """An HTTP client follows redirects unless it is told not to. A gateway may name any host, such as a log-in page.

    Bad:
        await axios.post(url, { data: entry }, { headers });
    Good:
        await axios.post(url, { data: entry }, { headers, maxRedirects: 0 });
    """
    followed = [entry for entry in call.sent_away if _redirected(call, entry)]
    return _sent(followed, _texts_in(call), "record's text", "follow no redirects")


def _redirected(call: Call, entry: Entry) -> bool:
    """Return whether the CRM itself named this address, in the response to another request of the call."""
    request = entry["request"]
    address = f"{request['scheme']}://{request['host']}{request['path']}"
    redirects = [each["answer"]["headers"] for each in call.entries if 300 <= each["answer"]["status"] < 400]
    return any(headers.get("Location", "").partition("?")[0] == address for headers in redirects)


def _texts_in(call: Call) -> Callable[[Any], list[str]]:
    """Return what finds texts of records in a request, without those of a gateway's page."""
    titles = [title for title in [call.record["subject"]["title"], *_strangers(call)] if len(title) > SHORT_TITLE]
    return lambda sent: sorted(set(data_in(sent, call.reference, titles)) - set(traces_in(sent, call.reference)))


def _sent(entries: list[Entry], found_in: Callable[[Any], list[str]], what: str, hint: str) -> Problem | None:
    """Return the problem of the first request to another host in which something is found."""
    for entry in entries:
        request = entry["request"]
        found = found_in(request)
        if found:
            address = f"{request['scheme']}://{request['host']}{request['path']}"
            got = f"{request['method']} {address} with {', '.join(found)}"
            return Problem(f"no {what} in a request to another host", got, hint)
    return None


@clause(
    "safety.leaves-tls-alone",
    "The whole process keeps its check of certificates",
    level="resilient",
    source=reason(
        "Other connectors run in the same process. A connector that turns the check off turns it off for all of them"
    ),
    when=lambda call: call.kind in ("returned", "raised"),
    odd_ids_too=True,
)
def leaves_tls_alone(call: Call) -> Problem | None:
    """NODE_TLS_REJECT_UNAUTHORIZED=0, Node's global agent and Python's default contexts affect every connector in the
    process.

    Bad:
        process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    Good:
        new https.Agent({ ca: fs.readFileSync("firm-ca.pem") })
    """
    return _revealed(
        list(call.record["weakened"]),
        "certificates checked in the whole process",
        "is set",
        "keep the check; trust a private authority by its certificate (NODE_EXTRA_CA_CERTS, SSL_CERT_FILE)",
    )
