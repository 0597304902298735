"""A panel in a real browser, for tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from greenroom.contracts.run.config import RunConfig
from greenroom.panel.serving import served
from greenroom.simulators.core.control.client import ControlClient
from tests.browser import opened
from tests.catalogue import HERE

REFERENCE, FAULTY = HERE.parent / "connectors" / "reference", HERE / "faulty"
TARGET = "1750624234"
Open = Callable[..., Any]


@dataclass(frozen=True)
class Shown:
    """A panel in front of a user: its page, and its control API for what others do meanwhile."""

    page: Page
    control: ControlClient
    url: str

    def choose(self, title: str = "Hearing on motion") -> None:
        self.page.locator("#appointments button", has_text=title).first.click()

    def cancel(self, title: str = "Hearing on motion") -> None:
        self.choose(title)
        self.confirm()

    def confirm(self) -> None:
        self.page.get_by_role("button", name="Cancel appointment").click()
        self.page.locator("dialog").get_by_role("button", name="Cancel appointment").click()
        expect(self.page.locator("#call .sides")).to_be_visible()

    @property
    def toast(self) -> Any:
        return self.page.locator("#toasts .toast").last

    @property
    def happened(self) -> Any:
        return self.page.locator("#call")

    @property
    def last(self) -> Any:
        """The record of the last call that was to change something."""
        return self.control.ask("GET", f"/panel/calls/{self.control.ask('GET', '/panel')['last']}")["call"]


@contextmanager
def shown(
    chromium: Browser, target: Path | str, crm: str = "clio", deadline: float = 30.0, **how: Any
) -> Iterator[Shown]:
    """Open the panel over a connector; ``how`` is the browser's size, scheme and so on."""
    config = RunConfig(str(target), crm, deadline=deadline)
    with served(config) as control, opened(chromium, f"{control.url}/", within=control.url, **how) as page:
        expect(page.locator("#appointments button").first).to_be_visible()
        expect(page.locator("#live")).to_have_text("live")
        yield Shown(page, ControlClient(control.url), control.url)
