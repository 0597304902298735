"""Commands that repeat what a report tells: with all options that the run had, quoted for a shell."""

import shlex
from collections.abc import Mapping

from greenroom.contracts.called import CALLED_AS
from greenroom.contracts.clauses.judge import Verdict
from greenroom.contracts.harness.testbed import DEADLINE
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.sets import find

LEFT_OUT = "…"
"""In place of a value that may be a secret."""


def repeat(certificate: Certificate, verdict: Verdict, scenario: str) -> str:
    """Return the command that shows a violation again, in one interface if several were judged."""
    had, several = certificate.options, len(certificate.interfaces) > 1
    interfaces = [verdict.interface] if several else certificate.selection.interfaces
    words = [*CALLED_AS, "certify", str(certificate.target["name"]), "--crm", certificate.crm]
    words += ["--level", certificate.level, "--seed", str(certificate.seed), "--only", verdict.clause.id]
    words += ["--scenario", scenario]
    words += [word for name in interfaces for word in ("--interface", name)]
    words += ["--deadline", f"{had.deadline:g}"] if had.deadline != DEADLINE else []
    words += ["--time", had.time] if had.time != "real" else []
    words += ["--runtime", shlex.join(had.runtime)] if had.runtime else []
    words += variables(had.env)
    by = certificate.requirements
    words += ["--set", by.name] if by and by.name != find().name else []
    words += ["--isolate"] if certificate.isolated else []
    words += ["--waivers", had.waivers] if had.waivers else []
    return shlex.join(words)


def variables(env: Mapping[str, str | None]) -> list[str]:
    """Return the options that set variables; what may be a secret is left out."""
    pairs = (f"{name}={LEFT_OUT if value is None else value}" for name, value in env.items())
    return [word for pair in pairs for word in ("--env", pair)]
