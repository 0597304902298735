"""A certificate as an in-toto Statement v1 (https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md)."""

import hashlib
from collections.abc import Mapping
from typing import Any

TYPE = "https://in-toto.io/Statement/v1"
PREDICATE = "https://greenroom.example/certificate/v1"
"""Our test-result predicate, as ``schemas/certificate.json`` describes it."""


def statement(report: Mapping[str, Any], written: str, files: Mapping[str, str], rule: str) -> dict[str, Any]:
    """Return the statement on a report, as it is ``written`` in its file, over a connector's files by digest."""
    return {
        "_type": TYPE,
        "subject": [{"name": name, "digest": {"sha256": digest}} for name, digest in files.items()],
        "predicateType": PREDICATE,
        "predicate": predicate(report, written, rule),
    }


def predicate(report: Mapping[str, Any], written: str, rule: str) -> dict[str, Any]:
    """Return what a certificate claims of its connector."""
    return {
        "verdict": report["verdict"],
        "level": report["level"],
        "reached": report["reached"],
        "interfaces": report["interfaces"],
        "crm": report["crm"],
        "day": report["day"],
        "set": {name: report["set"][name] for name in ("name", "digest")},
        "report": {"sha256": hashlib.sha256(written.encode()).hexdigest()},
        "calls": len(report["calls"]),
        "greenroom": report["greenroom"],
        "runtime": report["target"].get("runtime", ""),
        "seed": report["seed"],
        "connector": report["target"]["digest"],
        "covers": rule,
    }
