"""Faults: what reaches the client, what was done, what the journal says; the list, the stages, the control API."""

import socket
import threading
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenroom.simulators import CRMS
from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.arming.fault import CONNECTION, FaultError
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.faults import FAULTS
from greenroom.simulators.core.faults.spec import parse
from greenroom.simulators.core.hosts import ELSEWHERE
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.state import StateFile
from tests.catalogue import examples
from tests.fakes import Fake


@pytest.fixture(params=["clio", "netsuite"])
def fake(request: pytest.FixtureRequest) -> Iterator[Fake]:
    with Simulator(CRMS[request.param]) as simulator:
        yield Fake(simulator)


def arm(fake: Fake, spec: str) -> Armed:
    return fake.world.faults.arm(parse(spec))


def cancel(fake: Fake, role: str = "target", **more: Any) -> requests.Response | None:
    """Send the request that cancels; None where no whole answer came."""
    clio = fake.world.profile.crm == "clio"
    body = {} if clio else {"json": {"status": {"id": "CANCELLED"}}}
    try:
        return fake.ask("DELETE" if clio else "PATCH", fake.entry(role), allow_redirects=False, **body, **more)
    except requests.RequestException:
        return None


def status(answer: requests.Response | None) -> int | None:
    return answer.status_code if answer is not None else None


def state(fake: Fake, role: str = "target") -> str:
    return fake.simulator.crm.state(fake.world, fake.world.appointments[role])


def done(fake: Fake) -> bool:
    return state(fake) != "live"


def last(fake: Fake) -> Entry:
    return fake.world.journal.since()[-1]


@pytest.mark.parametrize(
    ("spec", "answered", "was_done", "received"),
    [
        ("status", 503, False, "whole"),
        ("status=429", 429, False, "whole"),
        ("status=409,stage=before-authentication", 409, False, "whole"),
        ("status=500,stage=after-commit", 500, True, "whole"),
        ("page=502", 502, False, "whole"),
        ("page=504,stage=after-commit", 504, True, "whole"),
        ("bare=502", 502, False, "whole"),
        ("broken=403", None, False, "status"),
        ("limit", 429, False, "whole"),
        ("expired", 401, False, "whole"),
        ("revoked", 401, False, "whole"),
        ("redirect=308", 308, False, "whole"),
        ("garbage", 200, True, "status"),
        ("garbage=html", 200, True, "status"),
        ("empty", 200, True, "status"),
        ("mistyped=null", 200, True, "status"),
        ("mistyped=bare", 200, True, "status"),
        ("accepted", 202, True, "status"),
        ("login-page=303", 303, False, "whole"),
        ("status=451", 451, False, "whole"),
        ("truncated", None, True, "status"),
        ("truncated=reset", None, True, "status"),
        ("chunked", None, True, "status"),
        ("delay=0.1", 204, True, "late"),
        ("drip=0.001", 200, True, "late"),
        ("reset", None, True, "nothing"),
        ("reset,stage=before-commit", None, False, "nothing"),
        ("reset,stage=before-authentication", None, False, "nothing"),
        ("closed", None, True, "nothing"),
        ("closed,stage=before-commit", None, False, "nothing"),
        ("held=0.1", 204, True, "late"),
    ],
)
def test_what_reaches_the_client_and_what_was_done(
    fake: Fake, spec: str, answered: int | None, was_done: bool, received: str
) -> None:
    armed = arm(fake, spec)

    assert status(cancel(fake)) == answered
    assert done(fake) == was_done
    entry = last(fake)
    assert (entry.fault, entry.received) == (armed.label, received)
    assert (entry.status == 0) == (received == "nothing")
    assert bool(entry.changes) == was_done
    assert armed.fired == 1


@pytest.mark.parametrize(
    "spec", ["hang", "hang,stage=before-commit", "hang,stage=before-authentication", "truncated=hang"]
)
def test_silence(fake: Fake, spec: str) -> None:
    """As long as the client waits; what was done by then is another question."""
    arm(fake, spec)
    started = time.monotonic()

    assert cancel(fake, timeout=0.3) is None
    assert time.monotonic() - started >= 0.3
    assert done(fake) == ("before" not in spec)


def test_a_reset_is_a_reset_and_a_close_is_a_close(clio: Fake) -> None:
    """As the other end of a plain connection sees it."""
    seen = []
    for spec in ("reset", "closed"):
        arm(clio, f"{spec},on=any")
        with socket.create_connection(("127.0.0.1", clio.simulator.port or 0), timeout=5) as sock:
            sock.sendall(b"GET /api/v4/users/who_am_i HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n\r\n" % header(clio))
            try:
                seen.append(sock.recv(100))
            except ConnectionResetError:
                seen.append(b"reset")

    assert seen == [b"reset", b""]


def header(fake: Fake) -> bytes:
    return fake.login.auth_header.encode()


