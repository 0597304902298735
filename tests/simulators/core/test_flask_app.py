"""What is done once instead of at each request is what it was before."""

import io
import uuid
from typing import Any

import pytest
from flask import Request, Response, request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import EnvironHeaders
from werkzeug.test import Client as Caller
from werkzeug.test import EnvironBuilder

from greenroom.simulators.core.answer import Answer, add_headers
from greenroom.simulators.core.flask_app import MOST, CrmFlask, CrmRequest, headers
from greenroom.simulators.core.ids import Uuids

NAMES = st.one_of(
    st.sampled_from(
        ["HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH", "CONTENT_TYPE", "CONTENT_LENGTH", "PATH_INFO", "HTTP_"]
    ),
    st.text("AB_9", min_size=1, max_size=6).map("HTTP_".__add__),
)


@given(st.dictionaries(NAMES, st.sampled_from(["", "x", "application/json"])))
def test_headers_are_named_as_werkzeug_names_them(environ: dict[str, Any]) -> None:
    assert list(headers(environ).items()) == list(dict(EnvironHeaders(environ)).items())


@pytest.fixture
def app() -> CrmFlask:
    app = CrmFlask("things")
    app.before_request(lambda: app.remember(request))

    def show(key: str) -> Response:
        assert request.view_args is not None
        request.view_args["key"] = "changed"
        return Response(f"{request.method} {key} {request.host} {request.mimetype}")

    app.add_url_rule("/things/<key>", view_func=show, methods=["GET", "POST"])
    return app


def test_a_rule_that_was_found_before_is_found_for_the_same_place_alone(app: CrmFlask) -> None:
    caller = Caller(app)
    for _ in range(2):
        assert caller.get("/things/1", base_url="http://a.example").text == "GET 1 a.example "
        assert (
            caller.post("/things/1", base_url="http://b.example", json={}).text == "POST 1 b.example application/json"
        )
        assert caller.get("/things/2").text == "GET 2 localhost "
        assert caller.put("/things/1").status_code == 405
        assert caller.get("/others/1").status_code == 404
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket"}
        assert caller.get("/things/1", base_url="http://a.example", headers=upgrade).status_code == 400


def test_no_more_rules_are_remembered_than_there_is_room_for(app: CrmFlask) -> None:
    caller = Caller(app)
    for key in range(MOST + 10):
        assert caller.get(f"/things/{key}").text == f"GET {key} localhost "

    assert len(app._known) <= MOST


@pytest.mark.parametrize(("method", "status", "body"), [("GET", 200, b"{}"), ("HEAD", 200, b""), ("GET", 204, b"")])
def test_an_answer_goes_out_as_flasks_own_does(method: str, status: int, body: bytes) -> None:
    environ: dict[str, Any] = {"REQUEST_METHOD": method, "wsgi.input": io.BytesIO()}
    sent: list[Any] = []
    for kind in (Answer, Response):
        answer = kind("{}", status, {"ETag": '"x"'}, content_type="application/json")
        parts = list(answer(environ, lambda *head: sent.append(head)))  # type: ignore[arg-type]
        assert b"".join(parts) == body

    assert sent[0] == sent[1]


def test_headers_are_added_to_an_answer_as_to_any_response() -> None:
    for response in (Answer("{}", content_type="text/plain"), Response("{}", content_type="text/plain")):
        add_headers(response, {"X-One": "1", "X-Two": "2"})
        assert list(response.headers)[-2:] == [("X-One", "1"), ("X-Two", "2")]
        assert response.headers["x-two"] == "2"


@pytest.mark.parametrize("value", ["1\r\nX-More: 2", "1\n", "\r"])
def test_a_header_cannot_begin_another_line(value: str) -> None:
    with pytest.raises(ValueError, match="one line only"):
        add_headers(Answer("{}", content_type="text/plain"), {"X-One": value})
    with pytest.raises(ValueError, match="one line only"):
        Answer("{}", 200, {"ETag": value}, content_type="text/plain")


@given(st.text("a=&%+[]é;20", max_size=20))
def test_parameters_are_those_that_flask_finds(query: str) -> None:
    environ = EnvironBuilder(query_string=query).get_environ()

    for _ in range(2):
        assert list(CrmRequest(environ).args.lists()) == list(Request(environ).args.lists())


def test_what_is_to_be_done_after_a_request_is_done(app: CrmFlask) -> None:
    done: list[str] = []
    app.teardown_request(lambda _: done.append("request"))
    app.teardown_appcontext(lambda _: done.append("context"))
    Caller(app).get("/things/1")

    assert done == ["request", "context"]


def test_uuids_follow_from_their_text_and_differ() -> None:
    first, again, other = Uuids("a"), Uuids("a"), Uuids("b")
    made = [first.next() for _ in range(1000)]

    assert [again.next() for _ in range(1000)] == made
    assert len({*made, other.next()}) == 1001
    assert all(str(uuid.UUID(each)) == each for each in made)
