"""Many clients at once: nothing torn, nothing lost that the vendor would not lose, no dead server thread."""

import socket
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenroom.simulators import CRMS
from greenroom.simulators.clio import rules
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.simulator import Simulator
from tests.catalogue import examples
from tests.fakes import EVENTS, Fake

FIELDS = st.sampled_from(["one", "two"])
STEP = st.tuples(st.sampled_from(["write", "read", "remove", "noise"]), FIELDS, st.integers(0, 9))
PLANS = st.lists(st.lists(STEP, min_size=1, max_size=6), min_size=2, max_size=4)
HARD = settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
NAMES = {"clio": {"one": "summary", "two": "location"}, "netsuite": {"one": "title", "two": "location"}}


class Crowd:
    """Several clients that carry out their plans at the same time."""

    def __init__(self, crm: str) -> None:
        self.fake = Fake(Simulator(CRMS[crm]))
        self.crm, self.names = crm, NAMES[crm]
        self.fake.world.flip({"rate-limit" if crm == "clio" else "concurrency": "off"})
        self.before = dict(self.fake.record())
        self.problems: list[str] = []

    def run(self, plans: list[list[Any]]) -> None:
        gate = threading.Barrier(len(plans))
        threads = [threading.Thread(target=self._client, args=(plan, gate)) for plan in plans]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _client(self, plan: list[Any], gate: threading.Barrier) -> None:
        gate.wait()
        for what, field, value in plan:
            try:
                self._step(what, field, value)
            except Exception as error:
                self.problems.append(repr(error))

    def _step(self, what: str, field: str, value: int) -> None:
        fake, name = self.fake, self.names[field]
        if what == "noise":
            with socket.create_connection(("127.0.0.1", fake.simulator.port or 0), timeout=5) as sock:
                sock.sendall(b"DELETE /x HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf"[: value * 8])
            return
        if what == "write":
            body = {name: f"v{value}"}
            answer = fake.ask("PATCH", fake.entry(), json={"data": body} if self.crm == "clio" else body)
        else:
            answer = fake.ask("GET" if what == "read" else "DELETE", fake.entry(), params=self._whole())
        if answer.status_code not in (200, 204, 404):
            self.problems.append(f"{what}: {answer.status_code} {answer.text}")
        if what == "read" and answer.status_code == 200:
            self._check_whole(answer.json())

    def _whole(self) -> dict[str, str]:
        return {"fields": "id,etag,summary,location"} if self.crm == "clio" else {}

    def _check_whole(self, body: Any) -> None:
        """A read is of one moment: its etag is that of exactly these contents, or of a later stamp of them."""
        if self.crm == "clio":
            seen = body["data"]
            at = [self.fake.world.clock.now() + timedelta(seconds=s) for s in range(-3, 2)]
            stamps = [self.before["updated_at"], *map(timestamp, at)]
            made = {rules.etag({**self.before, **seen, "updated_at": stamp}) for stamp in stamps}
            if seen["etag"] not in made:
                self.problems.append(f"torn: {seen}")

    def check(self) -> None:
        """The change lists of all commits lead from what was to what is, each from where another ended."""
        assert self.problems == []
        changes = [c for e in self.fake.world.journal.since() for c in e.changes if c.id == self.before["id"]]
        removed = [c for c in changes if c.field == "*"]
        now = removed[0].before if removed else self.fake.record()
        assert len(removed) <= 1
        for name in self.names.values():
            steps = [(c.before, c.after) for c in changes if c.field == name]
            balance = Counter(after for _, after in steps)
            balance.subtract(before for before, _ in steps)
            expected = Counter({now[name]: 1})
            expected.subtract({self.before[name]: 1})
            assert {k: v for k, v in balance.items() if v} == {k: v for k, v in expected.items() if v}
        assert self.fake.ask("GET", "/nothing").status_code == 404
        self.fake.simulator.close()


def crowd(crm: str) -> Callable[[list[list[Any]]], None]:
    def run(plans: list[list[Any]]) -> None:
        group = Crowd(crm)
        group.run(plans)
        group.check()

    return run


@HARD
@given(PLANS)
def test_clio(plans: list[list[Any]]) -> None:
    crowd("clio")(plans)


@HARD
@given(PLANS)
def test_netsuite(plans: list[list[Any]]) -> None:
    crowd("netsuite")(plans)


def test_a_conditional_write_wins_once(clio: Fake) -> None:
    """Ten clients write with the same etag: one wins, the others hear 412."""
    clio.world.flip({"rate-limit": "off"})
    etag = clio.ask("GET", clio.entry()).headers["ETag"]
    statuses: list[int] = []

    def write(number: int) -> None:
        body = {"data": {"location": f"room {number}"}}
        statuses.append(clio.ask("PATCH", clio.entry(), json=body, headers={"If-Match": etag}).status_code)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Counter(statuses) == {200: 1, 412: 9}


def test_ids_are_given_once_to_many_makers(netsuite: Fake) -> None:
    netsuite.world.flip({"concurrency": "off"})
    ids: list[str] = []

    def make() -> None:
        made = [netsuite.ask("POST", EVENTS, json={"title": "x"}) for _ in range(10)]
        ids.extend(answer.headers["Location"].rsplit("/", 1)[1] for answer in made)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(ids)) == 40
