"""A real browser for tests of pages: Debian's Chromium, driven by Playwright, judged by axe."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from tests.catalogue import NEEDED

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
NEEDS_BROWSER = pytest.mark.skipif(
    "browser" not in NEEDED and (CHROMIUM is None or not AXE.exists()),
    reason="Chromium or the npm package axe-core is not installed: pages are not looked at in a browser",
)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
EVIL = "evil.example"
"""A name that somebody else owns and lets point to this machine: so the tests' browser resolves it."""
DESKTOP, PHONE = (1280, 900), (390, 800)
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser; it asks nothing of any network."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, f"--host-resolver-rules=MAP {EVIL} 127.0.0.1"]
        )
        try:
            yield found
        finally:
            found.close()


def refuse(dialog: Dialog, said: list[str]) -> None:
    """Note what a dialog says, and dismiss it."""
    said.append(dialog.message)
    dialog.dismiss()


@contextmanager
def opened(
    browser: Browser,
    address: str,
    size: tuple[int, int] = DESKTOP,
    scheme: Literal["light", "dark"] = "light",
    *,
    within: str | None = None,
    refusals: bool = False,
) -> Iterator[Page]:
    """Open a page and hold, at the end, that it complained of nothing and asked for nothing but itself.

    ``size`` in pixels, ``scheme`` is ``light`` or ``dark``; ``within`` is the origin that a page may ask for more,
    ``refusals`` lets the browser note answers that refuse.
    """
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=False)
    if within:
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=within)
    context.set_default_timeout(20_000)
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: refuse(dialog, said))
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(address)
        yield page
        assert [text for text in said if not (refusals and "status of 4" in text)] == []
        if within:
            assert [url for url in asked if not url.startswith((f"{within}/", f"blob:{within}/"))] == []
        else:
            assert {url.partition("#")[0] for url in asked} == {address}
    finally:
        context.close()


def barriers(page: Page) -> list[str]:
    """Return what axe finds on a page, a line each: the rule, and the first element that breaks it."""
    page.evaluate(AXE.read_text("utf-8"))  # evaluated by the debugger: the page's policy forbids it a script of ours
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [f"{each['id']}: {each['help']} {each['nodes'][0]['target']}" for each in found]


def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
