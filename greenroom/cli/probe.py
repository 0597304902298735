"""``greenroom probe``: is the fake still true? Play a CRM's ledger against an account that somebody names."""

import os
import re
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from greenroom.cli import completion
from greenroom.cli.ending import ENDING
from greenroom.cli.screen import opened
from greenroom.contracts.errors import ProbeError, RecordError
from greenroom.contracts.probing import record
from greenroom.contracts.probing.play import DIFFERS, NOT_PROBED, SEEN, Finding, Listener, play
from greenroom.contracts.probing.wire import CLEANING, REQUESTS, SECONDS, Bounds, Credential, Redaction, Wire, checked
from greenroom.contracts.reports.screen import Screen
from greenroom.simulators import find_crm
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.probing import Account

AHEAD = timedelta(days=30)
"""How far ahead the appointments of a run are: nobody is reminded of them meanwhile."""
NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
WORDS = {SEEN: "seen", DIFFERS: "DIFFERS", NOT_PROBED: "not probed"}


@dataclass(frozen=True)
class Asked:
    """What a run is to probe, and where its record goes."""

    crm: Crm
    base: str
    secret: str
    bounds: Bounds
    file: Path | None
    by: str
    mark: str = field(default_factory=lambda: f"Greenroom probe {secrets.token_hex(4)}")

    @property
    def redaction(self) -> Redaction:
        """What takes out of texts what is the user's own."""
        return Redaction(self.base, self.secret, self.mark)


@click.command()
@click.argument("crm", shell_complete=completion.crms)
@click.option("--base-url", metavar="URL", help="The account's address. There is no default.")
@click.option("--credential-env", metavar="NAME", help="The variable that holds the access token.")
@click.option("--credential-file", metavar="FILE", help="The file that holds the access token.")
@click.option("--yes-this-is-my-account", "mine", is_flag=True, help="Required: the account is yours to write to.")
@click.option("--record", "file", metavar="FILE", help="Add what was seen to this record.")
@click.option("--by", default="", metavar="NAME", help="A name for you in the record; two names are two people.")
@click.option("--most-requests", default=REQUESTS, show_default=True, type=click.IntRange(1, 10_000), metavar="N")
@click.option("--most-seconds", default=SECONDS, show_default=True, type=click.FloatRange(1, 7200), metavar="S")
def probe(crm: str, mine: bool, most_requests: int, most_seconds: float, **given: str | None) -> int:  # noqa: FBT001 - click's
    """Play a safe probe for each row of a CRM's ledger, on an account of yours.

    Every row says one thing that the fake CRM does. Rows whose source is least sure come first. The run writes to
    appointments that it made itself, and to nothing else. It removes them at the end, also after an error or an
    interrupt, and says what it could not remove.

    The credential is an access token, of Bullhorn a session (BhRestToken). It comes from a variable or a file, and
    stands in no output. The address of Bullhorn is its restUrl.

    Exit codes: 0 all probed rows are as the ledger says, 1 some differ, 2 the account cannot be probed.

    Example: CLIO_TOKEN=… greenroom probe clio --base-url https://app.clio.com --credential-env CLIO_TOKEN
    --yes-this-is-my-account --record clio.json --by ann
    """
    asked = _asked(crm, Bounds(most_requests, most_seconds), mine=mine, **given)
    before = record.read(asked.file) if asked.file and asked.file.exists() else None
    if before and before["crm"] != crm:
        raise RecordError(f"'{asked.file}' is a record of {before['crm']}; name another file")
    ENDING.patience = CLEANING + 30
    with opened() as screen:
        return _play(asked, [before] if before else [], screen)


def _asked(name: str, bounds: Bounds, *, mine: bool, **given: str | None) -> Asked:
    """Check all that can be checked before anything is sent.

    Raises:
        ProbeError: something is missing, or cannot be.

    """
    crm = find_crm(name)
    if not mine:
        raise ProbeError("a probe writes to the account; if it is yours, add --yes-this-is-my-account")
    if not (base := given["base_url"]):
        raise ProbeError("name the account's address with --base-url; there is no default")
    if crm.probing is None:
        raise ProbeError(f"the package of '{name}' brings no probes")
    file, by = given["file"], given["by"] or ""
    if file and not re.fullmatch(NAME, by):
        raise ProbeError("--record needs --by NAME: a name for you, of letters, digits, '.', '_' and '-'")
    secret = _secret(given["credential_env"], given["credential_file"])
    return Asked(crm, checked(base, crm.profile), secret, bounds, Path(file) if file else None, by)


def _secret(env: str | None, file: str | None) -> str:
    if (env is None) == (file is None):
        raise ProbeError("name the credential's place with --credential-env NAME or --credential-file FILE")
    try:
        found = os.environ.get(env, "") if env is not None else Path(str(file)).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProbeError(f"--credential-file '{file}' cannot be read: {type(error).__name__}") from None
    if not (found := found.strip()) or not found.isascii() or not found.isprintable():
        raise ProbeError(f"'{env or file}' holds no credential: it must be one line of plain characters")
    return found


def _play(asked: Asked, before: list[record.Record], screen: Screen) -> int:
    crm, counted, rows = asked.crm, Counter[str](), list[dict[str, Any]]()
    assert crm.probing is not None  # noqa: S101 - checked before
    today = datetime.now(UTC)

    def found(finding: Finding) -> None:
        counted[finding.outcome] += 1
        _show(finding, asked.redaction, screen)
        if finding.outcome != NOT_PROBED:
            rows.append(_row(finding, asked, today))

    def left(line: str) -> None:
        click.echo(f"greenroom: may be left in the account: {asked.redaction.secrets(line)}", err=True)

    screen.say(f"probing {crm.profile.title}: all that is made is titled '{asked.mark}'")
    wire = Wire(asked.base, Credential(crm.profile, asked.secret), asked.bounds)
    account = Account(crm.probing, wire.send, asked.mark, (today + AHEAD).date())
    try:
        play(crm.ledger, account, Listener(found, asked.bounds.clean, left))
    finally:
        if asked.file and rows:
            added = record.record(crm.profile.crm, version("greenroom"), rows)
            record.write(asked.file, record.merged([*before, added]))
    return _end(counted, asked, screen)


def _row(finding: Finding, asked: Asked, now: datetime) -> dict[str, Any]:
    told = {name: asked.redaction(getattr(finding, name)) for name in ("expected", "got")}
    at = now.strftime("%Y-%m-%dT%H:%MZ")
    return {"behaviour": finding.row.behaviour, "by": asked.by, "at": at, "outcome": finding.outcome, **told}


def _show(finding: Finding, redaction: Redaction, screen: Screen) -> None:
    why = f": {redaction(finding.why)}" if finding.why else ""
    head = f"{WORDS[finding.outcome]:<11}"
    screen.say(f"{finding.row.behaviour} ({finding.row.mark}){why}", head, "bad" if finding.outcome == DIFFERS else "")
    if finding.outcome == DIFFERS:
        screen.say(f"           expected {redaction(finding.expected)}")
        screen.say(f"           got      {redaction(finding.got)}")


def _end(counted: Counter[str], asked: Asked, screen: Screen) -> int:
    said = ", ".join(f"{counted[outcome]} {word.lower()}" for outcome, word in WORDS.items())
    screen.say(f"{said}; {asked.bounds.sent} requests")
    if not counted[SEEN] and not counted[DIFFERS]:
        raise ProbeError("no row could be probed; the lines above say why")
    return 1 if counted[DIFFERS] else 0
