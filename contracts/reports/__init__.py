"""Reports: each listens to a run's events. A report is one file and one row here."""

from collections.abc import Callable
from pathlib import Path

from greenroom.contracts.reports.badge import BadgeReport
from greenroom.contracts.reports.github import GithubReport
from greenroom.contracts.reports.html import HtmlReport
from greenroom.contracts.reports.intoto import IntotoReport
from greenroom.contracts.reports.json_report import JsonReport
from greenroom.contracts.reports.junit import JunitReport
from greenroom.contracts.reports.markdown import MarkdownReport
from greenroom.contracts.reports.report import Report, ReportError
from greenroom.contracts.reports.sarif import SarifReport

REPORTS: dict[str, Callable[[Path], Report]] = {
    ".json": JsonReport,
    ".xml": JunitReport,
    ".html": HtmlReport,
    ".md": MarkdownReport,
    ".sarif": SarifReport,
    ".intoto.json": IntotoReport,
}
"""By file suffix."""
FORMATS: dict[str, Callable[[Path], Report]] = {
    "json": JsonReport,
    "junit": JunitReport,
    "html": HtmlReport,
    "md": MarkdownReport,
    "sarif": SarifReport,
    "badge": BadgeReport,
    "intoto": IntotoReport,
}
"""By the word before a colon, as in ``md:FILE``."""
GITHUB = "github"
"""The report that goes to the job, not into a file."""


def open_report(name: str) -> Report:
    """Return the report that a word of the command line names: ``FILE``, ``FORMAT:FILE`` or ``github``.

    The folder is made where there is none.

    Raises:
        ReportError: no such format, or the file cannot be written.

    """
    if name == GITHUB:
        return GithubReport(Path())
    made, path = _made(name)
    new = not path.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8"):
            pass
        if new:
            path.unlink()
    except OSError as error:
        msg = f"report '{name}' cannot be written: {error.strerror}; choose another place"
        raise ReportError(msg) from None
    return made(path)


def _made(name: str) -> tuple[Callable[[Path], Report], Path]:
    """Return what makes the report, and its file."""
    word, colon, rest = name.partition(":")
    if colon and rest and word in FORMATS:
        return FORMATS[word], Path(rest)
    path = Path(name)
    if suffixes := [suffix for suffix in REPORTS if path.name.endswith(suffix) and path.suffix]:
        return REPORTS[max(suffixes, key=len)], path
    formats = f"use {', '.join(REPORTS)}, or name it: {', '.join(f'{each}:FILE' for each in FORMATS)}"
    msg = f"report '{name}': unknown format '{path.suffix}'; {formats}"
    raise ReportError(msg)
