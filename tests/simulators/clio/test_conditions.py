import pytest

from tests.fakes import Fake

CHANGE = {"data": {"location": "Room 3"}}


def test_if_none_match(clio: Fake) -> None:
    etag = clio.ask("GET", clio.entry()).headers["ETag"]
    same = clio.ask("GET", clio.entry(), headers={"If-None-Match": f'"other", W/{etag}'})
    clio.ask("PATCH", clio.entry(), json=CHANGE)

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    assert clio.ask("GET", clio.entry(), headers={"If-None-Match": etag}).status_code == 200


def test_if_modified_since(clio: Fake) -> None:
    modified = clio.ask("GET", clio.entry()).headers["Last-Modified"]

    assert modified == "Mon, 05 Jan 2026 16:00:00 GMT"
    for since, status in ((modified, 304), ("Mon, 05 Jan 2026 15:59:59 GMT", 200), ("nonsense", 200)):
        assert clio.ask("GET", clio.entry(), headers={"If-Modified-Since": since}).status_code == status


def test_if_match(clio: Fake) -> None:
    """A write with an outdated etag is refused and changes nothing."""
    etag = clio.ask("GET", clio.entry()).headers["ETag"]
    statuses = [
        clio.ask("PATCH", clio.entry(), json=CHANGE, headers={"If-Match": tag}).status_code for tag in (etag, etag, "*")
    ]

    assert statuses == [200, 412, 200]


def test_if_match_is_ignored_by_delete(clio: Fake) -> None:
    assert clio.ask("DELETE", clio.entry(), headers={"If-Match": '"old"'}).status_code == 204


@pytest.mark.parametrize(
    ("version", "status"), [("4.0.0", 200), ("4.0.13", 200), ("4.0.14", 410), ("3.0.1", 410), ("4.0.x", 410)]
)
def test_versions(clio: Fake, version: str, status: int) -> None:
    answer = clio.ask("GET", clio.entry(), headers={"X-API-VERSION": version})

    assert answer.status_code == status
    assert answer.headers.get("X-API-VERSION") == (version if status == 200 else None)


@pytest.mark.parametrize("media", ["application/x-www-form-urlencoded", "multipart"])
def test_bodies_as_forms(clio: Fake, media: str) -> None:
    form = {"data[location]": "Room 4"}
    sent = {"files": {k: (None, v) for k, v in form.items()}} if media == "multipart" else {"data": form}

    assert clio.ask("PATCH", clio.entry(), **sent).status_code == 200
    assert clio.record()["location"] == "Room 4"
