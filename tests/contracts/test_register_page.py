"""The page of a register in a real browser: readable at any size, by anybody, and under its own strict policy."""

from datetime import date
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from greenroom.contracts.attestation.register import Entry
from greenroom.contracts.reports.register import register_page
from tests.browser import DESKTOP, NEEDS_BROWSER, PHONE, barriers, opened, overflow

pytestmark = NEEDS_BROWSER
LOOKS = [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark")]
CLAIMS = {
    "crm": "netsuite",
    "verdict": "certified",
    "reached": "resilient",
    "set": {"name": "app-connect-1.7.41/2026-12"},
    "day": "2026-11-30",
    "greenroom": "0.2.0",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A register with a certified product, one that is not true, and one of a long name."""
    product = {
        "name": "Appointments for NetSuite",
        "connector": "https://code.example/appointments/-/tree/v1.4.2/src/connectors/netsuite",
        "reproduce": "npx greenroom certify src/connectors/netsuite/index.ts --crm netsuite --seed 792524862",
    }
    long = {**product, "name": "<b>" + "x" * 200}
    entries = [
        Entry(product, CLAIMS, ()),
        Entry(product, {}, ("its digest differs: " + "0" * 64,)),
        Entry(long, CLAIMS, ()),
    ]
    file = tmp_path_factory.mktemp("register") / "index.html"
    file.write_text(register_page(entries, date(2026, 11, 30)), "utf-8")
    return file.as_uri()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_no_barrier_and_nothing_cut(
    chromium: Browser, address: str, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    with opened(chromium, address, size, scheme) as page:
        assert barriers(page) == []
        assert overflow(page) <= 0
        scrolled = "(each) => each.scrollWidth - each.clientWidth"
        assert page.locator(".scroll").evaluate(scrolled) <= 0


def test_each_product_has_its_verdict(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        expect(page.locator(".tag")).to_have_text(["Certified", "not verified", "Certified"])
