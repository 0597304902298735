"""Verify a certificate: its signature, its report, every call judged again, and the connector's files."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from greenroom.contracts import schemas
from greenroom.contracts.attestation.covered import files
from greenroom.contracts.attestation.envelope import SignatureError, opened, unchecked
from greenroom.contracts.attestation.statement import predicate
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.run.certificate import written
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.rejudge import StoredError, checked, rejudge

Report = dict[str, Any]


@dataclass(frozen=True)
class Claim:
    """What is verified: the texts of a certificate and its report, by whose key, and the connector if it is there."""

    certificate: str
    report: str
    key: Ed25519PublicKey | None = None
    connector: Path | None = None


def text(path: Path) -> str:
    """Return a file's text with every byte as it is: line ends count, too."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


def problems(claim: Claim) -> Iterator[str]:
    """Yield what is wrong with a certificate, in words, as it is found. A certificate without any is true."""
    try:
        payload = opened(claim.certificate, claim.key) if claim.key else unchecked(claim.certificate)
        found = _statement(payload)
        sha256 = hashlib.sha256(claim.report.encode()).hexdigest()
        if found["predicate"]["report"]["sha256"] != sha256:
            yield "the report is not the one that the certificate names: its digest differs"
        report = checked(json.loads(claim.report), "the report")
        yield from _judged_again(found, report)
    except (SignatureError, StoredError, ConfigError, ValueError, LookupError) as error:
        yield str(error)
        return
    if claim.connector:
        yield from _files(found, claim.connector)


def _statement(payload: bytes) -> Report:
    found: Any = json.loads(payload)
    if wrong := schemas.problem("certificate", found, "certificate"):
        raise StoredError(f"it is no certificate of Greenroom's: {wrong}")
    statement: Report = found
    return statement


def _judged_again(found: Report, report: Report) -> Iterator[str]:
    """Judge every call again. Yield where the report or the certificate says otherwise."""
    again: Report = json.loads(json.dumps(rejudge(report).report()))
    names = sorted({*report, *again})
    differing = [name for name in names if report.get(name) != again.get(name)]
    if differing:
        yield f"judged again, the calls give another report: {', '.join(differing)}"
    claimed, due = found["predicate"], predicate(again, written(again), found["predicate"]["covers"])
    for name in due:
        if claimed[name] != due[name]:
            yield f"the certificate's {name} is {claimed[name]}; judged again, it is {due[name]}"
    if found["subject"][0]["digest"]["sha256"] != report["target"]["digest"]:
        yield "the certificate's first subject is not the connector that was judged"
    yield from _unplayed(report)


def _unplayed(report: Report) -> Iterator[str]:
    """Yield the scenarios of the set that are missing, and those of which calls are."""
    chosen: Mapping[str, Any] = {name: tuple(globs) for name, globs in report["selection"].items()}
    by, exported = report["set"]["name"], report["target"]["interfaces"]
    config = RunConfig(report["target"]["name"], report["crm"], report["level"], requirements=by, **chosen)
    names = config.judged(exported)
    known = [scenario for scenario in config.plays(exported) if scenario.id in config.set.scenarios]
    due = {(scenario.id, name) for scenario in known for name in names if name in scenario.interfaces}
    played = {(each["id"], each["interface"]): each["calls"] for each in report["scenarios"]}
    for scenario, interface in sorted(due - set(played)):
        yield f"scenario '{scenario}' ({interface}) is missing"
    recorded = Counter((call["scenario"], call["interface"]) for call in report["calls"])
    for place in sorted({*played, *recorded}):
        if played.get(place, 0) != recorded[place]:
            yield f"scenario '{place[0]}' ({place[1]}) has {recorded[place]} calls, not {played.get(place, 0)}"


def _files(found: Report, connector: Path) -> Iterator[str]:
    """Yield the files that are not as they were certified. The connector's own may have another name.

    A lock file above the connector's folder counts where one was certified: others lie about on this machine.
    """
    claimed = {each["name"]: each["digest"]["sha256"] for each in found["subject"]}
    here = files(connector)
    for name in sorted({*claimed, *(name for name in here if not name.startswith("../"))}):
        if claimed.get(name) != here.get(name):
            what = "is new" if name not in claimed else "is missing" if name not in here else "was changed"
            yield f"the connector's file '{name}' {what} since it was certified"
