import pytest

from tests.fakes import Fake


def test_app_without_write_permission_is_403(clio: Fake) -> None:
    clio.act_as("forbidden")
    answer = clio.ask("DELETE", clio.entry())

    assert answer.status_code == 403
    assert answer.json()["error"] == {
        "type": "ForbiddenError",
        "message": "User is forbidden from taking that action",
    }
    assert clio.record() is not None


@pytest.mark.parametrize("status", ["403", "404"])
def test_view_only_follows_its_switch(clio: Fake, status: str) -> None:
    """Seen, but not to be changed: the entry stays whatever the refusal."""
    clio.world.flip({"view-only-refusal": status})
    clio.act_as("viewer")

    assert clio.ask("GET", clio.entry()).status_code == 200
    assert clio.ask("DELETE", clio.entry()).status_code == int(status)
    assert clio.ask("PATCH", clio.entry(), json={"data": {"summary": "x"}}).status_code == int(status)
    assert clio.record()["summary"] == "Hearing on motion"


@pytest.mark.parametrize("status", ["404", "403"])
def test_invisible_follows_its_switch(clio: Fake, status: str) -> None:
    clio.world.flip({"invisible-refusal": status})
    clio.act_as("outsider")

    for method in ("GET", "DELETE"):
        assert clio.ask(method, clio.entry()).status_code == int(status)
    assert clio.record() is not None


def test_unknown_switches_are_refused(clio: Fake) -> None:
    with pytest.raises(ValueError, match="no switch view-only-refusal=418"):
        clio.world.flip({"view-only-refusal": "418"})


@pytest.mark.parametrize("how", ["expired", "revoked", "unknown", "missing", "basic"])
def test_bad_tokens_are_401_in_oauth_shape(clio: Fake, how: str) -> None:
    if how in ("expired", "revoked"):
        {"expired": clio.world.tokens.expire, "revoked": clio.world.tokens.revoke}[how](clio.login.person)
    headers = {"unknown": "Bearer nobody", "missing": "", "basic": "Basic abc"}
    answer = clio.ask("DELETE", clio.entry(), headers={"Authorization": headers.get(how, clio.login.auth_header)})

    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_token"
    assert "expired, revoked, malformed or invalid" in answer.json()["error_description"]
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert clio.record() is not None


def test_token_of_another_region_is_401(clio: Fake) -> None:
    """Each region has its own tokens; loopback names stand for every region."""
    for host, status in (("eu.app.clio.com", 401), ("app.clio.com", 200), ("APP.CLIO.COM:443", 200)):
        assert clio.ask("GET", clio.entry(), headers={"Host": host}).status_code == status


def test_a_token_opens_only_its_own_world(clio: Fake) -> None:
    """Two tenants with equal ids: a token decides whose entry is deleted, whichever world is current."""
    mine = clio.headers
    other = clio.simulator.new_world()
    clio.ask("DELETE", clio.entry(), headers=mine)

    assert clio.record() is None
    assert other.store.get("calendar_entries", other.appointments["target"]) is not None
