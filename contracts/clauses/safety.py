"""Credentials and hosts: whose credentials a request carries, and to which host."""

import re

from greenroom.contracts.clauses.call import Call, Entry
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason
from greenroom.contracts.clauses.language import written
from greenroom.contracts.interfaces import WITH_SUBJECT

_HEADER = quote("authHeader")


def _aimed(call: Call) -> list[Entry]:
    """Return the requests about appointments. Others, such as a new log-in, need no header."""
    if call.interface.subject is None:
        return call.questions
    return [entry for entry in call.entries if entry["record"] is not None]


@clause(
    "safety.acts-as-the-caller",
    "Every request acts as the user of the call",
    level="documented",
    source=quote("user"),
    when=lambda call: any(entry["person"] for entry in call.journal),
)
def acts_as_the_caller(call: Call) -> Problem | None:
    """One process serves many users. A token that the connector keeps from one user must not serve another.

    Bad:
        axios.defaults.headers.common.Authorization = authHeader;
    Good:
        await axios.delete(url, { headers: { Authorization: authHeader } });
    """
    own = (call.actor["world"], call.actor["person"])
    others = [e for e in call.journal if e["person"] and (e["world"], e["person"]) != own]
    if not others:
        return None
    return Problem(
        f"requests of person {own[1]} in {own[0]}",
        f"{others[0]['request']['method']} as person {others[0]['person']} in {others[0]['world']}",
        "build the header from this call's authHeader; keep no token between calls",
        others[0],
    )


@clause(
    "safety.sends-the-header",
    "Every request about the appointment carries the given Authorization header",
    level="documented",
    source=_HEADER,
    when=lambda call: call.actor["credential"] == "valid" and bool(_aimed(call)),
)
def sends_the_header(call: Call) -> Problem | None:
    """The header is made for this user and this moment. A request without it, or with another one, does not act as the
    user. A token made from an unusable log-in response opens nothing and belongs to nobody, so it does not count.

    Bad:
        await axios.delete(url);
    Good:
        await axios.delete(url, { headers: { Authorization: authHeader } });
    """
    noise = [entry["seq"] for entry in call.entries if call.logs_in(entry) and entry["received"] == "status"]
    sent = [entry for entry in _aimed(call) if entry["seq"] < min(noise, default=entry["seq"] + 1)]
    bare = [entry for entry in sent if entry["credential"] in ("missing", "unknown")]
    if not bare:
        return None
    header = call.crm["header"]
    sent = bare[0]["request"]["headers"].get(header, f"no {header} header")
    got = f"{bare[0]['request']['method']} with {sent}"
    return Problem("the header as given", got, "send authHeader unchanged", bare[0])


@clause(
    "safety.encrypted",
    "Every request to the CRM uses TLS",
    level="documented",
    source=reason("Without TLS the Authorization header travels in clear text"),
    when=lambda call: bool(call.journal or call.record["attempts"]),
)
def encrypted(call: Call) -> Problem | None:
    """The simulators refuse port 80 of the CRM's hosts, so that such a connector cannot pass unnoticed.

    Bad:
        await axios.delete(`http://${user.hostname}/api/v4/calendar_entries/${id}`, { headers });
    Good:
        await axios.delete(`https://${user.hostname}/api/v4/calendar_entries/${id}`, { headers });
    """
    clear = [attempt for attempt in call.record["attempts"] if attempt["why"] == "not-encrypted"]
    if not clear:
        return None
    got = f"http to {clear[0]['host']}:{clear[0]['port']}"
    return Problem("https", got, "use https:// in the address", clear[0])


@clause(
    "safety.only-this-crm",
    "The connector calls no other host",
    level="documented",
    strength="should",
    source=reason("A call concerns this CRM and this user. Any other host learns of it for no good reason"),
    when=lambda call: bool(call.journal or call.record["attempts"]),
)
def only_this_crm(call: Call) -> Problem | None:
    """Greenroom refuses requests to other hosts. In production those hosts would learn when, and whose, appointments
    are cancelled.

    Bad:
        await axios.post("https://stats.example.com/events", { event: "cancelled" });
    Good:
        console.log("cancelled", appointmentId);
    """
    others = [attempt for attempt in call.record["attempts"] if attempt["why"] == "other-host"]
    if not others:
        return None
    got = f"tried to reach {', '.join(sorted({attempt['host'] for attempt in others}))}"
    return Problem("requests to the CRM only", got, "send no request to other hosts", others[0])


