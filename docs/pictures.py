"""Take the pictures of the pages for the README and the docs, in a real browser: ``make pictures``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from playwright.sync_api import Browser, Page, expect

from greenroom.contracts.run.config import RunConfig
from greenroom.panel.serving import served
from greenroom.simulators import CRMS
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.control.client import ControlClient
from greenroom.simulators.core.simulator import Simulator
from tests.browser import browser

HERE = Path(__file__).parent
FAULTY = HERE.parent / "tests" / "faulty" / "truth.lost-is-not-done.clio.py"
REFERENCE = HERE.parent / "connectors" / "reference" / "clio.py"
FIELDS = {
    "title": "Intake call",
    "startTimeUtc": "2027-03-04T10:30",
    "durationMinutes": "0",
    "summary": "Bring the engagement letter.",
}
SIZES = {"": (1280, 800), "-phone": (390, 800)}


@contextmanager
def opened(chromium: Browser, url: str, size: tuple[int, int], scheme: str) -> Iterator[Page]:
    """Open a page of a size in a colour scheme."""
    width, height = size
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#live")).to_have_text("live")
    yield page
    context.close()


def panel(chromium: Browser, size: tuple[int, int], scheme: str, path: Path) -> None:
    """A connector that takes a lost connection for a success, caught."""
    name = str(FAULTY.relative_to(HERE.parent))
    with served(RunConfig(name, "clio")) as control, opened(chromium, f"{control.url}/", size, scheme) as page:
        page.get_by_role("button", name="Break before it is done").click()
        expect(page.locator("#faults-armed")).to_contain_text("fired 0")
        page.locator("#appointments button", has_text="Hearing on motion").first.click()
        page.get_by_role("button", name="Cancel appointment").click()
        page.locator("dialog").get_by_role("button", name="Cancel appointment").click()
        expect(page.locator("#call")).to_contain_text("1 promise broken")
        page.evaluate("document.getElementById('said').textContent = ''")
        page.screenshot(path=path)


def create(chromium: Browser, size: tuple[int, int], scheme: str, path: Path) -> None:
    """The form of a new appointment, refused by App Connect for one field."""
    name = str(REFERENCE.relative_to(HERE.parent))
    with served(RunConfig(name, "clio")) as control, opened(chromium, f"{control.url}/", size, scheme) as page:
        page.get_by_role("button", name="New appointment").click()
        for field, value in FIELDS.items():
            page.locator(f"#editor-{field}").fill(value)
        page.get_by_label("Casey Client").check()
        page.get_by_role("button", name="Create appointment").click()
        expect(page.locator("#editor-durationMinutes-wrong")).to_contain_text("Too small")
        page.screenshot(path=path)


def console(chromium: Browser, size: tuple[int, int], scheme: str, path: Path) -> None:
    """A connector's afternoon on the fake NetSuite, and the request that cancelled."""
    with Simulator(CRMS["netsuite"]) as simulator:
        control, world = Control(simulator), simulator.current
        headers = {"Authorization": world.log_in("owner").auth_header}
        event = f"{simulator.url}/services/rest/record/v1/calendarEvent/{{}}"
        for key in ("12346", "99"):
            requests.get(event.format(key), headers=headers, timeout=5)
        ControlClient(control.url).arm("status", value="503")
        for _ in range(2):
            requests.patch(event.format("12346"), json={"status": {"id": "CANCELLED"}}, headers=headers, timeout=5)
        with opened(chromium, f"{control.url}/#/worlds/netsuite-1/requests/4", size, scheme) as page:
            expect(page.locator("#request")).to_contain_text("What changed")
            if size == SIZES[""]:
                page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=path)
        control.close()


def main() -> None:
    """Take every picture."""
    with browser() as chromium:
        for take in (panel, create, console):
            for scheme in ("light", "dark"):
                for suffix, size in SIZES.items():
                    path = HERE / "pictures" / f"{take.__name__}-{scheme}{suffix}.png"
                    take(chromium, size, scheme, path)
                    print(f"{path.relative_to(HERE.parent)}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
