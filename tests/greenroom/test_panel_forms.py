"""The forms of the panel in a real browser: make an appointment, and change one."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, NEEDS_BROWSER, PHONE, barriers, overflow
from tests.greenroom.connectors import connector
from tests.greenroom.panels import FAULTY, REFERENCE, TARGET, Open, Shown

pytestmark = NEEDS_BROWSER
EMPTY = "Too small: expected string to have >=1 characters"


def enter(shown: Shown, **fields: str) -> None:
    """Fill fields of the form, by their names in App Connect's requests."""
    for name, value in fields.items():
        shown.page.locator(f"#editor-{name}").fill(value)


def press(shown: Shown, name: str) -> None:
    """Press a button once its work before is over: pressed twice it does its work once."""
    button = shown.page.locator("#app").get_by_role("button", name=name, exact=True)
    expect(button).not_to_have_attribute("aria-busy", "true")
    button.click()


def new(shown: Shown) -> None:
    """Open the form of a new appointment. Until it is there, the page holds the hidden one from before."""
    press(shown, "New appointment")
    expect(shown.page.locator("#editor-title")).to_be_focused()


def create(shown: Shown, **fields: str) -> None:
    """Open the form of a new appointment, fill it and send it."""
    new(shown)
    enter(shown, **{"title": "Intake", "startTimeUtc": "2027-07-01T09:00", **fields})
    press(shown, "Create appointment")


def edit(shown: Shown, title: str = "Hearing on motion") -> None:
    shown.choose(title)
    press(shown, "Edit")
    expect(shown.page.locator("#editor-title")).to_be_focused()


def new_records(shown: Shown) -> list[Any]:
    return [entry for entry in shown.control.journal() if entry["operation"] == "create" and entry["changes"]]


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_forms_have_no_barrier_and_nothing_is_cut(show: Open, size: tuple[int, int], scheme: str) -> None:
    with show(REFERENCE / "clio.py", size=size, scheme=scheme) as shown:
        page = shown.page
        create(shown, title="", startTimeUtc="", durationMinutes="0")
        expect(page.locator("#editor-form-failed")).to_contain_text("HTTP 400")
        assert (barriers(page), overflow(page) <= 0) == ([], True)
        press(shown, "Close")
        edit(shown)
        assert (barriers(page), overflow(page) <= 0) == ([], True)


