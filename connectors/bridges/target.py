"""How a user names a connector: ``path/to/file.py[:attribute]`` or ``package.module[:attribute]``."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from greenroom.connectors.bridges import LANGUAGES
from greenroom.connectors.bridges.language import Language
from greenroom.connectors.bridges.python import PYTHON
from greenroom.connectors.errors import TargetError

_MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_ATTRIBUTE = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*")


@dataclass(frozen=True)
class Target:
    """A connector as named: by file or by module, perhaps with an attribute in it."""

    name: str
    language: Language
    path: Path | None
    module: str | None
    attribute: str | None

    @property
    def digest(self) -> str:
        """The SHA-256 of the connector's file, ``unknown`` for a module."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest() if self.path else "unknown"


def parse(text: str) -> Target:
    """Read a target.

    Raises:
        TargetError: not of either form, an unknown language, or no such file.

    """
    location, attribute = _split(text)
    if attribute is not None and not _ATTRIBUTE.fullmatch(attribute):
        msg = f"target '{text}': '{attribute}' is not a name; write path/to/connector.py:attribute"
        raise TargetError(msg)
    path = Path(location)
    if location and path.is_dir() and not (_MODULE.fullmatch(location) and (path / "__init__.py").is_file()):
        raise TargetError(_folder(text, path))
    if path.suffix in LANGUAGES:
        return Target(text, LANGUAGES[path.suffix], _file(path), None, attribute)
    if _MODULE.fullmatch(location):
        return Target(text, PYTHON, None, location, attribute)
    kinds = ", ".join(sorted(LANGUAGES))
    msg = f"target '{text}' is neither a connector's file ({kinds}) nor a Python module; write path/to/connector.py"
    raise TargetError(msg)


def _split(text: str) -> tuple[str, str | None]:
    head, colon, tail = text.rpartition(":")
    if not colon or "/" in tail or "\\" in tail or Path(tail).suffix in LANGUAGES:
        return text, None
    return head, tail


def _folder(text: str, folder: Path) -> str:
    found = [each for each in sorted(folder.iterdir()) if each.suffix in LANGUAGES and each.is_file()]
    first = sorted(
        found, key=lambda each: (each.stem != "index", "Appointment" not in each.read_text("utf-8", "replace"))
    )
    example = first[0] if first else folder / "connector.js"
    return f"target '{text}' is a folder: name the connector's file in it, e.g. {example}"


def _file(path: Path) -> Path:
    if not path.is_file():
        near = sorted(p.name for p in path.parent.glob(f"*{path.suffix}"))[:3] if path.parent.is_dir() else []
        hint = f"; beside it there are {', '.join(near)}" if near else ""
        msg = f"no connector at {path}{hint}: check the path"
        raise TargetError(msg)
    return path.resolve()
