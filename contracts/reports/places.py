"""Where a connector is, as code scanning and annotations name it: its file. Which line it is about is not known."""

from pathlib import Path, PurePath

from greenroom.contracts.run.certificate import Certificate

LINE = 1
"""The line that is named, since GitHub needs one."""


def place(certificate: Certificate) -> str:
    """Return the connector's file, as seen from here and with slashes."""
    name = str(certificate.target["name"])
    file = Path(name if Path(name).exists() else name.rpartition(":")[0] or name)
    return _seen_from_here(file)


def _seen_from_here(file: Path) -> str:
    try:
        return PurePath(file.resolve().relative_to(Path.cwd())).as_posix()
    except ValueError:
        return PurePath(file).as_posix()
