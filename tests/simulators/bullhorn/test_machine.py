"""Random days at the fake Bullhorn agree with a small model."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, invariant, rule

from tests.simulators.machine import SETTINGS, TITLES, Machine

FIELDS = {"fields": "subject,location,isDeleted,attendees(attendee)"}
STAMPS = {"dateLastModified", "links"}


class BullhornMachine(Machine):
    crm = "bullhorn"
    entries = Bundle("entries")

    def path(self, key: str, entity: str = "Appointment") -> str:
        return f"{self.fake.api}/entity/{entity}/{key}"

    def shown(self, key: str) -> Any:
        return self.fake.ask("GET", self.path(key), params=FIELDS).json()["data"]

    def write(self, key: str, field: str, value: Any) -> None:
        """Change a field, and see that nothing else changed."""
        differs = self.model[key][field] != value
        self.model[key][field] = value
        assert self.fake.ask("POST", self.path(key), json={field: value}).json()["changedEntityId"] == int(key)
        changed = {name for _, name in self.changes()}
        assert changed - STAMPS == ({field} if differs else set())

    @rule(target=entries, title=TITLES)
    def create(self, title: str) -> str:
        answer = self.fake.ask("PUT", f"{self.fake.api}/entity/Appointment", json={"subject": title})
        key = str(answer.json()["changedEntityId"])
        assert key not in self.model
        self.model[key] = {"subject": title, "location": "", "isDeleted": False, "attendees": []}
        return key

    @rule(key=entries, title=TITLES, field=st.sampled_from(["subject", "location"]))
    def change(self, key: str, title: str, field: str) -> None:
        self.write(key, field, title)

    @rule(key=entries, to=st.booleans())
    def delete_or_bring_back(self, key: str, *, to: bool) -> None:
        self.write(key, "isDeleted", to)

    @rule(key=entries)
    def delete(self, key: str) -> None:
        self.model[key]["isDeleted"] = True
        assert self.fake.ask("DELETE", self.path(key)).json()["changeType"] == "DELETE"

    @rule(key=entries, person=st.sampled_from([71, 72, 102]))
    def invite(self, key: str, person: int) -> None:
        body = {"appointment": {"id": int(key)}, "attendee": {"id": person}}
        made = self.fake.ask("PUT", f"{self.fake.api}/entity/AppointmentAttendee", json=body).json()["changedEntityId"]
        assert str(made) not in self.gone
        self.model[key]["attendees"].append((made, person))

    @rule(key=entries, place=st.integers(0, 9))
    def uninvite(self, key: str, place: int) -> None:
        links = self.model[key]["attendees"]
        if links:
            gone, _ = links.pop(place % len(links))
            self.gone.add(str(gone))
            for status in (200, 404):
                answer = self.fake.ask("DELETE", self.path(str(gone), "AppointmentAttendee"))
                assert answer.status_code == status

    @rule(key=entries, role=st.sampled_from(["viewer", "outsider", "forbidden"]))
    def refuse(self, key: str, role: str) -> None:
        self.fake.act_as(role)
        assert self.fake.ask("DELETE", self.path(key)).status_code == 403
        assert self.changes() == []
        self.fake.act_as("owner")

    @rule(key=entries, bad=st.sampled_from([{"subject": 1}, {"dateEnd": "x"}, {"lead": {"id": 9}}]))
    def fail(self, key: str, bad: dict[str, Any]) -> None:
        """A refused write changes nothing, even where a part of it is fine."""
        assert self.fake.ask("POST", self.path(key), json={"location": "elsewhere", **bad}).status_code == 400
        assert self.changes() == []

    @invariant()
    def agrees(self) -> None:
        for key, known in self.model.items():
            links = known["attendees"]
            shown = self.shown(key)
            people = [each["attendee"]["id"] for each in shown.pop("attendees")["data"]]
            assert people == [person for _, person in links][:5]
            assert shown == {"id": int(key), **{name: known[name] for name in ("subject", "location", "isDeleted")}}


BullhornMachine.TestCase.settings = SETTINGS
TestBullhorn = BullhornMachine.TestCase
