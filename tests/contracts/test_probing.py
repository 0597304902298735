"""Probes: what they may touch, how long they may go on, and what leaves them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docs import generate
from greenroom.contracts.errors import ProbeError, RecordError
from greenroom.contracts.probing import record
from greenroom.contracts.probing.play import Finding, Listener, finding, ordered, play
from greenroom.contracts.probing.wire import Bounds, Credential, Redaction, Wire
from greenroom.simulators import CRMS
from greenroom.simulators.core.faults.spec import parse
from greenroom.simulators.core.ledger import TWO_USERS, Probe, Reason, Row, row
from greenroom.simulators.core.probing import Account, Answer, NotProbedError, UnsafeError, expect
from tests.fakes import Fake

MARK = "Greenroom probe 12ab34cd"
DAY = date(2027, 5, 3)
Send = Callable[..., Answer]


def account_of(fake: Fake, bounds: Bounds | None = None) -> Account:
    crm = fake.simulator.crm
    wire = Wire(fake.url, Credential(crm.profile, fake.login.token), bounds or Bounds())
    assert crm.probing
    return Account(crm.probing, wire.send, MARK, DAY)


def told(behaviour: str, probe: Any, mark: str = "likely") -> Row:
    return row(behaviour, mark, "a source", "a_test.py::test_it", probe=probe)


def played(account: Account, *rows: Row) -> tuple[list[Finding], list[str]]:
    found: list[Finding] = []
    left: list[str] = []
    play(rows, account, Listener(found.append, lambda _: None, left.append))
    return found, left


def live(fake: Fake) -> list[str]:
    world, profile = fake.world, fake.world.profile
    return [str(each["id"]) for each in world.store.all(profile.table) if each[profile.title_field] == MARK]


def test_unknown_rows_come_first() -> None:
    rows = [told(mark, TWO_USERS, mark) for mark in ("verified", "unknown", "likely", "unknown")]

    assert [each.mark for each in ordered(rows)] == ["unknown", "unknown", "likely", "verified"]


@pytest.mark.parametrize("probe", [TWO_USERS, None])
def test_a_row_without_a_probe_says_why(probe: Any, clio: Fake) -> None:
    (found,), _ = played(account_of(clio), told("it sings", probe))

    assert (found.outcome, bool(found.why)) == ("not probed", True)


def test_another_package_brings_probes_of_its_own(clio: Fake) -> None:
    """The engine knows no CRM: a row's probe and ``Crm.probing`` are all that it needs."""

    def sings(account: Account) -> None:
        expect("sound", "la", account.show(account.make()).header("X-Sound"))

    plugged = replace(CRMS["clio"], ledger=(told("it sings", sings),))
    (found,), left = played(account_of(clio), *plugged.ledger)

    assert (found.outcome, found.expected, found.got) == ("differs", "sound: la", "sound: ")
    assert left == live(clio) == []


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_no_probe_writes_to_what_it_did_not_make(method: str, clio: Fake) -> None:
    other = clio.world.appointments["target"]
    with pytest.raises(UnsafeError):
        played(account_of(clio), told("it harms", lambda account: account.write(method, other)))
    with pytest.raises(UnsafeError):
        played(account_of(clio), told("it harms", lambda account: account.query("/api/v4/contacts.json")))

    assert not any(entry.changes for entry in clio.world.journal.since())


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_whatever_ends_a_run_nothing_is_left(error: type[BaseException], clio: Fake) -> None:
    def ends(account: Account) -> None:
        account.shared()
        account.make()
        assert len(live(clio)) == 2
        raise error

    with pytest.raises(error):
        played(account_of(clio), told("it ends", ends))

    assert live(clio) == []


def test_an_interrupt_of_the_removal_does_not_end_it(clio: Fake) -> None:
    account, interrupts = account_of(clio), iter([KeyboardInterrupt])
    send = account._send

    def interrupted(method: str, path: str, **more: Any) -> Answer:
        if method == "DELETE" and (error := next(interrupts, None)):
            raise error
        return send(method, path, **more)

    account._send = interrupted
    with pytest.raises(KeyboardInterrupt):
        played(account, told("it stays", lambda account: account.two()))

    assert live(clio) == []


def test_each_probe_leaves_no_more_than_others_go_on_with(clio: Fake) -> None:
    seen: list[int] = []
    probes: list[Probe] = [lambda account: account.two(), lambda account: account.make()]
    rows = [told(f"it makes {number}", probe) for number, probe in enumerate(probes)]
    account = account_of(clio)
    play(rows, account, Listener(lambda _: seen.append(len(live(clio))), lambda _: seen.append(len(live(clio))), print))

    assert seen == [2, 3, 2]


def test_a_response_of_another_form_differs() -> None:
    found = finding(told("it counts", lambda _: int("many")), None)  # type: ignore[arg-type]

    assert (found.outcome, found.got) == ("differs", "another one (ValueError)")


