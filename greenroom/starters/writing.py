"""Writes a starter: a connector and its test. It never writes over a file."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from greenroom.contracts.called import CALLED_AS
from greenroom.contracts.interfaces import CANCEL
from greenroom.starters.facts import Facts
from greenroom.starters.languages import Language, suffix_in

TEMPLATES = Path(__file__).with_name("templates")
OFFERED = (CANCEL.name,)
"""Interfaces for which there are starters."""


@dataclass(frozen=True)
class Written:
    """What was written, and the commands that come next."""

    connector: Path
    test: Path
    commands: tuple[str, ...]


def write(folder: Path, facts: Facts, language: Language) -> Written:
    """Write a starter into a folder, which is made if it is not there.

    Raises:
        FileExistsError: one of the files is there; nothing is written.
        OSError: the folder or a file cannot be written.

    """
    crm, suffix = facts.profile.crm, suffix_in(language, folder)
    connector, test = (folder / name for name in language.files(crm, suffix))
    for path in (connector, test):
        if path.exists():
            raise FileExistsError(path)
    texts = [rendered(facts, language, kind, connector.name, test.name) for kind in ("connector", "test")]
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in zip((connector, test), texts, strict=True):
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return Written(connector, test, _commands(language, crm, connector, test))


def rendered(facts: Facts, language: Language, kind: str, connector: str, test: str) -> str:
    """Return the text of a connector or a test; the names are those of both files."""
    environment = Environment(  # noqa: S701 - programs, no pages
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=str,
    )
    environment.filters["literal"] = language.literal
    template = environment.get_template(f"{language.name}.{kind}.jinja")
    names = {"connector": connector, "module": connector.partition(".")[0], "test": test}
    return template.render(crm=facts, profile=facts.profile, path=language.path(facts), **names)


def _commands(language: Language, crm: str, connector: Path, test: Path) -> tuple[str, ...]:
    called = " ".join(CALLED_AS)
    certifies = language.certifies.format(greenroom=called, file=_typed(connector), crm=crm)
    return certifies, f"{language.tests.format(file=_typed(test))}  # needs {language.needs}"


def _typed(path: Path) -> str:
    """Return a path as it is typed in a shell."""
    text = str(path)
    return f'"{text}"' if " " in text else text
