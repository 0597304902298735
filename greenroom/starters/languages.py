"""The languages of starters. A language is one row here, and two templates: a connector and its test."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.starters.facts import Facts


@dataclass(frozen=True)
class Language:
    """One language.

    ``connector`` and ``test`` are the names of the files, without suffixes and with ``{crm}``. ``key`` stands for the
    appointment's id in a path. ``literal`` writes a value. ``certifies`` and ``tests`` are the commands that come next,
    ``needs`` is what the second one needs.
    """

    name: str
    suffix: str
    connector: str
    test: str
    key: str
    literal: Callable[[Any], str]
    certifies: str
    tests: str
    needs: str

    def files(self, crm: str, suffix: str) -> tuple[str, str]:
        """Return the names of the connector's file and of its test."""
        connector, test = (f"{name.format(crm=crm)}{suffix}" for name in (self.connector, self.test))
        return connector, test

    def path(self, facts: Facts) -> str:
        """Return the path of an appointment as it stands in a template string."""
        return facts.path.replace("{id}", self.key)


def _quoted(text: str) -> str:
    return f"'{text}'" if "'" not in text and "\\" not in text else json.dumps(text, ensure_ascii=False)


def _javascript(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name}: {_javascript(each)}" for name, each in value.items()) + " }"
    return _quoted(value) if isinstance(value, str) else json.dumps(value)


def _python(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_python(name)}: {_python(each)}" for name, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


PYTHON = Language(
    "python",
    ".py",
    "{crm}_connector",  # a module called as the CRM would hide the package of a plugin
    "test_{crm}_connector",
    "{appointment_id}",
    _python,
    "{greenroom} certify {file} --crm {crm}",
    "pytest {file}",
    "pip install pytest",
)
JAVASCRIPT = Language(
    "javascript",
    ".js",
    "{crm}",
    "{crm}.test",
    "${appointmentId}",
    _javascript,
    "{greenroom} certify {file} --crm {crm}",
    "node --test {file}",
    "the npm package greenroom",
)
TYPESCRIPT = Language(
    "typescript",
    ".ts",
    "{crm}",
    "{crm}.test",
    "${appointmentId}",
    _javascript,
    '{greenroom} certify {file} --crm {crm} --runtime "node --import tsx"',
    "node --import tsx --test {file}",
    "the npm packages greenroom and tsx",
)
LANGUAGES: Mapping[str, Language] = {each.name: each for each in (JAVASCRIPT, TYPESCRIPT, PYTHON)}


def suffix_in(language: Language, folder: Path) -> str:
    """Return the ending of a file there: in a package of ES modules, ``.js`` would not be a CommonJS module."""
    return ".cjs" if language is JAVASCRIPT and _of_modules(folder.resolve()) else language.suffix


def _of_modules(folder: Path) -> bool:
    """Return whether the nearest ``package.json`` says so."""
    for each in (folder, *folder.parents):
        if (each / "package.json").is_file():
            try:
                found = json.loads((each / "package.json").read_text("utf-8"))
            except ValueError:
                return False
            return isinstance(found, dict) and found.get("type") == "module"
    return False