def test_a_limit_is_waited_for(clio: Fake) -> None:
    """Clio takes fifty requests a minute. Here its clock is moved instead of waiting."""
    clio.world.clock.freeze()
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        clio.world.clock.advance(seconds)

    account = account_of(clio, Bounds(sleep=sleep))
    statuses = {account.get("/api/v4/users/who_am_i.json").status for _ in range(60)}

    assert (statuses, len(waited)) == ({200}, 1)


@pytest.mark.parametrize(
    ("bounds", "told"), [({"requests": 1}, "sent its 1 requests"), ({"seconds": 5.0}, "taken its 5 s")]
)
def test_a_run_is_bounded(bounds: dict[str, Any], told: str, clio: Fake) -> None:
    moments = iter([0.0, 1.0, 9.0, 9.0])
    account = account_of(clio, Bounds(clock=lambda: next(moments), **bounds))
    account.get("/api/v4/users/who_am_i.json")

    with pytest.raises(NotProbedError, match=told):
        account.get("/api/v4/users/who_am_i.json")


def test_no_redirect_is_followed(clio: Fake) -> None:
    """The credential stays at the address that its owner named; no link leads it away either."""
    account = account_of(clio)
    clio.world.faults.arm(parse("redirect,on=look"))

    assert 300 <= account.get("/api/v4/users/who_am_i.json").status < 400
    assert len(clio.world.journal.since()) == 1
    with pytest.raises(NotProbedError, match="another address"):
        account.get("https://signin.portal.example/")


@contextmanager
def refused(status: int) -> Iterator[Account]:
    probing = CRMS["clio"].probing
    assert probing
    yield Account(probing, lambda *_, **__: Answer(status), MARK, DAY)


def test_an_account_that_lets_nobody_in_is_not_probed() -> None:
    with refused(401) as account, pytest.raises(ProbeError, match="got status 401; check --base-url"):
        played(account, told("it sings", TWO_USERS))


# what leaves a run


SECRET = "s3cr3t/of+the-user"
TEXTS = {
    f"Bearer {SECRET}": "Bearer <credential>",
    f"value {SECRET.upper()}": "value <credential>",
    "s3cr3t%2Fof%2Bthe-user": "<credential>",
    "of ann.lee@firm.example, id 1750624234": "of <e-mail>, id <number>",
    f"{MARK}: https://app.clio.com/api/v4": "<mark>: <base>/api/v4",
    "at app.clio.com or https://other.example/x?y=z": "at <host> or <address>",
}


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_the_users_own_is_taken_out(text: str) -> None:
    assert Redaction("https://app.clio.com/", SECRET, MARK)(text) == TEXTS[text]


def test_a_long_text_is_cut() -> None:
    assert len(Redaction("https://app.clio.com", SECRET, MARK)("x" * 1000)) == 300


def one(behaviour: str, by: str, at: str, outcome: str = "seen", got: str = "") -> dict[str, str]:
    moment = f"2027-01-{at}T10:00Z"
    return {"behaviour": behaviour, "by": by, "at": moment, "outcome": outcome, "expected": got, "got": got}


def of(*rows: dict[str, str], crm: str = "clio") -> record.Record:
    return record.record(crm, "0.2.0", rows)


def test_records_merge_in_any_order() -> None:
    """And once more changes nothing: the last time counts of what one person saw of one row."""
    ann, bob = of(one("a", "ann", "01"), one("b", "ann", "09")), of(one("a", "bob", "02", "differs", "x"))
    later = of(one("a", "ann", "03", "differs", "x"), one("b", "ann", "02", "differs", "y"))
    whole = record.merged([ann, bob, later])

    assert whole == record.merged([later, whole, bob, ann])
    assert [(row["behaviour"], row["by"], row["outcome"]) for row in whole["rows"]] == [
        ("a", "ann", "differs"),
        ("a", "bob", "differs"),
        ("b", "ann", "seen"),
    ]


def test_records_of_two_crms_do_not_merge() -> None:
    with pytest.raises(RecordError, match="different CRMs: clio, netsuite"):
        record.merged([of(), of(crm="netsuite")])


def test_a_row_says_when_and_by_how_many_it_was_seen() -> None:
    records = [of(one("a", "ann", "01"), one("a", "bob", "05")), of(one("a", "cyd", "03", "differs", "x"))]

    assert record.seen(records, "a") == "seen 2027-01-05 by 2; differs 2027-01-03 by 1"
    assert record.seen(records, "b") == ""


def test_committed_records_appear_on_the_fidelity_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crm = CRMS["clio"]
    (first, *_), (cannot, *_) = (
        [each for each in crm.ledger if isinstance(each.probe, Reason) is without] for without in (False, True)
    )
    monkeypatch.setattr(generate, "SEEN", tmp_path)
    generate.records.cache_clear()
    record.write(tmp_path / "clio-ann.json", of(one(first.behaviour, "ann", "05")))
    try:
        page = generate.fidelity(crm)
    finally:
        generate.records.cache_clear()

    assert "47 rows on a real account; 1 were seen so far" in page
    assert f"`{first.test}` | seen 2027-01-05 by 1 |" in page
    assert f"| no: {cannot.probe} |" in page
