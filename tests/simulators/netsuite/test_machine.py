"""Random days at the fake NetSuite agree with a small model."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, consumes, invariant, rule

from tests.fakes import EVENTS
from tests.simulators.machine import SETTINGS, TITLES, Machine

STATUSES = st.sampled_from(["TENTATIVE", "CONFIRMED", "COMPLETE", "CANCELLED"])
SPELLINGS = st.sampled_from([lambda s: s, lambda s: {"id": s}])


class NetSuiteMachine(Machine):
    crm = "netsuite"
    events = Bundle("events")
    deleted = Bundle("deleted")

    @rule(target=events, title=TITLES)
    def create(self, title: str) -> str:
        answer = self.fake.ask("POST", EVENTS, json={"title": title, "startTime": "10:00"})
        key = answer.headers["Location"].rsplit("/", 1)[1]
        assert answer.status_code == 204
        assert key not in self.model
        assert key not in self.gone
        self.model[key] = {"title": title, "status": "CONFIRMED", "endTime": "11:00"}
        return key

    @rule(key=events, status=STATUSES, spelling=SPELLINGS)
    def change_status(self, key: str, status: str, spelling: Any) -> None:
        assert self.fake.ask("PATCH", f"{EVENTS}/{key}", json={"status": spelling(status)}).status_code == 204
        expected = {"status"} if status != self.model[key]["status"] else set()
        assert {field for _, field in self.changes()} - {"lastModifiedDate"} == expected
        self.model[key]["status"] = status

    @rule(key=events, title=TITLES)
    def change_title(self, key: str, title: str) -> None:
        assert self.fake.ask("PATCH", f"{EVENTS}/{key}/", json={"Title": title}).status_code == 204
        self.model[key]["title"] = title

    @rule(target=deleted, key=consumes(events))
    def delete(self, key: str) -> str:
        assert self.fake.ask("DELETE", f"{EVENTS}/{key}").status_code == 204
        assert self.changes() == [(key, "*")]
        del self.model[key]
        self.gone.add(key)
        return key

    @rule(key=deleted, method=st.sampled_from(["GET", "PATCH", "DELETE"]))
    def miss(self, key: str, method: str) -> None:
        assert self.fake.ask(method, f"{EVENTS}/{key}", json={"title": "x"}).status_code == 404
        assert self.changes() == []

    @rule(key=events, role=st.sampled_from(["viewer", "forbidden"]))
    def refuse(self, key: str, role: str) -> None:
        self.fake.act_as(role)
        assert self.fake.ask("PATCH", f"{EVENTS}/{key}", json={"status": "CANCELLED"}).status_code == 403
        assert self.changes() == []
        self.fake.act_as("owner")

    @rule(key=events, bad=st.sampled_from([{"status": "GONE"}, {"endTime": "09:00"}, {"title": 1}]))
    def fail(self, key: str, bad: dict[str, Any]) -> None:
        """A refused write changes nothing, even where a part of it is fine."""
        assert self.fake.ask("PATCH", f"{EVENTS}/{key}", json={"location": "elsewhere", **bad}).status_code == 400
        assert self.changes() == []

    @invariant()
    def agrees(self) -> None:
        for key, known in self.model.items():
            read = self.fake.ask("GET", f"{EVENTS}/{key}").json()
            assert {**{name: read[name] for name in known}, "status": read["status"]["id"]} == known
            assert "location" not in read


NetSuiteMachine.TestCase.settings = SETTINGS
TestNetSuite = NetSuiteMachine.TestCase
