"""The pages that a control API shows to people: files without a secret, which ask the API for all that they show."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, send_from_directory

from greenroom.simulators.core.control.routes import Route

PAGES = Path(__file__).with_name("pages")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""What every answer of a control API carries: nobody else's page frames it, reads it or lends it a script."""


@dataclass(frozen=True)
class PageSet:
    """What stands at ``/``: the page ``index`` of a ``folder`` whose files are at ``/front/``.

    ``routes`` are what this page asks beside the control API.
    """

    folder: Path
    index: str
    routes: tuple[Route, ...] = ()


CONSOLE = PageSet(PAGES, "console.html")
"""The console stands at ``/console`` too, where another page is in front."""


ENDPOINTS = ("front", "console", "front file", "page")
"""Flask's names for what is a page, or a file of one."""


def add_pages(app: Flask, front: PageSet) -> None:
    """Add a front, the console, and the files that both share."""
    app.add_url_rule("/", "front", lambda: send_from_directory(front.folder, front.index))
    app.add_url_rule("/console", "console", lambda: send_from_directory(PAGES, CONSOLE.index))
    app.add_url_rule("/front/<name>", "front file", lambda name: send_from_directory(front.folder, name))
    app.add_url_rule("/pages/<name>", "page", lambda name: send_from_directory(PAGES, name))