VALUES = {name: fault.values or ((None,) if fault.seconds is None else ("0",)) for name, fault in FAULTS.items()}
SPECS = st.sampled_from(
    [
        f"{name}{f'={value}' if value else ''},stage={stage}"
        for name, fault in FAULTS.items()
        for value in VALUES[name]
        for stage in fault.stages
        if name not in ("hang", "refused") and value != "hang" and stage != CONNECTION
    ]
)


def armable(spec: str) -> bool:
    try:
        parse(spec)
    except FaultError:
        return False
    return True


@settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
@given(specs=st.lists(SPECS.filter(armable), min_size=1, max_size=4), crm=st.sampled_from(["clio", "netsuite"]))
def test_no_write_is_answered_with_a_success_that_it_was_not(
    specs: list[str], crm: str, fakes: dict[str, Fake]
) -> None:
    """Whatever is armed: 2xx only after the commit; an error of the client's fault only before it."""
    fake = fakes[crm]
    fake.world = fake.simulator.new_world()
    fake.act_as("owner")
    for spec in specs:
        arm(fake, spec)
    for _ in range(len(specs) + 1):
        before = done(fake)
        code = status(cancel(fake)) or 0
        mine = bool(last(fake).changes)
        assert not 200 <= code < 300 or done(fake)
        assert not (400 <= code < 500 and mine)
        assert (done(fake) and not before) <= (mine or "cancelled" in str(last(fake).fault))


@pytest.fixture(scope="module")
def fakes() -> Iterator[dict[str, Fake]]:
    simulators = {name: Simulator(CRMS[name]) for name in ("clio", "netsuite")}
    yield {name: Fake(simulator) for name, simulator in simulators.items()}
    for simulator in simulators.values():
        simulator.close()


def test_a_refused_write_loses_no_answer(fake: Fake) -> None:
    """What fires after the commit waits for a request that commits."""
    armed = arm(fake, "reset")
    fake.act_as("forbidden")
    assert status(cancel(fake)) in (400, 403)
    fake.act_as("owner")

    assert (armed.fired, status(cancel(fake)), armed.fired, done(fake)) == (0, None, 1, True)


def test_refusals_are_in_the_vendors_own_words(clio: Fake, netsuite: Fake) -> None:
    for code in sorted(set(FAULTS["status"].values) - {"401", "502", "504"}):
        arm(clio, f"status={code}")
        arm(netsuite, f"status={code}")
        told, detailed = cancel(clio), cancel(netsuite)
        assert told is not None
        assert detailed is not None
        assert set(told.json()["error"]) == {"type", "message"}
        assert detailed.json()["status"] == int(code)
        assert detailed.json()["o:errorDetails"][0]["o:errorCode"]


def test_retry_after_is_the_vendors_or_the_given_one(clio: Fake) -> None:
    arm(clio, "status=429")
    arm(clio, "page=503,retry-after=7")
    first, second = cancel(clio), cancel(clio)

    assert first is not None
    assert second is not None
    assert first.json()["error"]["message"] == "Rate limit of 50 exceeded. Retry in 30 seconds."
    assert [first.headers["Retry-After"], second.headers["Retry-After"]] == ["30", "7"]


@pytest.mark.parametrize(("given", "shown"), [("30", 30), ("date+30", "date+30")])
def test_retry_after_is_seconds_or_a_date(clio: Fake, given: str, shown: int | str) -> None:
    armed = arm(clio, f"status=429,retry-after={given}")
    answer = cancel(clio)
    assert answer is not None
    named, now = answer.headers["Retry-After"], parsedate_to_datetime(answer.headers["Date"])

    assert armed.to_json()["retryAfter"] == shown
    if shown == 30:
        assert named == "30"
    else:
        assert (parsedate_to_datetime(named) - now).total_seconds() == 30
        assert abs(time.time() - now.timestamp()) < 20
        assert last(clio).response_headers["Date"] == answer.headers["Date"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("soon", "whole seconds are needed"),
        ("-1", "whole seconds are needed"),
        ("date+", "or a date in so many seconds"),
        ("1.5", "whole seconds are needed"),
        ("3601", "0 to 3600 seconds, not 3601"),
        ("date+3601", "0 to 3600 seconds, not 3601"),
    ],
)
def test_what_no_answer_asks_to_wait(given: str, sentence: str) -> None:
    with pytest.raises(FaultError, match=sentence):
        parse(f"status=503,retry-after={given}")


def test_limits_are_counted_as_the_vendor_does(clio: Fake, netsuite: Fake) -> None:
    """Clio's minute is used up until it is over; NetSuite's pool is free again for the next request."""
    for fake in (clio, netsuite):
        arm(fake, "limit")
    assert [status(cancel(fake)) for fake in (clio, netsuite)] == [429, 429]
    assert [status(cancel(fake)) for fake in (clio, netsuite)] == [429, 204]
    clio.world.clock.advance(60)
    assert status(cancel(clio)) == 204


