"""Credentials and hosts: whose they are, where they go."""

import re

from greenroom.contracts.clauses.call import Call, Entry, logs_in
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason

_HEADER = quote("authHeader: The HTTP Authorization header to be transmitted with the API request to the target CRM.")


def _aimed(call: Call) -> list[Entry]:
    """Return the requests about an appointment; a connector may well send others, such as a fresh log-in, without."""
    return [entry for entry in call.entries if entry["record"] is not None]


@clause(
    "safety.acts-as-the-caller",
    "Every request acts as the user who cancels",
    level="documented",
    source=quote("user: An object describing the Chrome extension user associated with the action"),
    when=lambda call: any(entry["person"] for entry in call.journal),
)
def acts_as_the_caller(call: Call) -> Problem | None:
    """A connector serves many users in one process; a token that it remembers from one must not serve another."""
    own = (call.actor["world"], call.actor["person"])
    others = [e for e in call.journal if e["person"] and (e["world"], e["person"]) != own]
    if not others:
        return None
    return Problem(
        f"requests of person {own[1]} in {own[0]}",
        f"{others[0]['request']['method']} as person {others[0]['person']} in {others[0]['world']}",
        "build the header from this call's authHeader; keep nothing between calls",
    )


@clause(
    "safety.sends-the-header",
    "The given Authorization header goes with every request about the appointment",
    level="documented",
    source=_HEADER,
    when=lambda call: call.actor["credential"] == "valid" and bool(_aimed(call)),
)
def sends_the_header(call: Call) -> Problem | None:
    """The header is made for this user and this moment; a request without it, or with another, is not the user's. What
    is made of the noise that a new log-in was answered with opens nothing, and is no other's.
    """
    noise = [entry["seq"] for entry in call.entries if logs_in(entry) and entry["arrived"] == "status"]
    sent = [entry for entry in _aimed(call) if entry["seq"] < min(noise, default=entry["seq"] + 1)]
    bare = [entry for entry in sent if entry["credential"] in ("missing", "unknown")]
    if not bare:
        return None
    sent = bare[0]["request"]["headers"].get("Authorization", "no Authorization header")
    return Problem("the header as given", f"{bare[0]['request']['method']} with {sent}", "pass authHeader on unchanged")


@clause(
    "safety.encrypted",
    "The CRM is never called without TLS",
    level="documented",
    source=reason("The Authorization header would travel in clear text"),
    when=lambda call: bool(call.journal or call.record["attempts"]),
)
def encrypted(call: Call) -> Problem | None:
    """The simulators refuse port 80 of the CRM's hosts, so that such a connector cannot pass unnoticed."""
    clear = [attempt for attempt in call.record["attempts"] if attempt["why"] == "not-encrypted"]
    if not clear:
        return None
    return Problem("https", f"http to {clear[0]['host']}:{clear[0]['port']}", "write https:// in the address")


@clause(
    "safety.only-this-crm",
    "No other host is called",
    level="documented",
    strength="should",
    source=reason("A cancellation concerns this CRM and this user; every other host learns of it for no good reason"),
    when=lambda call: bool(call.journal or call.record["attempts"]),
)
def only_this_crm(call: Call) -> Problem | None:
    """Other hosts are refused here; in production they would learn when whose appointments are cancelled."""
    others = sorted({attempt["host"] for attempt in call.record["attempts"] if attempt["why"] == "other-host"})
    if not others:
        return None
    return Problem("requests to the CRM only", f"tried to reach {', '.join(others)}", "leave the other hosts out")


@clause(
    "safety.own-account-only",
    "Credentials go to the user's own account",
    level="resilient",
    source=quote("user: An object describing the Chrome extension user associated with the action"),
    when=lambda call: any(map(_bears, call.entries)),
)
def own_account_only(call: Call) -> Problem | None:
    """Another region, or the production account of a sandbox, is somebody else: neither tried first nor fallen back to.
    Hosts of one account share their first label.
    """
    own = call.actor["host"].partition(".")[0]
    others = [e for e in call.entries if _bears(e) and e["request"]["host"].partition(".")[0] != own]
    if not others:
        return None
    request = others[0]["request"]
    return Problem(
        f"requests to {call.actor['host']}", f"{request['method']} to {request['host']}", "use user.hostname"
    )


def _bears(entry: Entry) -> bool:
    return entry["credential"] != "missing" and entry["operation"] not in ("elsewhere", "connect")


@clause(
    "safety.verifies-certificates",
    "A certificate that must not be trusted ends the connection",
    level="resilient",
    source=reason("Without the check anybody on the way can read the Authorization header and answer for the CRM"),
    when=lambda call: bool(call.met("certificate")),
)
def verifies_certificates(call: Call) -> Problem | None:
    """A certificate of an unknown authority, for another host, or expired: no request may be sent over it."""
    sent = [entry for entry in call.met("certificate") if entry["operation"] != "connect"]
    if not sent:
        return None
    request, kind = sent[0]["request"], sent[0]["fault"].partition("@")[0]
    return Problem(
        "no request over that connection",
        f"{request['method']} {request['path']} was sent ({kind})",
        "leave verification on: no verify=False, no rejectUnauthorized: false",
    )


@clause(
    "safety.odd-ids-stay-inside",
    "An odd id leads to no other record",
    level="resilient",
    source=quote("appointmentId: The CRM ID of the appointment to cancel."),
    when=lambda call: not call.given,
    odd_ids_too=True,
)
def odd_ids_stay_inside(call: Call) -> Problem | None:
    """An id with slashes, dots, a question mark, leading zeros or letters is still one id: a connector that pastes it
    into a path unencoded, or makes a number of it, reads or cancels somebody else's appointment. Asking for an id that
    this CRM never gives leads to nobody.
    """
    given = re.compile(call.crm["id_pattern"])
    astray = [e for e in call.entries if e["record"] is not None and given.fullmatch(e["record"])]
    astray += [e for e in call.writes if e["record"] is None and any(map(given.fullmatch, _segments(e)))]
    if not astray:
        return None
    request = astray[0]["request"]
    return Problem(
        f"nothing but {call.appointment!r}, percent-encoded in the path, is asked for",
        f"{request['method']} {request['path']} -> {astray[0]['answer']['status']}",
        "encode the id (encodeURIComponent, quote(id, safe='')), or refuse what is no id of this CRM",
    )


def _segments(entry: Entry) -> list[str]:
    """Return the parts of a request's path, without suffixes such as ``.json``."""
    return [segment.partition(".")[0] for segment in entry["request"]["path"].split("/")]
