"""Where in a connector's own source a broken promise shows: as code scanning and annotations name it."""

from pathlib import Path, PurePath

from greenroom.contracts.clauses.judge import Violation
from greenroom.contracts.run.certificate import Certificate


def place(certificate: Certificate, _violation: Violation | None) -> tuple[str, int]:
    """Return the connector's file, as seen from here and with slashes, and the line: the first where none is known."""
    name = str(certificate.target["name"])
    file = Path(name if Path(name).exists() else name.rpartition(":")[0] or name)
    return _seen_from_here(file), 1


def _seen_from_here(file: Path) -> str:
    try:
        return PurePath(file.resolve().relative_to(Path.cwd())).as_posix()
    except ValueError:
        return PurePath(file).as_posix()
