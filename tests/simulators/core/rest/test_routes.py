"""One row for an operation: its rules, what the journal notes, and its description."""

from typing import Any

import pytest
from flask import Flask, Response, request

from greenroom.simulators.core.errors import DeclarationError
from greenroom.simulators.core.rest.routes import Route, Routes

RESPONSES: dict[str, Any] = {"200": {"description": "done"}}


def view(**_: str) -> Response:
    """Answer."""
    return Response("here")


def row(method: str = "GET", path: str = "/events/<event>", **more: Any) -> Route:
    return Route(method, path, view, **{"name": "show", "responses": RESPONSES, **more})


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (row(about="entry"), "route GET /events/<event>: it is about <entry>, which is not in its path"),
        (row(does="destroy"), "route GET /events/<event>: the journal knows no operation 'destroy'"),
        (row(responses={}), "route GET /events/<event>: it has no response"),
    ],
)
def test_a_row_that_contradicts_itself_is_named(wrong: Route, words: str) -> None:
    with pytest.raises(DeclarationError, match=words):
        Routes(row("POST", "/events"), wrong)


def test_a_row_that_comes_twice_is_named() -> None:
    with pytest.raises(DeclarationError, match="route GET /events/<event>: it is there twice"):
        Routes(row(), row())


class Noted:
    """Stands for an exchange, of which only the classification counts."""

    def __init__(self) -> None:
        self.said: tuple[str, str | None] | None = None

    def classify(self, operation: str, record: str | None = None) -> None:
        self.said = (operation, record)


ROWS = (
    row("GET", "/events", name="list"),
    row("POST", "/events", name="create", does="create"),
    row(does="read", about="event"),
    row("PATCH", name="change", does=lambda asked: "cancel" if asked.args else "update", about="event"),
)


@pytest.mark.parametrize(
    ("routes", "method", "path", "expected"),
    [
        (Routes(*ROWS), "GET", "/events", None),
        (Routes(*ROWS), "POST", "/events", ("create", None)),
        (Routes(*ROWS), "GET", "/events/a%2Fb", None),
        (Routes(*ROWS), "GET", "/events/7", ("read", "7")),
        (Routes(*ROWS), "HEAD", "/events/7", ("other", "7")),
        (Routes(*ROWS), "PATCH", "/events/7", ("update", "7")),
        (Routes(*ROWS), "PATCH", "/events/7?gone=1", ("cancel", "7")),
        (Routes(*ROWS, suffix=".json"), "GET", "/events/7.json", ("read", "7")),
        (Routes(*ROWS, suffix=".json"), "POST", "/events.json", ("create", None)),
        (Routes(*ROWS, slash=True), "GET", "/events/7/", ("read", "7")),
        (Routes(*ROWS), "GET", "/nowhere", None),
    ],
)
def test_what_the_journal_notes(routes: Routes, method: str, path: str, expected: Any) -> None:
    app, noted = Flask("kit"), Noted()
    for place, each in enumerate(routes):
        routes.add_view(app, each.method, each.path, f"view{place}", each.view)
    with app.test_request_context(path, method=method):
        routes.classify(noted, request)  # type: ignore[arg-type]

    assert noted.said == expected


def test_the_description_follows_from_the_rows() -> None:
    described = Routes(*ROWS, suffix=".json").described()

    assert {path: sorted(verbs) for path, verbs in described.items()} == {
        "/events.json": ["get", "post"],
        "/events/{event}.json": ["get", "patch"],
    }
    assert [each["name"] for each in described["/events/{event}.json"]["get"]["parameters"]] == ["event"]
