"""Reports: each listens to a run's events. A report is one file and one row here."""

from collections.abc import Callable
from pathlib import Path

from greenroom.contracts.reports.html import HtmlReport
from greenroom.contracts.reports.json_report import JsonReport
from greenroom.contracts.reports.junit import JunitReport
from greenroom.contracts.reports.markdown import MarkdownReport
from greenroom.contracts.reports.report import Report, ReportError

REPORTS: dict[str, Callable[[Path], Report]] = {
    ".json": JsonReport,
    ".xml": JunitReport,
    ".html": HtmlReport,
    ".md": MarkdownReport,
}
"""By file suffix."""


def open_report(name: str) -> Report:
    """Return the report for a file, chosen by its suffix.

    Raises:
        ReportError: no such format, or the file cannot be written.

    """
    path = Path(name)
    if path.suffix not in REPORTS:
        msg = f"report '{name}': unknown format '{path.suffix}'; use {', '.join(REPORTS)}"
        raise ReportError(msg)
    new = not path.exists()
    try:
        with path.open("a", encoding="utf-8"):
            pass
        if new:
            path.unlink()
    except OSError as error:
        msg = f"report '{name}' cannot be written: {error.strerror}; choose another place"
        raise ReportError(msg) from None
    return REPORTS[path.suffix](path)
