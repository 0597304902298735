"""The console in a real browser: what somebody does there, clicked through."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from greenroom.simulators import CRMS
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.control.client import ControlClient
from greenroom.simulators.core.simulator import Simulator
from tests.browser import DESKTOP, NEEDS_BROWSER, PHONE, barriers, opened, overflow
from tests.fakes import Fake

pytestmark = NEEDS_BROWSER
LOOKS = [(DESKTOP, "light"), (PHONE, "dark")]
SEEN = """() => {
  const box = document.querySelector('#journal-table').closest('.scroll').getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).closest('tr').dataset.key;
}"""
Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def fake() -> Iterator[Fake]:
    with Simulator(CRMS["clio"]) as simulator:
        yield Fake(simulator)


@pytest.fixture
def control(fake: Fake) -> Iterator[Control]:
    found = Control(fake.simulator)
    yield found
    found.close()


@pytest.fixture
def visit(chromium: Browser, control: Control) -> Open:
    @contextmanager
    def open_(link: str = "", **how: Any) -> Iterator[Page]:
        with opened(chromium, f"{control.url}/{link}", within=control.url, **how) as page:
            expect(page.locator("#live")).to_have_text("live")
            yield page

    return open_


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_no_barrier_and_nothing_cut(fake: Fake, visit: Open, size: tuple[int, int], scheme: str) -> None:
    long = "x" * 300
    fake.ask("DELETE", fake.entry())
    fake.ask("PATCH", fake.entry("longer-id"), json={"data": {"summary": long, "location": f"{long} <b>&"}})
    fake.ask("GET", f"/{long}")
    with visit("#/worlds/clio-1/requests/2", size=size, scheme=scheme) as page:
        expect(page.locator("#request")).to_contain_text("What changed")
        expect(page.locator("#live")).to_have_text("live")
        assert barriers(page) == []
        assert overflow(page) <= 0
        page.get_by_label("List").check()
        page.locator("#calendar-table a", has_text="xxx").click()
        expect(page.locator("#appointment")).to_contain_text("as the CRM keeps it")
        assert barriers(page) == []
        assert overflow(page) <= 0


def test_escape_closes_what_is_open(fake: Fake, visit: Open) -> None:
    fake.ask("DELETE", fake.entry())
    with visit() as page:
        link = page.locator("#journal-table a").first
        link.click()
        expect(page.locator("#request")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#request")).to_be_hidden()
        expect(link).to_be_focused()
        page.locator("#calendar-day-view a", has_text="Deposition").click()
        expect(page.locator("#appointment")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#appointment")).to_be_hidden()


def test_the_journal_fits_on_a_phone(fake: Fake, visit: Open) -> None:
    fake.ask("DELETE", fake.entry())
    with visit(size=PHONE) as page:
        expect(page.locator("#journal-table")).to_contain_text("DELETE")
        wider = "(each) => each.closest('.scroll').scrollWidth - each.closest('.scroll').clientWidth"
        assert page.locator("#journal-table").evaluate(wider) <= 0


def test_a_request_appears_as_it_comes_and_tells_what_it_did(fake: Fake, visit: Open) -> None:
    with visit() as page:
        expect(page.locator("#journal-table")).to_contain_text("Nothing was asked yet")
        fake.ask("DELETE", fake.entry())
        found = page.locator("#journal-table tbody tr", has_text="DELETE")
        expect(found).to_contain_text("204")
        expect(found).to_contain_text("1750624234 is gone")
        expect(page.locator("#calendar-day-view s", has_text="Hearing on motion")).to_have_count(1)
        found.get_by_role("link").click()
        expect(page).to_have_url(re.compile(r"#/worlds/clio-1/requests/1$"))
        shown = page.locator("#request")
        expect(shown).to_contain_text("valid, of owner")
        expect(shown).to_contain_text("calendar_entries/1750624234 is gone")
        shown.get_by_text("headers").first.click()
        expect(shown).to_contain_text("Bearer <owner.accessToken>")
        assert fake.login.token not in page.content()
        page.reload()  # the address is a deep link
        expect(page.locator("#request")).to_contain_text("Request 1")


def test_what_is_not_simulated_is_marked(fake: Fake, visit: Open) -> None:
    fake.ask("GET", "/api/v4/tasks.json")
    with visit() as page:
        found = page.locator("#journal-table tbody tr", has_text="not simulated")
        expect(found).to_contain_text("501")
        found.get_by_role("link").click()
        expect(page.locator("#request")).to_contain_text("GET /api/v4/tasks")


def test_a_deleted_appointment_leads_to_its_trace(fake: Fake, visit: Open) -> None:
    fake.ask("DELETE", fake.entry())
    with visit("#/worlds/clio-1/appointments/1750624234") as page:
        shown = page.locator("#appointment")
        expect(shown).to_contain_text("deleted: nothing is left in the CRM")
        shown.get_by_role("link", name=re.compile("DELETE 204")).click()
        expect(page.locator("#request")).to_contain_text("DELETE")


def test_what_somebody_did_in_the_crm_itself_has_no_request(fake: Fake, visit: Open) -> None:
    with visit("#/worlds/clio-1/appointments/1750624234") as page:
        page.get_by_role("button", name="Cancel in the CRM").click()
        expect(page.locator("#appointment")).to_contain_text("somebody did so in the CRM itself")
        expect(page.locator("#journal-count")).to_have_text("0 requests")
    assert fake.record() is None


def test_cancelled_ones_are_struck_through_where_the_crm_keeps_them(chromium: Browser) -> None:
    with Simulator(CRMS["netsuite"]) as simulator:
        fake, control = Fake(simulator), Control(simulator)
        fake.ask("PATCH", fake.entry(), json={"status": {"id": "CANCELLED"}})
        with opened(chromium, f"{control.url}/", within=control.url) as page:
            page.get_by_label("List").check()
            found = page.locator("#calendar-table tr", has=page.locator("s"))
            expect(found).to_contain_text("Quarterly review")
            expect(found).to_contain_text("cancelled")
        control.close()


def test_control_characters_are_seen_and_long_texts_fit(control: Control, visit: Open) -> None:
    client = ControlClient(control.url)
    odd = "bell\x07 \x1b[31m \u202egnp.exe\u202c جلسة " + "x" * 300
    made = client.add(odd, "2027-03-02T10:30:00-08:00", description="wide " * 200)
    for look in LOOKS:
        with visit(f"#/worlds/clio-1/appointments/{made}", size=look[0], scheme=look[1]) as page:
            expect(page.locator("#appointment h3")).to_contain_text(r"bell\x07 \x1b[31m \u{202e}gnp.exe\u{202c} جلسة")
            assert (barriers(page), overflow(page) <= 0) == ([], True)


def test_no_word_of_a_day_is_cut_in_two(control: Control, visit: Open) -> None:
    client = ControlClient(control.url)
    for hour in (9, 10):
        client.add("Außergewöhnlichkeiten", f"2027-03-02T{hour:02d}:00:00-08:00", 60)
    with visit(size=PHONE) as page:
        links = page.locator("#calendar-day-view a", has_text="Außergewöhnlichkeiten")
        expect(links).to_have_count(2)
        lines = "(each) => new Set([...each.getClientRects()].map((part) => Math.round(part.top))).size"
        assert [link.evaluate(lines) for link in links.all()] == [1, 1]


def test_an_appointment_is_added_in_the_crm_itself(fake: Fake, visit: Open) -> None:
    with visit(size=PHONE) as page:
        page.get_by_role("button", name="Add an appointment").click()
        expect(page.get_by_label("Title")).to_be_focused()
        page.keyboard.type("Intake call")
        page.get_by_label("Start").fill("2027-03-09T11:00")
        page.get_by_label("Minutes").fill("45")
        page.get_by_label("Notes").fill("Bring the letter.")
        page.get_by_role("button", name="Add appointment").press("Enter")
        shown = page.locator("#appointment")
        expect(shown).to_contain_text("Mar 9, 2027 11:00–11:45")
        expect(shown).to_be_focused()
        expect(page.locator("#calendar-day-view")).to_contain_text("Intake call")
        expect(shown).to_contain_text("No request named it yet.")
        made = page.evaluate("location.hash").rpartition("/")[2]
    kept = fake.world.store.get("calendar_entries", made) or {}
    assert (kept["summary"], kept["description"]) == ("Intake call", "Bring the letter.")


def test_a_refusal_stands_beside_its_field_and_escape_keeps_what_was_entered(visit: Open) -> None:
    with visit(refusals=True) as page:
        page.get_by_role("button", name="Add an appointment").click()
        expect(page.get_by_label("Status")).to_be_hidden()  # Clio keeps none
        page.get_by_role("button", name="Add appointment").click()
        title = page.get_by_label("Title")
        expect(title).to_be_focused()
        expect(title).to_have_accessible_description("Please fill out this field.")
        title.fill("Kept")
        page.get_by_label("Added by").select_option("forbidden")
        page.get_by_role("button", name="Add appointment").click()
        author = page.get_by_label("Added by")
        expect(author).to_be_focused()
        expect(author).to_have_accessible_description("forbidden may add no appointment in Clio.")
        expect(title).to_have_accessible_description("")
        assert (barriers(page), overflow(page) <= 0) == ([], True)
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Add an appointment")).to_be_focused()
        page.keyboard.press("Enter")
        expect(title).to_have_value("Kept")


def test_the_calendar_goes_from_day_to_day(visit: Open) -> None:
    with visit() as page:
        expect(page.get_by_label("Day", exact=True).last).to_have_value("2027-03-02")
        page.get_by_label("Later day with appointments").click()
        expect(page).to_have_url(re.compile("days/2027-03-05$"))
        expect(page.locator("#calendar-day-view")).to_contain_text("all day")
        expect(page.get_by_label("Later day with appointments")).to_be_disabled()


def test_a_fault_is_armed_strikes_and_is_disarmed(fake: Fake, visit: Open) -> None:
    with visit() as page:
        page.get_by_label("Fault", exact=True).select_option("reset")
        page.get_by_label("Fires").select_option("after-commit")
        page.get_by_label("How often").fill("2")
        page.get_by_role("button", name="Arm", exact=True).click()
        armed = page.locator("#faults-armed")
        expect(armed).to_contain_text("reset@after-commit on cancel: fired 0 of 2")
        with pytest.raises(requests.ConnectionError):
            fake.ask("DELETE", fake.entry())
        expect(armed).to_contain_text("fired 1 of 2")
        found = page.locator("#journal-table tbody tr", has_text="no response")
        expect(found).to_contain_text("reset@after-commit")
        found.get_by_role("link").click()
        expect(page.locator("#request")).to_contain_text("nothing of it arrived, yet it was done")
        page.get_by_role("button", name="Disarm reset").click()
        expect(armed).to_contain_text("None is armed")
    assert list(fake.world.faults) == []


def test_a_fault_is_armed_for_later_requests(visit: Open) -> None:
    with visit() as page:
        page.get_by_label("Only after").fill("read")
        page.get_by_label("Pass first").fill("1")
        page.get_by_role("button", name="Arm", exact=True).click()
        expect(page.locator("#faults-armed")).to_contain_text("on cancel after read, 1 pass first: fired 0 of 1")


def test_a_fault_that_cannot_be_armed_is_refused_in_words(visit: Open) -> None:
    with visit(refusals=True) as page:
        page.get_by_label("Retry-After").fill("5000")
        page.get_by_label("Fault", exact=True).select_option("delay")
        expect(page.get_by_label("Retry-After")).to_be_hidden()  # nor is what is hidden checked
        page.get_by_label("Requests", exact=True).fill("everything")
        page.get_by_role("button", name="Arm", exact=True).click()
        expect(page.locator("#said")).to_contain_text("a fault cannot meet 'everything'")
        expect(page.get_by_label("Requests", exact=True)).to_have_value("everything")


def test_people_lend_a_ready_credential_and_lose_it(fake: Fake, visit: Open) -> None:
    with visit() as page:
        page.get_by_role("button", name="Copy both (viewer)").click()
        expect(page.locator("#said")).to_contain_text("Copied")
        login = json.loads(page.evaluate("navigator.clipboard.readText()"))
        assert login["authHeader"] == f"Bearer {login['user']['accessToken']}"
        headers = {"Authorization": login["authHeader"]}
        assert fake.ask("GET", fake.entry(), headers=headers).status_code == 200
        for button, state in (("Expire (viewer)", "expired"), ("Revoke (viewer)", "revoked")):
            page.get_by_role("button", name=button).click()
            expect(page.locator("#people-list li", has_text="viewer")).to_contain_text(f"1 {state} token")
            assert fake.ask("GET", fake.entry(), headers=headers).status_code == 401


def test_a_request_is_copied_as_curl(fake: Fake, visit: Open, tmp_path: Path) -> None:
    body = {"data": {"location": "Ada's $HOME `office`"}}
    fake.ask("PATCH", fake.entry(), json=body)
    with visit("#/worlds/clio-1/requests/1") as page:
        page.get_by_role("button", name="Copy as curl").click()
        expect(page.locator("#said")).to_contain_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        page.get_by_role("button", name="Copy for the shell (owner)").click()
        expect(page.locator("#said")).to_contain_text("a line for the shell")
        export = page.evaluate("navigator.clipboard.readText()")
    before = fake.record()["location"]
    fake.ask("PATCH", fake.entry(), json={"data": {"location": "elsewhere"}})
    answer = shell(f"{export}\n{copied}")

    assert fake.login.token not in copied
    assert "HTTP/1.1 200" in answer
    assert fake.record()["location"] == before == body["data"]["location"]


def shell(script: str) -> str:
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True, timeout=20).stdout


def test_the_journal_is_saved_as_har(fake: Fake, visit: Open) -> None:
    fake.ask("GET", fake.entry())
    with visit() as page:
        with page.expect_download() as download:
            page.get_by_role("button", name="Download HAR").click()
        assert download.value.suggested_filename == "clio-1.har"
        log = json.loads(download.value.path().read_text("utf-8"))["log"]

    assert [entry["response"]["status"] for entry in log["entries"]] == [200]


def test_a_world_is_saved_reset_and_loaded(fake: Fake, visit: Open) -> None:
    fake.ask("DELETE", fake.entry())
    with visit(refusals=True) as page:
        with page.expect_download() as download:
            page.get_by_role("button", name="Save world").click()
        page.get_by_role("button", name="Reset", exact=True).click()
        page.get_by_role("button", name="Keep it").click()
        assert fake.record() is None
        page.get_by_role("button", name="Reset", exact=True).click()
        page.locator("dialog").get_by_role("button", name="Reset").click()
        expect(page.locator("#said")).to_contain_text("Reset clio-1")
        expect(page.locator("#journal-count")).to_have_text("0 requests")
        assert fake.simulator.current.store.get("calendar_entries", "1750624234")
        page.locator("#world-load").set_input_files(download.value.path())
        page.locator("dialog").get_by_role("button", name="Load").click()
        expect(page.locator("#said")).to_contain_text("Loaded clio-1")
        assert fake.simulator.current.store.get("calendar_entries", "1750624234") is None
        page.locator("#world-load").set_input_files({"name": "x.json", "mimeType": "", "buffer": b"no"})
        expect(page.locator("#said")).to_contain_text("x.json is not JSON")
        page.locator("#world-load").set_input_files({"name": "x.json", "mimeType": "", "buffer": b"{}"})
        expect(page.locator("#said")).to_contain_text("no saved world")


def test_worlds_are_made_looked_at_entered_and_dropped(fake: Fake, visit: Open) -> None:
    with visit() as page:
        page.get_by_label("Site").select_option("eu")
        page.get_by_role("button", name="New world").click()
        expect(page).to_have_url(re.compile("#/worlds/clio-2$"))
        page.get_by_role("combobox", name="World").select_option("clio-1")
        expect(page.locator("#world-current")).to_contain_text("go to clio-2")
        page.get_by_role("button", name="Make it current").click()
        expect(page.locator("#world-current")).to_contain_text("come here")
        assert fake.simulator.current.name == "clio-1"
        page.get_by_role("button", name="Drop").click()
        page.locator("dialog").get_by_role("button", name="Drop").click()
        expect(page).to_have_url(re.compile("#/worlds/clio-2$"))
    assert list(fake.simulator.worlds) == ["clio-2"]


def test_the_clock_is_moved_and_frozen(fake: Fake, visit: Open) -> None:
    world = fake.world
    before = world.clock.now()
    with visit() as page:
        page.get_by_role("button", name="+1 day").click()
        expect(page.locator("#said")).to_have_text("The clock is set.")
        assert (world.clock.now() - before).days == 1
        page.get_by_role("button", name="Freeze").click()
        expect(page.locator("#clock-now")).to_contain_text("frozen")
        page.locator("#clock-set").fill("2027-03-02T09:00:00")
        page.get_by_role("button", name="Set", exact=True).click()
        expect(page.locator("#clock-now")).to_contain_text("2027-03-02 09:00:00 PST")
        page.get_by_role("button", name="Let it run").click()
        expect(page.locator("#clock-now")).not_to_contain_text("frozen")
        page.get_by_label("view-only-refusal").select_option("404")
        expect(page.locator("#said")).to_have_text("view-only-refusal is 404 now.")
    assert world.switches["view-only-refusal"] == "404"


def test_everything_is_done_from_the_keyboard(fake: Fake, visit: Open) -> None:
    for number in range(3):
        fake.ask("GET", f"/api/v4/calendar_entries/{number}.json")
    with visit() as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the calendar"
        links = page.locator("#journal-table tbody a")
        links.first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        fake.ask("GET", "/api/v4/calendar_entries/9.json")  # the table is drawn anew meanwhile
        expect(links).to_have_count(4)
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        expect(page.locator("#request-title")).to_have_text("Request 2")


def test_only_rows_in_sight_are_drawn_and_each_is_reached(fake: Fake, visit: Open) -> None:
    fake.world.flip({"rate-limit": "off"})
    with requests.Session() as session:
        for number in range(600):
            session.get(f"{fake.url}/api/v4/calendar_entries/{number}.json", headers=fake.headers, timeout=5)
    with visit() as page:
        expect(page.locator("#journal-count")).to_have_text("600 requests")
        rows = page.locator("#journal-table tbody tr[data-key]")
        expect(rows.first).to_contain_text("600")
        assert rows.count() < 100
        table = page.locator("#journal-table")
        assert table.get_attribute("aria-rowcount") == "601"
        table.evaluate("(made) => { const box = made.closest('.scroll'); box.scrollTop = box.scrollHeight; }")
        expect(rows.last).to_have_attribute("data-key", "1")
        table.evaluate("(made) => { const box = made.closest('.scroll'); box.scrollTop = box.scrollHeight / 2; }")
        assert rows.count() < 100
        seen = page.wait_for_function(SEEN).json_value()
        fake.ask("GET", "/api/v4/calendar_entries/7.json")
        expect(page.locator("#journal-count")).to_have_text("601 requests")
        assert page.evaluate(SEEN) == seen, "what is in sight stays there as requests come"
        page.get_by_label("Search requests").fill("/77.json")
        expect(rows).to_have_count(1)
        expect(page.locator("#journal-count")).to_have_text("1 request")


def test_a_token_is_asked_for_where_one_guards(chromium: Browser, fake: Fake) -> None:
    control = Control(fake.simulator, token="open sesame")
    with opened(chromium, f"{control.url}/", within=control.url, refusals=True) as page:
        page.get_by_role("textbox", name="Control token").fill("wrong")
        page.get_by_role("button", name="Open").click()
        expect(page.get_by_role("textbox", name="Control token")).to_have_value("")
        page.get_by_role("textbox", name="Control token").fill("open sesame")
        page.get_by_role("button", name="Open").click()
        expect(page.locator("#live")).to_have_text("live")
        expect(page.locator("#calendar-day-view")).to_contain_text("Hearing on motion")
    control.close()


def test_a_link_that_leads_nowhere_says_so(visit: Open) -> None:
    with visit("#/worlds/clio-1/requests/99", refusals=True) as page:
        expect(page.locator("#request")).to_contain_text("no request 99 in clio-1")
        page.evaluate("location.hash = '#/worlds/clio-9'")
        expect(page.locator("#lost")).to_contain_text("no world 'clio-9'")
        expect(page.locator("#calendar")).to_be_hidden()
        assert barriers(page) == []
        page.get_by_role("link", name="Go to clio-1").click()
        expect(page.locator("#calendar-day-view")).to_contain_text("Deposition")
        page.evaluate("location.hash = '#/%zz'")
        expect(page.locator("#said")).to_contain_text("leads nowhere")


def test_a_world_that_is_dropped_while_it_is_shown_is_gone(fake: Fake, visit: Open) -> None:
    fake.simulator.new_world()
    with visit("#/worlds/clio-1", refusals=True) as page:
        fake.simulator.forget(fake.world)
        expect(page.locator("#lost")).to_contain_text("clio-1 was dropped")
        page.get_by_role("link", name="Go to clio-2").click()
        expect(page.locator("#live")).to_have_text("live")
