"""``greenroom probe``: the ledger against an account, which is a fake here. Nothing is left in it."""

import json
import signal
from pathlib import Path

import pytest

from greenroom.contracts import schemas
from greenroom.simulators.core.faults.spec import parse
from greenroom.simulators.core.ledger import Reason
from tests.catalogue import sample
from tests.fakes import Fake
from tests.greenroom.shell import greenroom
from tests.probed import MINE, TOKEN, begun, left, probe, rows, words

THREE = pytest.mark.parametrize("crm", sample(["clio", "netsuite", "bullhorn"], 1))


@pytest.fixture
def fake(crm: str, request: pytest.FixtureRequest) -> Fake:
    found: Fake = request.getfixturevalue(crm)
    return found


@THREE
def test_every_probed_row_is_as_the_ledger_says(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is touched but appointments of the run's own."""
    table, title = fake.world.profile.table, fake.world.profile.title_field
    before = dict(fake.world.store.dump())
    said = probe(fake, monkeypatch)
    after, ledger = fake.world.store.dump(), fake.simulator.crm.ledger
    others = {k: r for k, r in after[table].items() if not str(r[title]).startswith("Greenroom probe")}

    assert (said.code, said.err) == (0, "")
    assert rows(said, "seen") == {row.behaviour for row in ledger if not isinstance(row.probe, Reason)}
    assert left(fake) == []
    assert {**after, table: others} == before


FLIPPED = {
    "bullhorn": (
        {"second-delete": "400", "empty-update": "400", "error-body": "text"},
        "status=500,on=GET /rest-services/*/entitlements/*",
        ["(switch second-delete)", "(switch empty-update)", "(switch error-body)", "entitlements: "],
    ),
    "netsuite": (
        {"seconds": "HH:mm:ss", "past-midnight": "accepted"},
        "status=503,on=OPTIONS /*",
        ["times are HH:mm", "after 22:59", "(the switch past-midnight", "OPTIONS: 204"],
    ),
    "clio": (
        {},
        "status=500,on=GET /api/v4/contacts.json,times=9",
        ["list of contacts by"],
    ),
}


@THREE
def test_rows_that_are_otherwise_are_named_and_no_others(
    crm: str, fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    switches, fault, words = FLIPPED[crm]
    fake.world.flip(switches)
    fake.world.faults.arm(parse(fault))
    said = probe(fake, monkeypatch, "--record", str(tmp_path / "r.json"), "--by", "ann")
    wrong = rows(said, "DIFFERS")
    recorded = json.loads((tmp_path / "r.json").read_text("utf-8"))["rows"]

    assert said.code == 1
    assert len(wrong) == len(words)
    assert all(any(word in row for row in wrong) for word in words)
    assert {row["behaviour"] for row in recorded if row["outcome"] == "differs"} == wrong
    assert left(fake) == []


@pytest.mark.in_turn
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_nothing_behind(clio: Fake, number: signal.Signals) -> None:
    process = begun(clio, "hang,on=PATCH /api/v4/calendar_entries/*")
    assert left(clio) != []
    process.send_signal(number)
    process.communicate(timeout=30)

    assert process.returncode in (2, 143)
    assert left(clio) == []


@THREE
def test_what_was_made_without_a_response_is_found_by_its_title(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.world.faults.arm(parse("reset,stage=after-commit,on=create,times=2"))
    said = probe(fake, monkeypatch)

    assert said.code == 0
    assert "PUT got no response" in said.out or "POST got no response" in said.out
    assert left(fake) == []


@pytest.mark.in_turn
def test_what_cannot_be_removed_is_said(clio: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    clio.world.faults.arm(parse("status=500,on=DELETE /*,times=1000"))
    said = probe(clio, monkeypatch)

    assert left(clio) != []
    for key in left(clio):
        assert f"may be left in the account: appointment {key}, titled 'Greenroom probe " in said.err


@pytest.mark.in_turn
def test_an_event_that_may_not_be_deleted_is_cancelled(netsuite: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    netsuite.world.faults.arm(parse("status=403,on=DELETE /*,times=1000"))
    said = probe(netsuite, monkeypatch)

    assert said.err == ""
    assert left(netsuite) == []


@THREE
def test_the_credential_is_nowhere(fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.world.faults.arm(parse("status=400,times=1000,on=look"))
    said = probe(fake, monkeypatch, "--record", str(tmp_path / "r.json"), "--by", "ann")
    wrong = greenroom(*words(fake)[:-3], "--credential-env", "NOTHING_THERE", MINE)
    texts = [said.out, said.err, wrong.err, *(file.read_text("utf-8") for file in tmp_path.iterdir())]

    assert all(secret not in text for text in texts for secret in fake.world.secrets.labels())


def test_a_record_has_no_address_and_no_id(bullhorn: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "r.json"
    bullhorn.world.flip({"cascade": "children"})
    probe(bullhorn, monkeypatch, "--record", str(file), "--by", "ann")
    record = json.loads(file.read_text("utf-8"))
    (wrong,) = [row for row in record["rows"] if row["outcome"] == "differs"]

    assert schemas.problem("probe", record) is None
    assert wrong["got"] == "deleted children: ['<number>']"
    assert "127.0.0.1" not in file.read_text("utf-8")


def test_a_second_run_is_added_to_the_record(bullhorn: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for by in ("ann", "bob", "ann"):
        probe(bullhorn, monkeypatch, "--record", "r.json", "--by", by, "--most-requests", "20", cwd=tmp_path)
    record = json.loads((tmp_path / "r.json").read_text("utf-8"))
    once = {row["behaviour"] for row in record["rows"]}

    assert len(record["rows"]) == 2 * len(once)


def test_records_of_two_people_merge(bullhorn: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for by in ("ann", "bob"):
        probe(bullhorn, monkeypatch, "--record", f"{by}.json", "--by", by, "--most-requests", "20", cwd=tmp_path)
    said = greenroom("merge", "ann.json", "bob.json", "--report", "both.json", cwd=tmp_path)
    both = json.loads((tmp_path / "both.json").read_text("utf-8"))

    assert (said.code, said.out) == (0, f"{len(both['rows'])} rows by 2\n")
    assert {row["by"] for row in both["rows"]} == {"ann", "bob"}


NEEDED = {
    "--yes-this-is-my-account": "a probe writes to the account; if it is yours, add --yes-this-is-my-account",
    "--base-url": "name the account's address with --base-url; there is no default",
    "--credential-env": "name the credential's place with --credential-env NAME or --credential-file FILE",
}


@pytest.mark.parametrize("option", NEEDED)
def test_it_refuses_to_begin_without(option: str, clio: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, clio.login.token)
    given = words(clio)
    at = given.index(option)
    del given[at : at + (1 if option == MINE else 2)]
    said = greenroom(*given)

    assert (said.code, said.out, said.err) == (2, "", f"greenroom: {NEEDED[option]}\n")
    assert len(clio.world.journal.since()) == 0


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ("https://app.clio.example", "'app.clio.example' is no host of Clio's"),
        ("http://app.clio.com", "must begin with https://"),
        ("app.clio.com", "is no address"),
        ("https://ann:pass@app.clio.com", "is no address"),
    ],
)
def test_a_credential_goes_to_no_other_address(base: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "t0ken-of-nobody")
    said = greenroom("probe", "clio", "--base-url", base, "--credential-env", TOKEN, MINE)

    assert said.code == 2
    assert told in said.err
    assert "ann:pass" not in said.err


def test_a_credential_that_is_not_let_in_is_no_verdict(clio: Fake, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("nobody-knows-me\n")
    said = greenroom("probe", "clio", "--base-url", clio.url, "--credential-file", str(tmp_path / "token"), MINE)

    assert said.code == 2
    assert "got status 401; check --base-url and the credential" in said.err
    assert "nobody-knows-me" not in said.out + said.err


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--record", "r.json"], "--record needs --by NAME"),
        (["--record", "r.json", "--by", "not a name"], "--record needs --by NAME"),
        (["--record", "other.json", "--by", "ann"], "is a record of netsuite; name another file"),
        (["--record", "odd.json", "--by", "ann"], "is no record of 'greenroom probe'"),
    ],
)
def test_a_record_that_cannot_be_is_refused_first(
    more: list[str], told: str, clio: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = {"format": "greenroom-probe/1", "crm": "netsuite", "greenroom": "0.2.0", "rows": []}
    (tmp_path / "other.json").write_text(json.dumps(other))
    (tmp_path / "odd.json").write_text("{}")
    said = probe(clio, monkeypatch, *more, cwd=tmp_path)

    assert said.code == 2
    assert told in said.err
    assert len(clio.world.journal.since()) == 0


def test_a_run_sends_no_more_than_it_may(clio: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    said = probe(clio, monkeypatch, "--most-requests", "12")

    assert said.code == 0
    assert "the run has sent its 12 requests" in said.out
    assert len(clio.world.journal.since()) < 25
    assert left(clio) == []
