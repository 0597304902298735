"""The site holds: every page is on it, every link on it leads somewhere, and it reads and searches without a network."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from docs import website
from tests.browser import DESKTOP, NEEDS_BROWSER, PHONE, barriers, overflow
from tests.once import Once

ROOT = Path(__file__).parents[1]


class Page(HTMLParser):
    """What a page offers (ids) and asks for (links, and what it loads)."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file, self.ids, self.links, self.loads = file, set[str](), list[str](), list[str]()
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value for name, value in attrs if value}
        self.ids.update(value for name, value in found.items() if name in ("id", "name"))
        loaded = [value.split()[0] for name, value in found.items() if name in ("src", "srcset")]
        linked = [found["href"]] if "href" in found else []
        self.loads += [*loaded, *(linked if tag == "link" and found.get("rel") != "canonical" else [])]
        self.links += [*loaded, *linked]


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    """The site, built once for all processes of a test run."""
    return once("website", build) / "site"


def build(folder: Path) -> None:
    assert website.build(folder / "stage" / "pages", folder / "site") == 0


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """Read all pages but the one that answers any unknown address, and so has no place of its own."""
    return {file: Page(file) for file in site.rglob("*.html") if file.name != "404.html"}


@pytest.mark.in_turn("site")
def test_every_page_is_on_the_site(site: Path) -> None:
    written = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    built = [site / page.relative_to(ROOT).with_suffix(".html") for page in written]

    assert [str(p) for p in built if not p.exists() and not p.with_name("index.html").exists()] == []


@pytest.mark.in_turn("site")
def test_no_link_of_the_site_is_broken(pages: dict[Path, Page]) -> None:
    assert [
        (file.name, link) for file, page in pages.items() for link in page.links if not leads(link, page, pages)
    ] == []


def leads(link: str, page: Page, pages: dict[Path, Page]) -> bool:
    """Whether a link leads to a file of the site and an anchor in it, or elsewhere."""
    parts = urlsplit(link)
    if parts.scheme:
        return True
    file = (page.file.parent / unquote(parts.path)).resolve() if parts.path else page.file
    anchor = unquote(parts.fragment)
    return file.exists() and (not anchor or file not in pages or anchor in pages[file].ids)


def test_the_site_loads_nothing_from_elsewhere(pages: dict[Path, Page]) -> None:
    assert {
        load for page in pages.values() for load in page.loads if urlsplit(load).scheme not in ("", "data")
    } == set()


def test_the_search_knows_every_page(site: Path, pages: dict[Path, Page]) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    known = {entry["location"].partition("#")[0] or "index.html" for entry in index["docs"]}

    assert known == {page.relative_to(site).as_posix() for page in pages}


@NEEDS_BROWSER
def test_the_search_answers_from_a_folder(site: Path, chromium: Browser) -> None:
    """No server, no network: the pages are files."""
    page = chromium.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    page.goto((site / "index.html").as_uri())
    page.locator(".md-search__input").press_sequentially("waiver")

    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.close()


@NEEDS_BROWSER
@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark")])
@pytest.mark.parametrize("name", ["index", "first-certificate", "kill-matrix"])
def test_no_barrier_and_nothing_cut(
    site: Path, chromium: Browser, name: str, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    width, height = size
    page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(min(site.rglob(f"{name}.html")).as_uri())
    expect(page.get_by_role("dialog", name="Search")).to_have_count(1)

    assert barriers(page) == []
    assert overflow(page) <= 0
    page.close()


def test_the_order_is_that_of_the_contents_page() -> None:
    names = [name for section in website.navigation() for name in section]

    assert names[:5] == ["Greenroom", "Tutorial", "Guides", "Concepts", "Reference"]


@pytest.mark.parametrize(
    ("link", "page", "leads_to"),
    [
        ("../README.md#ten-words", "docs/README.md", "../README.md#ten-words"),
        ("../pictures/panel-dark.png", "docs/guides/fuzz.md", "../pictures/panel-dark.png"),
        ("../../LICENSE", "docs/guides/fuzz.md", "../../LICENSE.md"),
        ("../../simulators/clio", "docs/guides/add-a-crm.md", "ADDRESS/simulators/clio"),
        ("../../tests/test_docs.py#L3", "docs/guides/fuzz.md", "ADDRESS/tests/test_docs.py#L3"),
        ("https://example.com/a", "README.md", "https://example.com/a"),
        ("#levels", "README.md", "#levels"),
    ],
)
def test_links_into_the_code_become_addresses(link: str, page: str, leads_to: str) -> None:
    assert website.target(link, page) == leads_to.replace("ADDRESS/", website.address())


def test_code_on_a_page_stays_as_it_is() -> None:
    text = "[a](../../simulators/clio) and `[b](../../simulators/clio)`\n```\n[c](../../simulators/clio)\n```\n"

    assert website.led(text, "docs/guides/fuzz.md").count("](../../simulators/clio)") == 2
