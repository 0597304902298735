"""Fields as rows: what is read, kept, shown and described, and what each means in a calendar."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from greenroom.simulators.clio import CLIO
from greenroom.simulators.core.appointment import Draft
from greenroom.simulators.core.cancellation import Flagged
from greenroom.simulators.core.errors import ApiError, DeclarationError
from greenroom.simulators.core.rest.fields import Choice, Field, Fields, Flag, Moment, Text

NINE = "2027-03-02T17:00:00Z"
ROWS = (
    Text("subject", "title", required=True, longest=20),
    Text("description", "description"),
    Moment("dateBegin", "start", required=True, epoch=True),
    Moment("dateEnd", "end", required=True, epoch=True),
    Flag("isDeleted", strict=True),
    Choice("type", default="Meeting", values=("Meeting", "Call")),
)
FIELDS = Fields(*ROWS, refuse=ApiError)
BEGINS = 1_804_006_800_000


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"subject": "Talk", "unknown": 1}, {"subject": "Talk"}),
        ({"description": None}, {"description": None}),
        ({"dateBegin": BEGINS}, {"dateBegin": NINE}),
        ({"isDeleted": True, "type": "Call"}, {"isDeleted": True, "type": "Call"}),
    ],
)
def test_what_is_kept(sent: dict[str, Any], kept: dict[str, Any]) -> None:
    assert FIELDS.read(sent) == kept


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"subject": ""}, "subject is required"),
        ({"subject": 7}, "subject must be a string"),
        ({"subject": "x" * 21}, "subject must not be longer than 20 characters"),
        ({"dateBegin": NINE}, "dateBegin must be a number of milliseconds"),
        ({"dateBegin": True}, "dateBegin must be a number of milliseconds"),
        ({"dateBegin": 10**30}, "dateBegin is out of range"),
        ({"isDeleted": "true"}, "isDeleted must be true or false"),
        ({"type": "Party"}, "type must be one of Meeting, Call"),
    ],
)
def test_what_makes_no_sense_is_refused_in_the_vendors_error(sent: dict[str, Any], words: str) -> None:
    with pytest.raises(ApiError, match=words):
        FIELDS.read(sent)


def test_what_is_shown_is_what_was_sent() -> None:
    sent = {"subject": "Talk", "dateBegin": BEGINS, "dateEnd": BEGINS + 60_000, "type": "Call"}
    record = {**FIELDS.defaults, **FIELDS.read(sent)}

    assert FIELDS.show(record) == {**sent, "description": None, "isDeleted": False}
    assert FIELDS.needed == ["subject", "dateBegin", "dateEnd"]


def test_what_somebody_enters_comes_back_in_the_calendar() -> None:
    draft = Draft("Talk", datetime(2027, 3, 2, 17, tzinfo=UTC), minutes=45, description="Bring a pen.")
    record = {"id": "7", **FIELDS.defaults, **FIELDS.drafted("America/Los_Angeles", draft)}
    shown = FIELDS.appointment(record, calendar="Ada")

    assert (shown.id, shown.title, shown.description, shown.calendar) == ("7", "Talk", "Bring a pen.", "Ada")
    assert (shown.start, shown.end) == (draft.start, draft.end)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Text("subject"), "field 'subject' is there twice"),
        (Text("place", "venue"), "field 'place' means 'venue'; use one of: title, description"),
        (Text("name", "title"), "field 'subject' means 'title', and so does 'name'"),
        (Choice("kind", values=("a", "b")), "field 'kind' has the default None, which is no choice of it"),
    ],
)
def test_a_row_that_contradicts_another_is_named(row: Field, words: str) -> None:
    with pytest.raises(DeclarationError, match=words):
        Fields(*ROWS, row, refuse=ApiError)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (lambda: {"cancellation": Flagged(field="isDeleted")}, "clio: cancellation: there is no field 'isDeleted'"),
        (lambda: {"colleagues_edit": {"place": "x"}}, "clio: colleagues_edit: there is no field 'place'"),
        (lambda: {"kinds": {"odd": {"shape": "round"}}}, "clio: kind 'odd': there is no field 'shape'"),
        (lambda: {"added": {"place": "x"}}, "clio: added: there is no field 'place'"),
        (lambda: {"times": {"late": {"hour": "x"}}}, "clio: time 'late': there is no field 'hour'"),
        (lambda: {"patch_fields": {"title": ("name",)}}, "clio: patch 'title': there is no field 'name'"),
        (lambda: {"title_field": "location"}, "clio: field 'location' does not mean 'title'"),
    ],
)
def test_a_profile_that_names_an_unknown_field_is_refused(changed: Callable[[], Any], words: str) -> None:
    with pytest.raises(DeclarationError, match=words):
        replace(CLIO, profile=replace(CLIO.profile, **changed()))
