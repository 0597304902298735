"""Pictures of calls in the HTML report: lost responses and races, drawn from the record and told in sentences too."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from greenroom.contracts.reports.html import page
from greenroom.contracts.reports.space_time import MOST, MOST_NOTE, Picture, picture
from greenroom.contracts.run.certificate import Certificate
from tests.browser import DESKTOP, NEEDS_BROWSER, PHONE, barriers, opened, overflow
from tests.catalogue import HERE
from tests.contracts.runs import certificate

LOST = str(HERE / "faulty" / "truth.lost-is-not-done.clio.py")
BUSY = str(HERE / "faulty" / "truth.races-add-up.clio.busy.py")


@pytest.fixture(scope="module")
def lost() -> Certificate:
    """A response that is lost, and a plain day on which nothing is to be drawn."""
    return certificate(LOST, "clio", "resilient", scenarios=("lost-requests", "plain"))


@pytest.fixture(scope="module")
def race() -> Certificate:
    return certificate(BUSY, "clio", "resilient", scenarios=("two-cancels-at-once",))


def drawn(found: Certificate, clause: str) -> Picture:
    verdict = next(v for v in found.verdicts if v.clause.id == clause)
    made = picture(found, verdict, verdict.violations[0])
    assert made
    return made


def test_a_lost_response_never_arrives(lost: Certificate) -> None:
    made = drawn(lost, "truth.lost-is-not-done")
    arrows = [placed.arrow for placed in made.arrows]

    assert [(a.start, a.goal, a.kind) for a in arrows] == [
        ("user", "connector", "plain"),
        ("connector", "CRM", "plain"),
        ("CRM", "connector", "lost"),
        ("connector", "user", "plain"),
    ]
    assert arrows[2].note == "reset, before-commit"
    assert "CRM to connector: no response, which never arrives (reset, before-commit)." in made.description
    assert made.description.endswith("connector to user: successful: true. At the end: the appointment stands.")


def test_two_calls_share_a_picture_in_the_order_of_their_requests(race: Certificate) -> None:
    made = drawn(race, "truth.failure-is-true")
    texts = [placed.arrow.text for placed in made.arrows]

    assert texts[:2] == ["A: cancelAppointment", "B: cancelAppointment"]
    assert {text[:2] for text in texts} == {"A:", "B:"}
    assert [text for text in texts if "successful" in text] == ["A: successful: false", "B: successful: false"]


def test_what_stands_in_lines_is_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "c.py"
    path.write_text("def cancel_appointment(**given):\n    return {'successful': True}\n")
    found = certificate(str(path), "clio", "documented", scenarios=("plain",))

    assert [v for v in found.verdicts if v.violations]
    assert "<svg" not in page([found])


@pytest.mark.parametrize("clause", ["truth.lost-is-not-done", "truth.looks-after-a-lost-answer"])
def test_labels_fit_and_arrows_go_down(lost: Certificate, clause: str) -> None:
    made = drawn(lost, clause)
    places = [placed.y for placed in made.arrows]

    assert places == sorted(set(places))
    assert places[-1] < made.height
    assert all(len(placed.label) <= max(MOST.values()) and len(placed.note) <= MOST_NOTE for placed in made.arrows)


class Named(HTMLParser):
    """Collects ids, and the ids that pictures are named by."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.names: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [str(found["id"])] if found.get("id") else []
        self.names += str(found.get("aria-labelledby")).split() if tag == "svg" else []


def test_every_picture_has_a_title_and_a_text(lost: Certificate, race: Certificate) -> None:
    text = Named(page([lost, race]))

    assert text.names
    assert len(text.ids) == len(set(text.ids))
    assert set(text.names) <= set(text.ids)


@NEEDS_BROWSER
def test_no_barrier_and_nothing_cut(chromium: Browser, lost: Certificate, race: Certificate, tmp_path: Path) -> None:
    (tmp_path / "r.html").write_text(page([lost, race]), "utf-8")
    address = (tmp_path / "r.html").as_uri()
    for size, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
        with opened(chromium, address, size, scheme) as shown:  # type: ignore[arg-type]
            assert barriers(shown) == []
            assert overflow(shown) <= 0
            assert shown.get_by_role("img", name="as a picture").first.is_visible()
