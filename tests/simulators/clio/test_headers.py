from tests.fakes import Fake


def test_rate_limit_headers_on_every_answer(clio: Fake) -> None:
    clio.world.clock.freeze()  # else a minute may end between two of them
    answers = [clio.ask(method, clio.entry()) for method in ("GET", "DELETE", "GET")]

    assert [int(a.headers["X-RateLimit-Remaining"]) for a in answers] == [49, 48, 47]
    assert all(a.headers["X-RateLimit-Limit"] == "50" for a in answers)
    assert all(int(a.headers["X-RateLimit-Reset"]) > clio.world.clock.now().timestamp() - 1 for a in answers)


def test_the_51st_request_is_429(clio: Fake) -> None:
    """Fifty a minute for each token; the next minute begins anew."""
    clio.world.clock.freeze()
    statuses = [clio.ask("GET", clio.entry()).status_code for _ in range(50)]
    refused = clio.ask("DELETE", clio.entry())

    assert set(statuses) == {200}
    assert refused.status_code == 429
    assert refused.json()["error"]["type"] == "RateLimited"
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert clio.record() is not None
    clio.world.clock.advance(60)
    assert clio.ask("DELETE", clio.entry()).status_code == 204


def test_version_and_etag(clio: Fake) -> None:
    found, missing = clio.ask("GET", clio.entry()), clio.ask("GET", "/api/v4/calendar_entries/7.json")

    assert found.headers["X-API-VERSION"].startswith("4.0.")
    assert "X-API-VERSION" not in missing.headers
    assert found.headers["ETag"] == found.json()["data"]["etag"]
    assert found.headers["X-Request-Id"] != missing.headers["X-Request-Id"]
