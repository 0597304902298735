import pytest

from tests.fakes import Fake

CANCEL = {"status": {"id": "CANCELLED"}}
CODES = {"403": "INSUFFICIENT_PERMISSION", "400": "USER_ERROR", "404": "NONEXISTENT_ID"}


@pytest.mark.parametrize("how", ["expired", "revoked", "unknown", "missing"])
def test_bad_tokens_are_401(netsuite: Fake, how: str) -> None:
    tokens = netsuite.world.tokens
    {"expired": tokens.expire, "revoked": tokens.revoke}.get(how, lambda _: None)(netsuite.login.person)
    header = {"unknown": "Bearer nobody", "missing": ""}.get(how, netsuite.login.auth_header)
    answer = netsuite.ask("PATCH", netsuite.entry(), json=CANCEL, headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.json()["title"] == "Unauthorized"
    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_LOGIN"
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert netsuite.record()["status"] == "CONFIRMED"


def test_token_of_another_account_is_401(netsuite: Fake) -> None:
    for host, status in (("9999999.suitetalk.api.netsuite.com", 401), (netsuite.world.api_host, 200)):
        assert netsuite.ask("GET", netsuite.entry(), headers={"Host": host}).status_code == status


def test_a_host_that_no_account_has_serves_nobody(netsuite: Fake) -> None:
    """An account's id stands in its host with a hyphen and in small letters: no host has an underscore."""
    host = f"{netsuite.world.account}_SB1.suitetalk.api.netsuite.com"
    answer = netsuite.ask("PATCH", netsuite.entry(), json=CANCEL, headers={"Host": host})
    entry = netsuite.world.journal.since()[-1]

    assert (answer.status_code, netsuite.record()["status"]) == (421, "CONFIRMED")
    assert "Misdirected Request" in answer.text
    assert (entry.host, entry.status, entry.operation, entry.record) == (host, 421, "other", None)
    assert entry.path == netsuite.entry()


@pytest.mark.parametrize("status", ["403", "400"])
def test_missing_permission_follows_its_switch(netsuite: Fake, status: str) -> None:
    netsuite.world.flip({"permission-refusal": status})
    netsuite.act_as("forbidden")
    answer = netsuite.ask("PATCH", netsuite.entry(), json=CANCEL)

    assert answer.status_code == int(status)
    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == CODES[status]
    assert "permission" in answer.json()["o:errorDetails"][0]["detail"].lower()
    assert netsuite.record()["status"] == "CONFIRMED"


@pytest.mark.parametrize("status", ["404", "403", "400"])
def test_private_event_follows_its_switch(netsuite: Fake, status: str) -> None:
    netsuite.world.flip({"private-refusal": status})
    netsuite.act_as("outsider")
    answer = netsuite.ask("PATCH", netsuite.entry("hidden"), json=CANCEL)

    assert answer.status_code == int(status)
    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == CODES[status]
    assert netsuite.record("hidden")["status"] == "CONFIRMED"


@pytest.mark.parametrize(("read", "status"), [("refused", 403), ("allowed", 200)])
def test_view_only_role(netsuite: Fake, read: str, status: int) -> None:
    netsuite.world.flip({"view-only-read": read})
    netsuite.act_as("viewer")

    assert netsuite.ask("GET", netsuite.entry()).status_code == status
    assert netsuite.ask("PATCH", netsuite.entry(), json=CANCEL).status_code == 403
    assert netsuite.record()["status"] == "CONFIRMED"


def test_a_colleague_may_cancel(netsuite: Fake) -> None:
    netsuite.act_as("colleague")

    assert netsuite.ask("PATCH", netsuite.entry(), json=CANCEL).status_code == 204