def test_a_create_makes_one_appointment_and_is_judged(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        page = shown.page
        new(shown)
        enter(shown, title=" Intake ", startTimeUtc="2027-07-01T09:00", durationMinutes="45", summary="Ask Casey.")
        page.get_by_label("Casey Client").check()
        press(shown, "Create appointment")
        expect(shown.toast).to_contain_text("Appointment created in Clio.")
        expect(shown.happened).to_contain_text("The appointment is new, it is live.")
        expect(shown.happened).to_contain_text("No promise broken; ")
        expect(page.locator("#editor")).to_be_hidden()
        expect(page.locator("#new")).to_be_focused()
        expect(page.locator("#appointments")).to_contain_text("IntakeThu, Jul 1, 2027, 09:00 PDT, 45 minutes")
        expect(page.locator("#calendar-table")).to_contain_text("Intake")
        assert len(new_records(shown)) == 1
        assert shown.last["params"]["payload"] == {
            "title": "Intake",
            "summary": "Ask Casey.",
            "startTimeUtc": "2027-07-01T16:00:00.000Z",
            "durationMinutes": 45,
            "contacts": [{"id": "4401", "type": "Contact"}],
        }


def test_contacts_are_sent_in_the_chosen_form(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        for number, (form, sent) in enumerate({"id as text": "4401", "id as number": 4401}.items(), start=1):
            new(shown)
            shown.page.get_by_label("Casey Client").check()
            shown.page.get_by_label("Sent as").select_option(form)
            enter(shown, title=form)
            press(shown, "Create appointment")
            expect(shown.page.locator("#new")).to_be_focused()
            assert shown.last["params"]["payload"]["contacts"] == [sent]
            assert len(new_records(shown)) == number


def test_a_broken_promise_of_a_create_stands_beside(show: Open) -> None:
    """This connector exports nothing but a create: that is enough for a panel."""
    with show(FAULTY / "create.keeps-the-title.clio.py") as shown:
        create(shown, summary="The notes")
        expect(shown.happened.locator(".clause.must").first).to_contain_text("create.keeps-the-title")
        shown.choose()
        expect(shown.page.locator("#details").get_by_role("button")).to_have_text(["Back"])


SILENT = """
def update_appointment(*, user, auth_header, appointment_id, patch_body):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
    body = {"data": {"summary": patch_body["title"]}}
    requests.patch(url, json=body, headers={"Authorization": auth_header}, timeout=5)
    return {"successful": True, "appointment": {"id": appointment_id, "title": patch_body["title"]}}
"""


def test_a_success_without_a_message_has_app_connects_own(show: Open, tmp_path: Path) -> None:
    with show(connector(tmp_path, "return told('m', ttl=1)", SILENT)) as shown:
        edit(shown)
        enter(shown, title="Other")
        press(shown, "Save appointment")
        expect(shown.happened).to_contain_text("App Connect shows a sentence of its own")
        expect(shown.page.locator("#details-title")).to_have_text("Other")


def test_the_core_refuses_bad_input_in_its_own_words(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        page = shown.page
        create(shown, title=" ", startTimeUtc="", durationMinutes="0", summary="Kept.")
        expect(page.locator("#editor-form-failed")).to_have_text("HTTP 400, Invalid appointment create request")
        expect(page.locator("#editor-title-wrong")).to_have_text(EMPTY)
        expect(page.locator("#editor-startTimeUtc-wrong")).to_have_text("Invalid ISO datetime")
        expect(page.locator("#editor-durationMinutes-wrong")).to_have_text("Too small: expected number to be >0")
        expect(page.locator("#editor-title")).to_be_focused()
        expect(page.locator("#editor-summary")).to_have_value("Kept.")
        expect(shown.happened).to_contain_text("App Connect did not call the connector.")
        enter(shown, title="Intake", startTimeUtc="2027-07-01T09:00", durationMinutes="30")
        press(shown, "Create appointment")
        expect(shown.happened).to_contain_text("No promise broken; ")
        assert len(new_records(shown)) == 1


def test_what_the_connector_refuses_stays_in_the_form(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        shown.page.get_by_role("button", name="Server error").click()
        expect(shown.page.locator("#faults-armed")).to_contain_text("on write: fired 0 of 1")
        create(shown, summary="Kept.")
        expect(shown.toast).to_have_class("toast warning")
        expect(shown.happened).to_contain_text("No appointment was made.")
        expect(shown.page.locator("#editor-summary")).to_have_value("Kept.")
        press(shown, "Create appointment")
        expect(shown.page.locator("#editor")).to_be_hidden()
        assert len(new_records(shown)) == 1


CHANGES: list[tuple[dict[str, str], str | None, dict[str, Any]]] = [
    ({"title": "Other"}, None, {"title": "Other"}),
    ({"summary": ""}, None, {"summary": ""}),
    ({"durationMinutes": "30"}, None, {"startTimeUtc": "2027-03-02T17:00:00Z", "durationMinutes": 30}),
    ({"startTimeUtc": "2027-03-03T09:30"}, None, {"startTimeUtc": "2027-03-03T17:30:00.000Z", "durationMinutes": 30}),
    ({}, "Robin Witness", {"contacts": [{"id": "4401", "type": "Contact"}, {"id": "4402", "type": "Contact"}]}),
]


def test_an_edit_sends_only_what_was_changed(show: Open) -> None:
    """Both times go together, and contacts replace those that were invited."""
    with show(REFERENCE / "clio.py") as shown:
        shown.choose()
        for fields, contact, patch in CHANGES:
            press(shown, "Edit")
            enter(shown, **fields)
            if contact:
                shown.page.get_by_label(contact).check()
            press(shown, "Save appointment")
            expect(shown.page.locator("#edit")).to_be_focused()
            expect(shown.happened).to_contain_text("No promise broken; ")
            assert shown.last["params"]["patchBody"] == patch
        assert shown.last["params"]["appointmentId"] == TARGET


def test_an_edit_without_a_change_is_refused(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        edit(shown)
        press(shown, "Save appointment")
        sentence = "HTTP 400, Invalid appointment patch request: At least one appointment field must be supplied."
        expect(shown.page.locator("#editor-form-failed")).to_have_text(sentence)
        press(shown, "Set status")
        expect(shown.page.locator("#status-form-failed")).to_have_text("HTTP 400, Invalid appointment status request")
        expect(shown.page.locator("#editor-status-wrong")).to_have_text(EMPTY)
        expect(shown.page.locator("#editor-form-failed")).to_be_empty()


def test_a_status_is_sent_alone(show: Open) -> None:
    with show(REFERENCE / "netsuite.py", "netsuite") as shown:
        edit(shown, "(no title)")
        expect(shown.page.locator("#editor-status-note")).to_be_empty()
        enter(shown, title="Not sent")
        shown.page.get_by_label("Status").select_option("confirmed")
        press(shown, "Set status")
        expect(shown.happened).to_contain_text("status of 12391 changed")
        assert shown.last["params"]["patchBody"] == {"status": "confirmed"}


def test_the_form_says_what_the_crm_does_not_keep(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        edit(shown)
        expect(shown.page.locator("#editor-status-note")).to_have_text("Clio keeps no status of appointments.")


def test_escape_leaves_the_form_then_the_details(show: Open) -> None:
    with show(REFERENCE / "clio.py") as shown:
        page = shown.page
        edit(shown)
        page.keyboard.press("Escape")
        expect(page.locator("#edit")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#details")).to_be_hidden()
        expect(page.locator("#appointments button", has_text="Hearing on motion").first).to_be_focused()
        new(shown)
        expect(page.locator("#editor-title")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#new")).to_be_focused()


def test_what_the_connector_does_not_export_is_not_there(show: Open, tmp_path: Path) -> None:
    with show(connector(tmp_path, "return told('m', ttl=1)")) as shown:
        expect(shown.page.locator("#new")).to_be_hidden()
        shown.choose()
        expect(shown.page.locator("#details").get_by_role("button")).to_have_text(["Cancel appointment", "Back"])


def test_all_times_are_in_one_zone(show: Open) -> None:
    """That of the CRM's calendar, wherever the browser is."""
    with show(REFERENCE / "clio.py") as shown:
        expect(shown.page.locator("#calendar-count")).to_contain_text("America/Los_Angeles")
        expect(shown.page.locator("#appointments button").first).to_contain_text("09:00 PST")
        edit(shown)
        expect(shown.page.locator("#editor-startTimeUtc")).to_have_value("2027-03-02T09:00")
        expect(shown.page.locator("#editor-startTimeUtc-note")).to_have_text("America/Los_Angeles.")


STARTS = {
    "2027-03-14T01:30": "2027-03-14T09:30:00.000Z",
    "2027-03-14T03:30": "2027-03-14T10:30:00.000Z",
    "2027-11-07T12:00": "2027-11-07T20:00:00.000Z",
    "2027-12-31T23:59": "2028-01-01T07:59:00.000Z",
}


def test_a_start_is_the_moment_that_the_calendar_means(show: Open) -> None:
    """On the days on which the clocks change, too."""
    with show(REFERENCE / "clio.py") as shown:
        for entered, sent in STARTS.items():
            create(shown, startTimeUtc=entered)
            expect(shown.page.locator("#new")).to_be_focused()
            assert shown.last["params"]["payload"]["startTimeUtc"] == sent
