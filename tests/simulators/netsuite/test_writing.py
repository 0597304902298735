import pytest

from tests.fakes import EVENTS, Fake

NAMES, VALUES = "X-NetSuite-PropertyNameValidation", "X-NetSuite-PropertyValueValidation"


def test_put_makes_and_changes(netsuite: Fake) -> None:
    path = f"{EVENTS}/eid:app-1"
    made = netsuite.ask("PUT", path, json={"title": "One"})
    changed = netsuite.ask("PUT", path, json={"title": "Two"})

    assert (made.status_code, changed.status_code) == (204, 204)
    assert made.headers["Location"] == changed.headers["Location"]
    assert netsuite.ask("GET", path).json()["title"] == "Two"
    for key in ("12346", "eid:"):
        assert netsuite.ask("PUT", f"{EVENTS}/{key}", json={}).status_code == 400


def test_external_ids(netsuite: Fake) -> None:
    """For every verb, and in the journal the internal id stands."""
    netsuite.ask("PUT", f"{EVENTS}/eid:a", json={"title": "One"})
    cancelled = netsuite.ask("PATCH", f"{EVENTS}/eid:a", json={"status": "CANCELLED"})

    assert cancelled.status_code == 204
    assert netsuite.world.journal.since()[-1].record == cancelled.headers["Location"].rsplit("/", 1)[1]
    assert netsuite.ask("GET", f"{EVENTS}/eid:b").status_code == 404
    assert "external ID 'b'" in netsuite.ask("GET", f"{EVENTS}/eid:b").text
    assert netsuite.ask("POST", EVENTS, json={"externalId": "a"}).status_code == 400


def test_replace_selected_fields(netsuite: Fake) -> None:
    answer = netsuite.ask(
        "PATCH",
        f"{netsuite.entry()}?replaceSelectedFields=true&replace=location,message,attendee",
        json={"message": "kept"},
    )

    assert answer.status_code == 204
    record = netsuite.record()
    assert (record["location"], record["message"], record["attendee"]) == (None, "kept", ())


@pytest.mark.parametrize(
    ("mode", "status", "named"),
    [("Ignore", 204, False), ("Warning", 204, True), ("Error", 400, False), ("error", 400, False)],
)
def test_name_validation(netsuite: Fake, mode: str, status: int, named: bool) -> None:
    answer = netsuite.ask("PATCH", netsuite.entry(), json={"nope": 1, "title": "x"}, headers={NAMES: mode})

    assert answer.status_code == status
    assert ("X-NetSuite-PropertyValidation" in answer.headers) == named
    assert (netsuite.record()["title"] == "x") == (status == 204)


@pytest.mark.parametrize(("mode", "status"), [("Ignore", 204), ("Warning", 204), ("Error", 400)])
def test_value_validation(netsuite: Fake, mode: str, status: int) -> None:
    answer = netsuite.ask("PATCH", netsuite.entry(), json={"status": "GONE", "title": "x"}, headers={VALUES: mode})

    assert answer.status_code == status
    assert netsuite.record()["status"] == "CONFIRMED"


@pytest.mark.parametrize("header", [NAMES, VALUES])
def test_bad_validation_headers(netsuite: Fake, header: str) -> None:
    answer = netsuite.ask("PATCH", netsuite.entry(), json={}, headers={header: "Perhaps"})
    detail = answer.json()["o:errorDetails"][0]

    assert (answer.status_code, detail["o:errorCode"], detail["o:errorHeader"]) == (400, "INVALID_HEADER", header)


def test_header_text_of_unknown_names_is_harmless(netsuite: Fake) -> None:
    """A name that cannot stand in a header does not break the answer."""
    answer = netsuite.ask("PATCH", netsuite.entry(), json={"a\r\nb: ü": 1})

    assert answer.status_code == 204
    assert "b" not in answer.headers