@clause(
    "safety.own-account-only",
    "Credentials go to the user's own account",
    level="resilient",
    source=quote("user"),
    when=lambda call: any(map(_bears, call.entries)),
)
def own_account_only(call: Call) -> Problem | None:
    """Another region, or the production account of a sandbox, belongs to somebody else. The connector must neither try
    it first nor fall back to it. One account may have several hosts.

    Bad:
        const host = "app.clio.com"; // the user's account is in another region
    Good:
        const host = user.hostname;
    """
    own = call.actor["hosts"]
    others = [e for e in call.entries if _bears(e) and e["request"]["host"].partition(":")[0].lower() not in own]
    if not others:
        return None
    request = others[0]["request"]
    got = f"{request['method']} to {request['host']}"
    return Problem(f"requests to {call.actor['host']}", got, "use user.hostname", others[0])


def _bears(entry: Entry) -> bool:
    return entry["credential"] != "missing" and entry["operation"] not in ("external_host", "connect")


@clause(
    "safety.verifies-certificates",
    "The connector sends no request over an untrusted connection",
    level="resilient",
    source=reason(
        "Without the check, anybody on the way can read the Authorization header and respond in place of the CRM"
    ),
    when=lambda call: bool(call.met("certificate")),
)
def verifies_certificates(call: Call) -> Problem | None:
    """The certificate may come from an unknown authority, belong to another host, or be expired. In each case the
    connector must send no request.

    Bad:
        new https.Agent({ rejectUnauthorized: false })
    Good:
        new https.Agent({ keepAlive: true })
    """
    sent = [entry for entry in call.met("certificate") if entry["operation"] != "connect"]
    if not sent:
        return None
    request, kind = sent[0]["request"], sent[0]["fault"].partition("@")[0]
    return Problem(
        "no request over that connection",
        f"{request['method']} {request['path']} was sent ({kind})",
        f"keep verification on: no {written(call, 'verify=False', 'rejectUnauthorized: false')}",
    )


@clause(
    "safety.odd-ids-stay-inside",
    "An odd id leads to no other record",
    level="resilient",
    source=quote("subject"),
    interfaces=WITH_SUBJECT,
    when=lambda call: not call.issuable,
    odd_ids_too=True,
)
def odd_ids_stay_inside(call: Call) -> Problem | None:
    """An id with slashes, dots, a question mark, leading zeros or letters is still one id. A connector that pastes it
    into a path unencoded, or converts it to a number, reads or changes somebody else's appointment. A request for an id
    that this CRM never issues leads to nobody. Blanks around an id may be cut off: it stays the same id.

    Bad:
        `/api/v4/calendar_entries/${appointmentId}`
    Good:
        `/api/v4/calendar_entries/${encodeURIComponent(appointmentId)}`
    """
    given, same = re.compile(call.crm["id_pattern"]), call.appointment.strip()

    def leads_away(key: str) -> bool:
        return bool(given.fullmatch(key)) and key != same

    astray = [e for e in call.entries if e["record"] is not None and leads_away(e["record"])]
    astray += [e for e in call.writes if e["record"] is None and any(map(leads_away, _segments(e)))]
    if not astray:
        return None
    request = astray[0]["request"]
    encoding = written(call, "quote(id, safe='')", "encodeURIComponent(id)")
    return Problem(
        f"requests for {call.appointment!r} only, percent-encoded in the path",
        f"{request['method']} {request['path']} -> {astray[0]['answer']['status']}",
        f"encode the id with {encoding}, or refuse ids that this CRM never issues",
        astray[0],
    )


def _segments(entry: Entry) -> list[str]:
    """Return the parts of a request's path, without suffixes such as ``.json``."""
    return [segment.partition(".")[0] for segment in entry["request"]["path"].split("/")]
