"""Random days at the fake Clio agree with a small model."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, consumes, invariant, rule

from tests.fakes import ENTRIES
from tests.simulators.machine import SETTINGS, TITLES, Machine

FIELDS = {"fields": "id,summary,location"}


class ClioMachine(Machine):
    crm = "clio"
    entries = Bundle("entries")
    deleted = Bundle("deleted")

    def path(self, key: str, suffix: str = ".json") -> str:
        return f"{ENTRIES}/{key}{suffix}"

    @rule(target=entries, title=TITLES)
    def create(self, title: str) -> str:
        data = {"summary": title, "start_at": "2027-01-01T10:00:00Z", "end_at": "2027-01-01T11:00:00Z"}
        body = {"data": {**data, "calendar_owner": {"id": 6101}}}
        answer = self.fake.ask("POST", f"{ENTRIES}.json", json=body)
        key = str(answer.json()["data"]["id"])
        assert answer.status_code == 201
        assert key not in self.model
        assert key not in self.gone
        self.model[key] = {"summary": title, "location": None}
        return key

    @rule(key=entries, title=TITLES, field=st.sampled_from(["summary", "location"]))
    def change(self, key: str, title: str, field: str) -> None:
        answer = self.fake.ask("PATCH", self.path(key), json={"data": {field: title}}, params=FIELDS)
        differs = self.model[key][field] != title
        self.model[key][field] = title
        assert answer.json()["data"] == {"id": key, **self.model[key]}
        assert {changed for _, changed in self.changes()} - {"updated_at"} == ({field, "etag"} if differs else set())

    @rule(target=deleted, key=consumes(entries), suffix=st.sampled_from(["", ".json"]))
    def delete(self, key: str, suffix: str) -> str:
        assert self.fake.ask("DELETE", self.path(key, suffix)).status_code == 204
        assert self.changes() == [(key, "*")]
        del self.model[key]
        self.gone.add(key)
        return key

    @rule(key=deleted, method=st.sampled_from(["GET", "PATCH", "DELETE"]))
    def miss(self, key: str, method: str) -> None:
        assert self.fake.ask(method, self.path(key), json={"data": {"summary": "x"}}).status_code == 404
        assert self.changes() == []

    @rule(key=entries, role=st.sampled_from(["viewer", "outsider", "forbidden"]))
    def refuse(self, key: str, role: str) -> None:
        self.fake.act_as(role)
        assert self.fake.ask("DELETE", self.path(key)).status_code in (403, 404)
        assert self.changes() == []
        self.fake.act_as("owner")

    @rule(key=entries, bad=st.sampled_from([{"summary": 1}, {"end_at": "x"}, {"attendees": [{"id": 1}]}]))
    def fail(self, key: str, bad: dict[str, Any]) -> None:
        """A refused write changes nothing, even where a part of it is fine."""
        body = {"data": {"location": "elsewhere", **bad}}
        assert self.fake.ask("PATCH", self.path(key), json=body).status_code in (404, 422)
        assert self.changes() == []

    @invariant()
    def agrees(self) -> None:
        for key, known in self.model.items():
            assert self.fake.ask("GET", self.path(key), params=FIELDS).json()["data"] == {"id": key, **known}


ClioMachine.TestCase.settings = SETTINGS
TestClio = ClioMachine.TestCase
