"""The panel's side of the control API: who is logged in, the list, the cancel, and what each call broke."""

import threading
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from greenroom.connectors.bridges.target import Target
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.judge import Verdict, judge
from greenroom.contracts.interfaces import CANCEL, LIST
from greenroom.contracts.run.studio import Studio
from greenroom.contracts.situations.stage import params
from greenroom.contracts.situations.taken import Asked
from greenroom.panel.watch import Watch
from greenroom.simulators.core.appointment import CANCELLED, GONE, Appointment
from greenroom.simulators.core.control import looks
from greenroom.simulators.core.control.guard import RefusalError
from greenroom.simulators.core.control.handlers import Answer
from greenroom.simulators.core.control.handlers import Asked as Request
from greenroom.simulators.core.world import Login, World

AHEAD = timedelta(days=400)
"""How far the panel looks ahead: the seed's appointments are in it whenever it is opened."""
DAY = 86_400.0
"""Seconds that a credential lives, unless somebody ends it before."""


class Panel:
    """One user of App Connect in front of the appointment panel.

    App Connect renews a credential before it expires and passes on what it has; so each call gets a fresh token as long
    as the last one is good. One that was expired or revoked meanwhile is passed as it is, until the user logs in again.
    """

    def __init__(self, ready: Studio, target: Target) -> None:
        self._studio, self._target = ready, target
        self._lock = threading.Lock()
        self._world: World | None = None
        self._login: Login | None = None
        self._role = "owner"
        self._loads, self._error = 1, ""
        file = target.path or (Path(ready.bridge.loaded.file) if ready.bridge.loaded.file else None)
        self._watch = Watch(file) if file else None

    def state(self, asked: Request) -> Answer:
        """Tell which connector this is, whether it loads, who is logged in; a changed file is loaded again first."""
        busy = not self._lock.acquire(blocking=False)
        if not busy:
            try:
                self._reload()
            finally:
                self._lock.release()
        loaded, world = self._studio.bridge.loaded, asked.simulator.current
        return 200, {
            "target": self._target.name,
            "runtime": loaded.runtime,
            "declared": loaded.cancellation,
            "lists": LIST in loaded.interfaces,
            "loads": self._loads,
            "error": self._error,
            "busy": busy,
            "calls": self._studio.stage.calls,
            "world": world.name,
            "role": self._role,
            "person": world.people[self._role].name if self._role in world.people else self._role,
            "credential": self._standing(world),
            "roles": list(world.people),
        }

    def _standing(self, world: World) -> str:
        login = self._login if self._world is world else None
        return world.tokens.standing(world.tokens.find(login.token)) if login else "valid"

    def _reload(self) -> None:
        """Load the connector again if its file changed; one that does not load is tried again at the next change."""
        if self._watch is None or not self._watch.changed():
            return
        try:
            self._studio.bridge.renew()
            self._error = ""
        except BridgeError as error:
            self._error = str(error)
        self._loads += 1

    def connect(self, asked: Request) -> Answer:
        """Log out and connect again, as the same person or in another role."""
        role = asked.body.get("role", self._role)
        if role not in asked.simulator.current.people:
            raise RefusalError(404, f"nobody is '{role}' in {asked.simulator.current.name}")
        with self._lock:
            self._role, self._login = role, None
        return self.state(asked)

    def _asked(self, world: World, interface: str, more: Mapping[str, Any]) -> Asked:
        if self._world is not world or self._role not in world.people:
            self._login = None
            self._role = self._role if self._role in world.people else next(iter(world.people))
        self._world = world
        if self._login is None or self._standing(world) == "valid":
            self._login = world.log_in(self._role, lifetime=DAY)
        passed = {**params(self._login, None), **more}
        if interface == LIST:
            del passed["appointmentId"]
        return Asked(world, passed, self._role, self._login.token, interface)

    def _call(self, world: World, interface: str, more: Mapping[str, Any]) -> int:
        """Call the connector as it is by now; returns the number of the call."""
        self._reload()
        if self._error:
            raise RefusalError(409, self._error)
        stage = self._studio.stage
        stage.adopt(world)
        try:
            stage.call_with(self._asked(world, interface, more))
        except BridgeError as error:
            raise RefusalError(409, str(error)) from None
        return stage.calls

    def appointments(self, asked: Request) -> Answer:
        """List appointments: as the connector does, or as the fake CRM shows them where it offers no list."""
        with self._lock:
            self._reload()
            if self._error or LIST not in self._studio.bridge.loaded.interfaces:
                return self._from_crm(asked)
            now = asked.simulator.current.clock.now()
            span = {"startDate": now.date().isoformat(), "endDate": (now + AHEAD).date().isoformat()}
            return 200, self._listed(self._call(asked.simulator.current, LIST, {"range": span}))

    def _listed(self, number: int) -> dict[str, Any]:
        record = self._record(number)
        value = record["outcome"].get("value")
        well = record["seen"]["http"] == 200 and isinstance(value, Mapping) and "appointments" in value
        found = value["appointments"] if well and isinstance(value, Mapping) else []
        return {
            "source": "connector",
            "appointments": found,
            "total": len(found),
            "seen": record["seen"],
            "call": number,
        }

    def _from_crm(self, asked: Request) -> Answer:
        crm, world = asked.simulator.crm, asked.simulator.current
        now, person = world.clock.now(), world.people.get(self._role)
        coming = [each for each in looks.calendar(crm, world).all() if each.end >= now and each.standing != GONE]
        mine = [each for each in coming if person and crm.access(world, person, each.id) in ("cancel", "view")]
        start, limit = int(asked.query.get("offset", "0")), int(asked.query.get("limit", "50"))
        page = [as_app_connect(each) for each in mine[start : start + limit]]
        return 200, {"source": "crm", "appointments": page, "total": len(mine), "seen": None, "call": None}

    def cancel(self, asked: Request) -> Answer:
        """Cancel an appointment through the connector, and tell everything about the call."""
        with self._lock:
            return 200, self._told(self._call(asked.simulator.current, CANCEL, asked.body))

    def look_again(self, asked: Request) -> Answer:
        """Tell everything about a call as it is by now: late work may have come."""
        number = int(asked.path["number"]) if asked.path["number"].isdecimal() else 0
        with self._lock:
            if not 1 <= number <= self._studio.stage.calls:
                raise RefusalError(404, f"no call {asked.path['number']}; {self._studio.stage.calls} were made")
            self._studio.stage.note_late()
            return 200, self._told(number)

    def _record(self, number: int) -> dict[str, Any]:
        return self._studio.stage.records(number - 1)[0]

    def _told(self, number: int) -> dict[str, Any]:
        record = self._record(number)
        verdicts = [judge(clause, [Call(record)]) for clause in CLAUSES]
        broken = [_problem(verdict) for verdict in verdicts if verdict.violations]
        troubled = [f"{v.clause.id}: {v.reason}" for v in verdicts if v.outcome == "errored"]
        judged = sum(1 for verdict in verdicts if verdict.judged)
        return {"number": number, "call": record, "judged": judged, "broken": broken, "errored": troubled}


def _problem(verdict: Verdict) -> dict[str, Any]:
    """Return a broken promise of one call."""
    clause, found = verdict.clause, verdict.violations[0]
    about = {name: getattr(clause, name) for name in ("id", "title", "strength", "why")}
    return {**about, "level": found.level, "expected": found.expected, "got": found.got, "hint": found.hint}


def as_app_connect(appointment: Appointment) -> dict[str, Any]:
    """Return an appointment as App Connect's interface documentation describes it."""
    minutes = (appointment.end - appointment.start).total_seconds() / 60
    return {
        "id": appointment.id,
        "thirdPartyAppointmentId": appointment.id,
        "title": appointment.title,
        "description": appointment.description,
        "startTimeUtc": appointment.to_json()["start"],
        "durationMinutes": round(minutes),
        "status": "cancelled" if appointment.standing == CANCELLED else "scheduled",
        "contactId": str(appointment.people[0]["id"]) if appointment.people else "",
        "attendees": [dict(person) for person in appointment.people],
    }
