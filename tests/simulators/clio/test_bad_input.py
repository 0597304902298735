import json

import pytest

from tests.fakes import ENTRIES, Fake


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("OPTIONS", f"{ENTRIES}/1.json"),
        ("PUT", f"{ENTRIES}/1.json"),
        ("DELETE", ENTRIES),
        ("GET", "/"),
        ("GET", "/api/v4/nothing.json"),
        ("POST", f"{ENTRIES}/1.json"),
    ],
)
def test_unknown_paths_and_verbs_are_404(clio: Fake, method: str, path: str) -> None:
    answer = clio.ask(method, path)

    assert answer.status_code == 404
    assert answer.json()["error"]["type"] == "NotFoundError"


@pytest.mark.parametrize(
    "key", ["abc", "0", "-1", "1%2F2", "%2e%2e", "17506242 34", "١٢", "9" * 300, "1750624234.json"]
)
def test_odd_ids_touch_nothing(clio: Fake, key: str) -> None:
    answer = clio.ask("DELETE", f"{ENTRIES}/{key}.json")

    assert answer.status_code == 404
    assert not any(entry.changes for entry in clio.world.journal.since())


def test_a_huge_body_is_413_in_clios_shape(clio: Fake) -> None:
    answer = clio.ask("PATCH", clio.entry(), data=b"x" * (9 * 1024 * 1024))

    assert answer.status_code == 413
    assert answer.json()["error"]["type"]
    assert clio.record()["summary"] == "Hearing on motion"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /x HTTP/9.9\r\n\r\n", 505),
        (b"GET x HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /x#y HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /x HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n", 400),
        (b"get /x HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\n\r\n", 414),
    ],
)
def test_malformed_http_is_answered_in_clios_shape(clio: Fake, sent: bytes, status: int) -> None:
    head, _, body = clio.raw(sent).partition(b"\r\n\r\n")

    assert head.startswith(f"HTTP/1.1 {status}".encode())
    assert json.loads(body)["error"]["message"]
    assert clio.ask("GET", clio.entry()).status_code == 200
