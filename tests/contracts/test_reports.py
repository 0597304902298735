"""Written reports: whole in one file, in the order in which people read, and safe whatever a connector says."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from greenroom.cli.screen import PlainScreen
from greenroom.contracts.reports import open_report
from greenroom.contracts.reports.terminal import TerminalReport
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.events import RunFinished
from tests.contracts.runs import Recorded, certificate

HOSTILE = "<script>alert(1)</script> | `x` [a](b) </style> * _"


class Page(HTMLParser):
    """Collects tags, attributes and headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A connector whose message is markup, in a lie."""
    path = tmp_path_factory.mktemp("c") / "c.py"
    path.write_text(
        "def cancel_appointment(**given):\n"
        f"    message = {{'message': {HOSTILE!r}, 'messageType': 'error', 'ttl': 1}}\n"
        "    return {'successful': True, 'returnMessage': message}\n"
    )
    return certificate(str(path), "clio", "documented")


@pytest.fixture(scope="module")
def good(recorded: Recorded) -> Certificate:
    return recorded("clio")


def written(path: Path, *certificates: Certificate) -> str:
    report = open_report(str(path))
    for found in certificates:
        report.handle(RunFinished(found))
    return path.read_text("utf-8")


def test_the_page_is_one_file_under_a_strict_policy(hostile: Certificate, tmp_path: Path) -> None:
    page = Page(written(tmp_path / "r.html", hostile))
    policy = next(a["content"] for tag, a in page.tags if tag == "meta" and a.get("http-equiv"))

    assert str(policy).startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in str(policy)
    assert [tag for tag, _ in page.tags if tag in ("link", "img", "iframe", "object", "form")] == []
    assert [a for tag, a in page.tags if tag == "script"] == [{}]
    assert not any(name.startswith("on") or name == "style" for _, a in page.tags for name in a)


def test_what_a_connector_says_is_text(hostile: Certificate, tmp_path: Path) -> None:
    html, markdown = (written(tmp_path / f"r.{kind}", hostile) for kind in ("html", "md"))

    assert "&lt;script&gt;alert(1)" in html
    assert html.count("<script>") == 1
    assert "<script>" not in markdown
    assert re.search(r"(?<!\\)\]\(b\)", markdown) is None


def test_verdict_first_then_broken_then_contents_then_all(hostile: Certificate, tmp_path: Path) -> None:
    html, markdown = (written(tmp_path / f"r.{kind}", hostile) for kind in ("html", "md"))
    parts = (
        "Not certified",
        "Broken promises",
        '<ul class="contents">',
        '<h2 id="users-1">',
        '<h2 id="all-1">',
        '<h2 id="time-1">',
    )

    assert [html.index(part) for part in parts] == sorted(html.index(part) for part in parts)
    assert html.index("effect.cancelled") < html.index("All clauses")
    assert markdown.startswith("## ❌ Not certified")
    assert markdown.index("### Broken") < markdown.index("What users will experience")


def test_a_mark_is_explained_where_it_stands(hostile: Certificate, tmp_path: Path) -> None:
    begins = hostile.calls[0]["crm"]["reference"]
    verdict = next(v for v in hostile.verdicts if v.outcome == "failed" and v.clause.strength == "must")
    shown = replace(verdict, violations=(replace(verdict.violations[0], got=f"1 Main Street ({begins}-1-42)"),))
    marked = replace(hostile, verdicts=(shown,))
    said: list[str] = []
    TerminalReport(PlainScreen(said.append)).handle(RunFinished(marked))
    texts = [
        written(tmp_path / f"r.{kind}", marked).replace("<wbr>", "").replace("\\_", "_") for kind in ("html", "md")
    ]

    for text in ("\n".join(said), *texts):
        assert text.count(f"{begins}-1-42 is a mark: only the texts of one record") == 1
    assert "is a mark" not in written(tmp_path / "plain.md", hostile)


def test_every_clause_has_a_row_with_its_source(good: Certificate, tmp_path: Path) -> None:
    html = written(tmp_path / "r.html", good)

    for verdict in good.verdicts:
        assert f"<code>{verdict.clause.id}</code>" in html
    assert "Cancelling an appointment deletes the calendar entry in Clio for good" in html
    assert "Broken promises" not in html


def test_several_targets_share_a_page_with_a_matrix(good: Certificate, hostile: Certificate, tmp_path: Path) -> None:
    html = written(tmp_path / "r.html", good, hostile)
    page = Page(html)

    assert "2 connectors" in html
    assert {"target-1", "target-2"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert written(tmp_path / "r.md", good, hostile).count("\n## ") + 1 == 2
