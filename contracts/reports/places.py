"""Where in a connector a broken promise is, as code scanning and annotations name it: a file and a line."""

from pathlib import Path, PurePath

from greenroom.contracts.clauses.judge import Violation
from greenroom.contracts.run.certificate import Certificate

LINE = 1
"""The line that is named where none is known, since GitHub needs one."""


def place(certificate: Certificate, violation: Violation | None) -> tuple[str, int]:
    """Return the file, as seen from here and with slashes, and the line; without a violation those of the connector."""
    name = str(certificate.target["name"])
    connector = Path(name if Path(name).exists() else name.rpartition(":")[0] or name)
    if violation is None or violation.at is None:
        return _seen_from_here(connector), LINE
    file, _, number = violation.at.rpartition(":")
    beside = connector.parent / file
    return _seen_from_here(beside if not Path(file).exists() and beside.exists() else Path(file)), int(number)


def _seen_from_here(file: Path) -> str:
    try:
        return PurePath(file.resolve().relative_to(Path.cwd())).as_posix()
    except ValueError:
        return PurePath(file).as_posix()
