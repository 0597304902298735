"""The appointment panel in a real browser, over real connectors."""

import re
import signal
import subprocess
from pathlib import Path

import pytest
import requests
from playwright.sync_api import expect

from tests.browser import DESKTOP, NEEDS_BROWSER, PHONE, barriers, overflow
from tests.catalogue import HERE
from tests.greenroom.connectors import LISTS, connector
from tests.greenroom.panels import FAULTY, REFERENCE, TARGET, Open
from tests.greenroom.shell import COMMAND, greenroom


@NEEDS_BROWSER
@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_no_barrier_and_nothing_cut(show: Open, tmp_path: Path, size: tuple[int, int], scheme: str) -> None:
    folder = tmp_path / ("a_long_name_without_a_break" * 4)
    folder.mkdir()
    long = "x" * 300
    details = f"[{{'title': '{long}', 'items': [{{'id': '1', 'type': 'text', 'text': '<b>{long}</b>'}}]}}]"
    told = f"return told('{long}', 'error', ttl=60000, details={details})"
    with show(
        connector(folder, f"delete(user, auth_header, appointment_id)\n{told}"), size=size, scheme=scheme
    ) as shown:
        page = shown.page
        assert barriers(page) == []
        shown.choose()
        page.get_by_role("button", name="Cancel appointment").click()
        assert barriers(page) == [], "with the question open"
        page.get_by_role("button", name="Keep it").click()
        shown.confirm()
        expect(shown.happened).to_contain_text("broken")
        expect(shown.toast).to_contain_text(f"<b>{long}</b>")
        page.evaluate("for (const each of document.querySelectorAll('#call details')) each.open = true")
        assert barriers(page) == []
        assert overflow(page) <= 0


@NEEDS_BROWSER
def test_a_long_list_scrolls_in_its_own_place(show: Open) -> None:
    with show(REFERENCE / "clio.py", size=PHONE) as shown:
        for number in range(200):
            shown.control.add(f"Number {number}", "2027-03-04T10:30:00Z")
        shown.page.locator("#refresh").click()
        expect(shown.page.locator("#appointments li")).to_have_count(205)
        assert shown.page.evaluate("document.documentElement.scrollHeight") < 2500
        wrapped = "(each) => each.getClientRects().length > 1 || each.clientHeight > 40"
        assert not shown.page.locator("#refresh").evaluate(wrapped)
        assert barriers(shown.page) == []