def test_others_work_meanwhile(fake: Fake) -> None:
    arm(fake, "edited,stage=before-commit")
    arm(fake, "cancelled,on=read")
    title = fake.world.profile.title_field
    before = fake.record("longer-id")[title]
    cancel(fake, "longer-id")
    fake.ask("GET", fake.entry())

    kept = fake.record("longer-id")
    assert kept is None or kept[title] != before
    assert done(fake)
    assert fake.world.journal.since()[0].changes
    assert not [c for e in fake.world.journal.since() for c in e.changes if c.field == title]


def test_a_held_request_goes_on_when_the_fault_is_disarmed(fake: Fake) -> None:
    armed = arm(fake, "held=20")
    answers: list[int | None] = []
    thread = threading.Thread(target=lambda: answers.append(status(cancel(fake))))
    thread.start()
    assert armed.reached.wait(5)
    assert not done(fake)
    fake.world.faults.disarm()
    thread.join(5)

    assert answers == [204]


def test_a_redirect_leads_to_a_host_that_is_heard(tmp_path: Path) -> None:
    """What is sent there is in the journal: it tells whether credentials were forwarded."""
    authority = Authority()
    ca = str(authority.write(tmp_path / "ca.pem"))
    with Simulator(CRMS["clio"], authority=authority) as simulator:
        fake = Fake(simulator)
        arm(fake, "redirect=302")
        answer = cancel(fake)
        assert answer is not None
        assert answer.headers["Location"] == f"https://{ELSEWHERE}/app.clio.com{fake.entry()}"
        address = f"https://localhost:{simulator.tls_port}{fake.entry()}"
        there = requests.get(address, headers={**fake.headers, "Host": ELSEWHERE}, verify=ca, timeout=5)

    assert there.status_code == 503
    assert (last(fake).operation, last(fake).credential) == ("external_host", "valid")


def test_a_log_in_page_answers_200_at_another_host(tmp_path: Path) -> None:
    authority = Authority()
    ca = str(authority.write(tmp_path / "ca.pem"))
    with Simulator(CRMS["clio"], authority=authority) as simulator:
        fake = Fake(simulator)
        arm(fake, "login-page")
        answer = cancel(fake)
        assert answer is not None
        assert (answer.status_code, answer.headers["Location"]) == (302, f"https://{ELSEWHERE}/login")
        address = f"https://localhost:{simulator.tls_port}/login"
        there = requests.delete(address, headers={"Host": ELSEWHERE}, verify=ca, timeout=5)

    assert (there.status_code, last(fake).operation, done(fake)) == (200, "external_host", False)


def test_many_that_hang_stop_nobody_else(fake: Fake) -> None:
    """More than the server has threads; they go when their clients go."""
    arm(fake, "hang,on=read,times=30")
    request = f"GET {fake.entry()} HTTP/1.1\r\nHost: x\r\nAuthorization: {fake.login.auth_header}\r\n\r\n".encode()
    socks = [socket.create_connection(("127.0.0.1", fake.simulator.port or 0), timeout=5) for _ in range(20)]
    for sock in socks:
        sock.sendall(request)
    limit = time.monotonic() + 60
    while len(fake.world.journal) < len(socks) and time.monotonic() < limit:
        time.sleep(0.01)

    assert status(cancel(fake)) == 204
    for sock in socks:
        sock.close()


def test_what_waits_leaves_no_thread_behind(fake: Fake) -> None:
    """Forty silent answers whose clients left, and nothing more than before."""
    arm(fake, "hang,on=read,times=40")
    request = f"GET {fake.entry()} HTTP/1.1\r\nHost: x\r\nAuthorization: {fake.login.auth_header}\r\n\r\n".encode()
    for _ in range(40):
        with socket.create_connection(("127.0.0.1", fake.simulator.port or 0), timeout=5) as sock:
            sock.sendall(request)
    limit = time.monotonic() + 60
    while deliveries() and time.monotonic() < limit:
        time.sleep(0.02)

    assert deliveries() == []
    assert status(cancel(fake)) == 204


def deliveries() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "greenroom-delivery"]


def test_an_expired_token_stays_expired_in_the_state_file(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "s.db")
    with Simulator(CRMS["clio"], state=file) as simulator:
        fake = Fake(simulator)
        arm(fake, "expired")
        assert status(cancel(fake)) == 401
    file.close()
    again = StateFile(tmp_path / "s.db")
    with Simulator(CRMS["clio"], state=again) as simulator:
        assert simulator.current.tokens.state(simulator.current.tokens.find(fake.login.token)) == "expired"
    again.close()


def test_faults_of_one_world_strike_no_other(fake: Fake) -> None:
    arm(fake, "status=500,times=9")
    fake.world = fake.simulator.new_world()
    fake.act_as("owner")

    assert status(cancel(fake)) == 204
