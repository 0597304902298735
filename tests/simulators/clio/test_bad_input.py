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


def test_a_huge_body_is_413_from_the_front_end(clio: Fake) -> None:
    answer = clio.ask("PATCH", clio.entry(), data=b"x" * (9 * 1024 * 1024))

    assert answer.status_code == 413
    assert "413" in answer.text
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
def test_malformed_http_is_answered_by_the_front_end(clio: Fake, sent: bytes, status: int) -> None:
    head, _, body = clio.raw(sent).partition(b"\r\n\r\n")

    assert head.startswith(f"HTTP/1.1 {status}".encode())
    assert f"<h1>{status} ".encode() in body
    assert clio.ask("GET", clio.entry()).status_code == 200


@pytest.mark.parametrize(
    "broken",
    [
        b"Content-Length: -5\r\n\r\n",
        b"Content-Length: 500\r\n\r\nabc",
        b"Content-Length: 0\r\nContent-Length: 3\r\n\r\nabc",
        b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"Transfer-Encoding: chunked\r\n\r\n5\r\n",
    ],
)
def test_a_body_that_is_not_whole_does_nothing(clio: Fake, broken: bytes) -> None:
    """Not even a deletion, which needs no body."""
    head = f"DELETE {clio.entry()} HTTP/1.1\r\nHost: x\r\nAuthorization: {clio.login.auth_header}\r\n"
    answer = clio.raw(head.encode() + broken)

    assert answer.startswith(b"HTTP/1.1 400")
    assert clio.record() is not None


@pytest.mark.parametrize("path", ["/nowhere", f"{ENTRIES}.json"])
def test_a_huge_body_is_413_wherever_it_is_sent(clio: Fake, path: str) -> None:
    answer = clio.ask("DELETE", path, data=b"x" * (9 * 1024 * 1024))

    assert answer.status_code == 413


@pytest.mark.parametrize("media", ["text/plain", "application/xml", "application/octet-stream"])
def test_other_media_types_are_no_data(clio: Fake, media: str) -> None:
    body = b'{"data": {"location": "x"}}'

    assert clio.ask("PATCH", clio.entry(), data=body, headers={"Content-Type": media}).status_code == 400


def test_endless_nesting_is_400(clio: Fake) -> None:
    assert clio.ask("PATCH", clio.entry(), data=b"[" * 100_000).status_code == 400


def test_any_name_that_is_not_the_vendors_reaches_the_fake(clio: Fake) -> None:
    """In a container or a network a fake has names of its own."""
    for host, status in (("mybox:8080", 200), ("my_box:8080", 200), ("ca.app.clio.com", 401), ("us.app.clio.com", 421)):
        assert clio.ask("GET", clio.entry(), headers={"Host": host}).status_code == status
        assert clio.world.journal.since()[-1].host == host


LAST = "9999-12-31T23:00:00-20:00"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"attendees": [{"id": "²", "type": "Contact"}]}, 422),
        ({"attendees": [{"id": "9" * 5000, "type": "Contact"}]}, 422),
        ({"external_properties": [{"id": [1], "name": "x"}]}, 200),
        ({"start_at": LAST, "end_at": LAST}, 422),
    ],
)
def test_values_that_cannot_be_are_answered_as_clio_does(clio: Fake, data: dict[str, object], status: int) -> None:
    assert clio.ask("PATCH", clio.entry(), json={"data": data}).status_code == status


@pytest.mark.parametrize("key", ["²", "9" * 5000])
def test_ids_that_are_no_numbers_are_404(clio: Fake, key: str) -> None:
    for method in ("GET", "DELETE"):
        assert clio.ask(method, f"{ENTRIES}/{key}.json").status_code == 404


@pytest.mark.parametrize("limit", ["²", "9" * 5000, "١"])
def test_limits_that_are_no_numbers_are_400(clio: Fake, limit: str) -> None:
    assert clio.ask("GET", f"{ENTRIES}.json", params={"limit": limit}).status_code == 400


def test_a_version_that_is_no_number_is_410(clio: Fake) -> None:
    for version in ("4.0.²".encode("latin-1"), "4.0." + "9" * 5000):
        assert clio.ask("GET", clio.entry(), headers={"X-API-VERSION": version}).status_code == 410


@pytest.mark.parametrize("numbers", [5, "x", [5]])
def test_phone_numbers_must_be_a_list_of_objects(clio: Fake, numbers: object) -> None:
    data = {"name": "Nora New", "type": "Person", "phone_numbers": numbers}

    assert clio.ask("POST", "/api/v4/contacts.json", json={"data": data}).status_code == 422


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_series_are_expanded_to_the_ends_of_time(clio: Fake, moment: str) -> None:
    series = {"recurrence_rule": "FREQ=YEARLY;INTERVAL=900", "end_at": "9000-01-01T00:00:00Z"}
    assert clio.ask("PATCH", clio.entry(), json={"data": series}).status_code == 200
    for name in ("from", "to"):
        params = {"expanded": "true", name: moment}
        assert clio.ask("GET", f"{ENTRIES}.json", params=params).status_code == 200