@NEEDS_BROWSER
def test_a_cancel_and_what_came_of_it(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        page = shown.page
        expect(page.locator("#source")).to_have_text("Listed by the connector.")
        shown.choose()
        expect(page.locator("#details")).to_contain_text("Casey Client")
        page.get_by_role("button", name="Cancel appointment").click()
        page.get_by_role("button", name="Keep it").click()
        assert {entry["operation"] for entry in shown.control.journal()} <= {"read", "other"}
        page.locator("#calendar-table").get_by_role("link", name="Deposition").click()
        for visible in (True, True, False):  # "back" leaves the link of the calendar, then the details
            expect(page.locator("#details")).to_be_visible(visible=visible)
            if visible:
                page.go_back()
        shown.choose()
        shown.confirm()
        expect(shown.toast).to_have_class("toast success")
        expect(shown.toast).to_contain_text("Appointment cancelled and deleted in Clio.")
        expect(shown.toast).to_contain_text("success, 3000 ms")
        expect(shown.happened).to_contain_text(f"The appointment was live, it is deleted.{TARGET} is gone")
        expect(shown.happened).to_contain_text("No promise broken; ")
        expect(page.locator("#calendar-table s", has_text="Hearing on motion")).to_have_count(1)
        shown.happened.locator("summary", has_text="DELETE").click()
        shown.happened.get_by_role("link", name="in the console").last.click()
        expect(page.locator("#request")).to_contain_text("What changed")


@NEEDS_BROWSER
def test_a_toast_ends_after_its_time_and_what_happened_stays(show: Open, tmp_path: Path) -> None:
    body = "delete(user, auth_header, appointment_id)\nreturn told('Gone.', ttl=400)"
    with show(connector(tmp_path, body)) as shown:
        shown.cancel()
        expect(shown.page.locator("#toasts .toast")).to_have_count(0)
        expect(shown.happened).to_contain_text("Gone.")


TOASTS = [
    (
        "raise requests.HTTPError(response=delete(user, auth_header, '1999999999'))",
        "warning",
        (
            "Authorization error",
            "Please Logout and then Connect your clio account",
            "warning, 5000 ms",
            "own words",
        ),
    ),
    ("raise RuntimeError('oops')", "warning", ("Error performing cancelAppointment", "necessary permissions")),
    ("return {'successful': True}", "http", ("HTTP 400", "App Connect refused the connector's answer")),
    ("return told('Ask Ada.', 'warning')", "warning", ("Ask Ada.", "warning, no ttl")),
    ("return told('Hm.', 'puce', ttl=60000)", "untyped", ("Hm.", "puce, 60000 ms")),
    ("import time; time.sleep(9)", "http", ("App Connect waits for ever",)),
    ("import os; os._exit(3)", "http", ("the process died",)),
]


@NEEDS_BROWSER
def test_toasts_are_those_of_app_connect(show: Open, tmp_path: Path) -> None:
    with show(connector(tmp_path, TOASTS[0][0]), deadline=4.0) as shown:
        shown.choose()
        for body, kind, texts in TOASTS:
            connector(tmp_path, body)  # loaded again with the next call
            shown.confirm()
            expect(shown.toast).to_have_class(f"toast {kind}")
            for text in texts:
                expect(shown.toast).to_contain_text(text)


@NEEDS_BROWSER
def test_a_fault_armed_here_shows_the_promise_that_breaks(show: Open) -> None:
    with show(FAULTY / "truth.lost-is-not-done.clio.py") as shown:
        shown.page.get_by_role("button", name="Break before it is done").click()
        expect(shown.page.locator("#faults-armed")).to_contain_text("reset@before-commit on write: fired 0 of 1")
        shown.cancel()
        expect(shown.toast).to_contain_text("Appointment cancelled.")
        expect(shown.happened).to_contain_text("1 promise broken")
        expect(shown.happened.locator(".clause.must")).to_contain_text("truth.lost-is-not-done")
        expect(shown.happened).to_contain_text("The appointment still stands.The call changed nothing.")
        expect(shown.page.locator("#faults-armed")).to_contain_text("fired 1 of 1")
        shown.page.get_by_role("button", name="Lose the answer").click()
        expect(shown.page.locator("#faults-armed li")).to_have_count(2)
        shown.confirm()
        expect(shown.happened).to_contain_text("it is deleted")
        expect(shown.happened).to_contain_text("No promise broken")


@NEEDS_BROWSER
def test_nothing_that_was_said_lies_over_the_verdict(show: Open) -> None:
    with show(FAULTY / "truth.lost-is-not-done.clio.py", size=PHONE) as shown:
        shown.page.get_by_role("button", name="Server error").click()
        expect(shown.page.locator("#said")).to_contain_text("Armed")
        shown.cancel()
        expect(shown.page.locator("#said")).to_be_empty()
        shown.page.evaluate("document.querySelector('#call .verdict').scrollIntoView({block: 'end'})")
        shown.page.evaluate("document.querySelector('#quick button').click()")
        expect(shown.page.locator("#said")).to_have_class("said good up")


@NEEDS_BROWSER
def test_work_after_the_answer_is_seen(show: Open, tmp_path: Path) -> None:
    body = """
    import threading
    threading.Timer(0.4, delete, (user, auth_header, appointment_id)).start()
    return told("Done.", ttl=3000)
    """
    with show(connector(tmp_path, body)) as shown:
        shown.cancel()
        expect(shown.happened).to_contain_text("after the result")
        expect(shown.happened).to_contain_text("broken")


@NEEDS_BROWSER
def test_a_changed_connector_is_loaded_again(show: Open, tmp_path: Path) -> None:
    path = connector(tmp_path, "return told('First.', 'error', ttl=9000)")
    with show(path, refusals=True) as shown:
        shown.cancel()
        expect(shown.toast).to_contain_text("First.")
        connector(tmp_path, "return told('Second.', 'error', ttl=9000)")
        expect(shown.page.locator("#runtime")).to_contain_text("loaded 2 times")
        shown.confirm()
        expect(shown.toast).to_contain_text("Second.")
        path.write_text("def cancel_appointment(:\n", "utf-8")
        expect(shown.page.get_by_role("alert")).to_contain_text("does not load")
        connector(tmp_path, "import helper\nreturn told(helper.TEXT, 'error', ttl=9000)")
        (tmp_path / "helper.py").write_text("TEXT = 'Third.'\n", "utf-8")
        expect(shown.page.get_by_role("alert")).to_be_hidden()
        shown.confirm()
        expect(shown.toast).to_contain_text("Third.")


@NEEDS_BROWSER
def test_a_connector_that_offers_nothing_any_more_is_told(show: Open, tmp_path: Path) -> None:
    with show(connector(tmp_path, "return told('First.', ttl=1)")) as shown:
        (tmp_path / "connector.py").write_text("x = 1\n", "utf-8")
        expect(shown.page.get_by_role("alert")).to_contain_text("exports none of: cancelAppointment")


@NEEDS_BROWSER
def test_a_page_that_is_opened_while_a_call_is_under_way_tells_so(show: Open, tmp_path: Path) -> None:
    body = "import time; time.sleep(3)\nreturn told('At last.', 'error', ttl=9000)"
    with show(connector(tmp_path, body, LISTS)) as shown:
        shown.choose()
        shown.page.get_by_role("button", name="Cancel appointment").click()
        shown.page.locator("dialog").get_by_role("button", name="Cancel appointment").click()
        expect(shown.happened).to_contain_text("Waiting for the connector")
        shown.page.reload()
        expect(shown.happened).to_contain_text("Waiting for the connector")
        expect(shown.page.locator("#appointments")).to_contain_text("Hearing on motion")
        expect(shown.happened).to_contain_text("At last.")
        shown.page.reload()
        expect(shown.happened).to_contain_text("At last.")


@NEEDS_BROWSER
def test_a_credential_that_ended_is_used_until_the_user_connects_again(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        shown.cancel("Deposition")
        shown.control.ask("POST", "/worlds/current/users/owner/expire")
        expect(shown.page.locator("#credential")).to_contain_text("is expired")
        shown.page.get_by_role("button", name="Back").click()
        shown.cancel()
        expect(shown.happened).to_contain_text("still stands")
        shown.page.get_by_role("button", name="Log out and connect").click()
        expect(shown.page.locator("#credential")).to_be_hidden()
        shown.cancel()
        expect(shown.happened).to_contain_text("it is deleted")


@NEEDS_BROWSER
def test_another_user_is_refused(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        shown.page.get_by_label("User").select_option("viewer")
        expect(shown.page.locator("#said")).to_contain_text("Connected as viewer")
        shown.cancel()
        expect(shown.happened).to_contain_text("as viewer")
        expect(shown.happened).to_contain_text("still stands")


@NEEDS_BROWSER
def test_a_connector_that_lists_is_asked_for_the_list(show: Open, tmp_path: Path) -> None:
    path = connector(tmp_path, "delete(user, auth_header, appointment_id)\nreturn told('Gone.', ttl=9000)", LISTS)
    with show(path) as shown:
        expect(shown.page.locator("#source")).to_have_text("Listed by the connector.")
        shown.cancel("Hearing on motion, listed from 20")
        expect(shown.happened).to_contain_text("it is deleted")
        expect(shown.happened.locator(".exchange")).to_have_count(1)
        shown.control.ask("POST", "/worlds/current/users/owner/revoke")
        shown.page.get_by_role("button", name="Back").click()
        shown.cancel("Deposition")
        expect(shown.toast).to_contain_text("Authorization error")


REMEMBERS = """
def refresh_appointment(*, user, auth_header, appointment_id):
    answer = requests.get(f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json?fields=id",
                          headers={"Authorization": auth_header}, timeout=5)
    return {"successful": True, "appointment": {"id": answer.json()["data"]["id"], "title": "As it was"}}
"""


@NEEDS_BROWSER
def test_details_come_from_a_refresh_with_the_promises_that_it_broke(show: Open, tmp_path: Path) -> None:
    with show(connector(tmp_path, "return told('m', ttl=1)", REMEMBERS)) as shown:
        page = shown.page
        expect(page.locator("#list-verdict")).to_be_empty()
        shown.choose()
        expect(page.locator("#details-source")).to_have_text("Refreshed by the connector.")
        expect(page.locator("#details-title")).to_have_text("As it was")
        expect(page.get_by_role("button", name="Confirm appointment")).to_have_count(0)
        page.locator("#details-verdict").get_by_role("button", name="broken").click()
        expect(shown.happened).to_contain_text(f"refreshAppointment {TARGET} as owner")
        expect(shown.happened.locator(".clause", has_text="record.title")).to_be_visible()


@NEEDS_BROWSER
def test_an_appointment_is_confirmed_and_the_list_is_judged(show: Open) -> None:
    with show(REFERENCE / "netsuite.py", "netsuite") as shown:
        page = shown.page
        shown.choose("(no title)")
        expect(page.locator("#details-source")).to_have_text("Refreshed by the connector.")
        page.get_by_role("button", name="Confirm appointment").click()
        expect(shown.toast).to_contain_text("Appointment confirmed in NetSuite.")
        expect(shown.happened).to_contain_text("status of 12391 changed")
        expect(page.locator("#details-shown")).to_contain_text("confirmed")
        page.get_by_role("button", name="Back").click()
        page.locator("#list-verdict").get_by_role("button").click()
        expect(shown.happened).to_contain_text("listAppointments 20")
        assert barriers(page) == []


@NEEDS_BROWSER
def test_a_list_with_other_parameters_is_left_alone(show: Open, tmp_path: Path) -> None:
    path = connector(tmp_path, "return told('m', ttl=1)", "def list_appointments(page):\n    return {}\n")
    with show(path) as shown:
        expect(shown.page.locator("#source")).to_contain_text("the connector offers no listAppointments")


@NEEDS_BROWSER
def test_netsuite_keeps_what_was_cancelled(show: Open) -> None:
    with show(REFERENCE / "netsuite.py", "netsuite") as shown:
        expect(shown.page.locator("#list-verdict")).to_contain_text("promises kept")
        shown.cancel("Quarterly review")
        expect(shown.happened).to_contain_text("it is cancelled.status of 12346 changed")
        shown.page.get_by_role("button", name="Back").click()
        expect(shown.page.locator("#appointments li", has=shown.page.locator("s"))).to_contain_text("cancelled")
        shown.page.get_by_role("button", name="Reset the CRM").click()
        shown.page.locator("dialog").get_by_role("button", name="Reset").click()
        expect(shown.page.locator("#appointments s")).to_have_count(0)
        shown.cancel("Quarterly review")
        expect(shown.happened).to_contain_text("No promise broken")


@NEEDS_BROWSER
def test_what_is_written_later_moves_no_button_under_a_finger(show: Open) -> None:
    with show(REFERENCE / "netsuite.py", "netsuite") as shown:
        shown.choose("Quarterly review")
        button = shown.page.get_by_role("button", name="Cancel appointment")
        expect(shown.page.locator("#details-source")).to_have_text("Refreshed by the connector.")
        before = button.bounding_box()
        shown.page.locator("#details-title").evaluate("title => { title.textContent = 'A long title '.repeat(40); }")
        assert button.bounding_box() == before


@NEEDS_BROWSER
def test_a_list_that_changes_leaves_the_buttons_of_what_is_open(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        shown.choose()
        button = shown.page.get_by_role("button", name="Cancel appointment")
        button.evaluate("button => { button.dataset.seen = 'before'; }")
        shown.confirm()
        expect(shown.page.locator("#details-gone")).to_contain_text("not in the list any more")
        expect(button).to_have_attribute("data-seen", "before")


@NEEDS_BROWSER
def test_the_whole_way_is_gone_from_the_keyboard(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        keyboard = shown.page.keyboard
        shown.page.locator("#appointments button").first.focus()
        keyboard.press("Enter")
        expect(shown.page.locator("#details")).to_be_focused()
        keyboard.press("Tab")
        keyboard.press("Enter")
        keyboard.press("Enter")  # the dialog's first button
        expect(shown.happened).to_contain_text("it is deleted")


def test_the_command_serves_until_it_is_interrupted() -> None:
    words = [COMMAND, "panel", str(REFERENCE / "clio.py"), "--crm", "clio"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().split()[1]
        console = process.stdout.readline().split()[1]
        statuses = [requests.get(address, timeout=5).status_code for address in (url, console)]
        recorder = greenroom(
            "panel", str(REFERENCE / "clio.py"), "--crm", "clio", "--port", url.rstrip("/").rpartition(":")[2]
        )
        process.send_signal(signal.SIGINT)
        code = process.wait(10)

    assert statuses == [200, 200]
    assert code == 0
    assert (recorder.code, "choose another --port" in recorder.err) == (2, True)


def test_what_cannot_be_shown() -> None:
    for words, sentence in (
        (("no.py", "--crm", "clio"), "no connector at no.py"),
        ((str(REFERENCE / "clio.py"), "--crm", "nobody"), "unknown CRM 'nobody'"),
        ((str(HERE / "fakes.py"), "--crm", "clio"), "exports none of: cancelAppointment"),
    ):
        said = greenroom("panel", *words)
        assert said.code == 2
        assert re.search(sentence, said.err)
