"""The HTML report in a real browser: readable at any size, by anybody, and under its own strict policy."""

import shutil
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from greenroom.contracts.reports.html import page as rendered
from greenroom.contracts.run.certificate import Certificate
from tests.browser import DESKTOP, NEEDS_BROWSER, PHONE, barriers, opened, overflow
from tests.catalogue import HERE
from tests.contracts.runs import certificate
from tests.contracts.test_reports import hostile as hostile  # noqa: PLC0414 - a fixture

pytestmark = NEEDS_BROWSER
LOOKS = [(DESKTOP, "light"), (PHONE, "dark")]


@pytest.fixture(scope="module")
def reports(hostile: Certificate, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One page about a broken connector, one about a right one in a folder of a long name, and one about both."""
    folder = tmp_path_factory.mktemp("reports")
    deep = folder / ("a_long_name_without_a_break" * 4) / "clio.py"
    deep.parent.mkdir()
    shutil.copy(HERE.parent / "connectors" / "reference" / "clio_cancel.py", deep)
    good = certificate(str(deep), "clio", "documented")
    pages = {"broken": [hostile], "right": [good], "both": [hostile, good]}
    return {name: _written(folder / f"{name}.html", found) for name, found in pages.items()}


def _written(path: Path, found: list[Certificate]) -> str:
    path.write_text(rendered(found), "utf-8")
    return path.as_uri()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
@pytest.mark.parametrize("name", ["broken", "right", "both"])
def test_no_barrier_and_nothing_cut(
    chromium: Browser, reports: dict[str, str], name: str, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    with opened(chromium, reports[name], size, scheme) as page:
        for _ in range(2):
            assert barriers(page) == []
            assert overflow(page) <= 0
            page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def test_clauses_are_filtered_from_the_keyboard(chromium: Browser, reports: dict[str, str]) -> None:
    with opened(chromium, reports["broken"]) as page:
        page.get_by_text("Every clause with its outcome").press("Enter")
        whole = page.get_by_role("status").inner_text()
        page.get_by_label("Search").press_sequentially("truth.")
        rows = page.locator("table[data-clauses] tbody tr:visible")
        found = rows.all_inner_texts()

        assert found
        assert all("truth." in text for text in found)
        assert page.get_by_role("status").inner_text() == f"{len(found)} of {whole}"
        page.get_by_label("Search").fill("")
        page.get_by_label("Outcome").select_option("failed")
        assert set(rows.locator(".tag").all_inner_texts()) == {"failed"}


def test_the_list_of_broken_promises_leads_to_each(chromium: Browser, reports: dict[str, str]) -> None:
    with opened(chromium, reports["broken"]) as page:
        link = page.locator("#broken-1 ~ ol a").last
        title = link.inner_text()
        link.click()
        assert page.locator(page.url[page.url.index("#") :]).get_by_role("heading").first.inner_text() == title


def test_the_contents_lead_to_what_is_folded(chromium: Browser, reports: dict[str, str]) -> None:
    with opened(chromium, reports["broken"], PHONE) as page:
        page.get_by_role("link", name="All clauses").click()
        page.get_by_text("Every clause with its outcome").press("Enter")
        row = page.locator("table[data-clauses] tbody tr").first
        assert row.is_visible()
        assert "calls" in row.locator("td").nth(3).evaluate("(cell) => getComputedStyle(cell, '::before').content")


def test_the_first_tab_skips_to_the_report(chromium: Browser, reports: dict[str, str]) -> None:
    with opened(chromium, reports["right"]) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_evidence_opens_from_the_keyboard_and_on_paper(chromium: Browser, reports: dict[str, str]) -> None:
    with opened(chromium, reports["broken"]) as page:
        closed = page.locator("details:not([open])").first
        closed.locator("summary").press("Enter")
        assert page.locator("details[open]").count() > 1
        page.pdf()  # prints
        assert page.locator("details:not([open])").count() == 0


def test_the_matrix_leads_to_each_connector(chromium: Browser, reports: dict[str, str]) -> None:
    with opened(chromium, reports["both"]) as page:
        links = page.locator("thead a")
        assert links.count() == 2
        links.last.click()
        assert page.url.endswith("#target-2")
        assert page.locator("#target-2").get_by_text("Certified", exact=True).is_visible()
