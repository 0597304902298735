"""The panel's side of the control API: the connector, the session, its calls, and what each of them broke."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from greenroom.connectors.bridges.target import Target
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.harness.testbed import TestBed
from greenroom.contracts.harness.view import as_app_connect
from greenroom.contracts.interfaces import LIST
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.run.config import RunConfig
from greenroom.panel.actions import Action
from greenroom.panel.call_view import details, summary
from greenroom.panel.form import offered
from greenroom.panel.reloading import Reloading
from greenroom.panel.session import Session
from greenroom.simulators.core.appointment import GONE
from greenroom.simulators.core.control import views
from greenroom.simulators.core.control.guard import RefusalError
from greenroom.simulators.core.control.handlers import Answer, ControlRequest, Handler
from greenroom.simulators.core.world import World

AHEAD = timedelta(days=400)
"""How far the panel looks ahead: the seed's appointments are in it whenever it is opened."""
PATIENCE = 1.0
"""Seconds to wait for another call's end; longer ones would hold the threads that answer."""
REPLACED = "the CRM was reset, loaded or dropped while the call was under way"
MEDDLED = "somebody changed appointments in the CRM itself while the call was under way"


NOTHING: Mapping[str, Any] = {"appointments": [], "total": 0, "seen": None, "call": None}
"""The list before any was asked for."""


class Panel:
    """App Connect's appointment panel for one user. Calls are made one after another."""

    def __init__(self, ready: TestBed, target: Target, config: RunConfig) -> None:
        self._harness, self._bridge, self._target = ready.harness, ready.bridge, target
        self._connector = Reloading(ready.bridge, target, config, ready.harness.crm)
        self._session = Session()
        self._lock = threading.Lock()
        self._began: float | None = None
        self._last: int | None = None
        self._meddled = False
        self._spoiled: dict[int, str] = {}
        self._details: dict[int, dict[str, Any]] = {}
        self._known: dict[str, Any] = {"source": "connector", **NOTHING}

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for the end of what is under way, but not for long; only for as long as it takes where it is loaded."""
        loads = self._connector.loading
        while not self._lock.acquire(timeout=PATIENCE):
            if not loads:  # since this wait began: loading may just have ended
                raise RefusalError(409, "the connector is busy with another call; wait for its end")
            loads = self._connector.loading
        try:
            yield
        finally:
            self._lock.release()

    def state(self, asked: ControlRequest) -> Answer:
        """Tell which connector this is, whether it loads, who is connected; a changed file is loaded again first."""
        if self._lock.acquire(blocking=False):
            try:
                self._connector.refresh()
            finally:
                self._lock.release()
        loaded, world, began, role = self._bridge.loaded, asked.simulator.current, self._began, self._session.role
        return 200, {
            "target": self._target.name,
            "runtime": loaded.runtime,
            "declared": loaded.cancellation,
            "offers": self._connector.offers,
            "loads": self._connector.loads,
            "error": world.secrets.mask(self._connector.error),
            "waiting": None if began is None else round(time.monotonic() - began, 1),
            "last": self._last,
            "world": world.name,
            "zone": str(views.calendar(asked.simulator.crm, world).zone),
            "role": role,
            "person": world.people[role].name if role in world.people else role,
            "credential": self._session.credential(world),
            "roles": list(world.people),
        }

    def connect(self, asked: ControlRequest) -> Answer:
        """Log out and connect again, as the same person or in another role."""
        role = asked.body.get("role", self._session.role)
        if role not in asked.simulator.current.people:
            raise RefusalError(404, f"nobody is '{role}' in {asked.simulator.current.name}")
        with self._turn():
            self._session.connect(role)
        return self.state(asked)

    def appointments(self, asked: ControlRequest) -> Answer:
        """List appointments: as the connector does, or as the fake CRM shows them where it offers no list."""
        if LIST.name not in self._connector.offers:
            return self._from_crm(asked)
        if self._lock.acquire(blocking=False):  # a call may be under way for long: then the list is the last one
            try:
                self._known = self._from_connector(asked)
            finally:
                self._lock.release()
        return 200, self._known

    def _from_connector(self, asked: ControlRequest) -> dict[str, Any]:
        now = asked.simulator.current.clock.now()
        span = {"startDate": now.date().isoformat(), "endDate": (now + AHEAD).date().isoformat()}
        made = self._made(asked, LIST, {"range": span})
        record = made["call"]
        found = _listed(record["outcome"].get("value")) if record["seen"]["http"] == 200 else []
        listed = {"appointments": found, "total": len(found), "seen": record["seen"], "call": summary(made)}
        return {"source": "connector", **listed}

    def _from_crm(self, asked: ControlRequest) -> Answer:
        crm, world = asked.simulator.crm, asked.simulator.current
        now, person = world.clock.now(), world.people.get(self._session.role)
        coming = [each for each in views.calendar(crm, world).all() if each.end >= now and each.state != GONE]
        mine = [each for each in coming if person and crm.access(world, person, each.id) in ("cancel", "view")]
        start, limit = int(asked.query.get("offset", "0")), int(asked.query.get("limit", "50"))
        page = [as_app_connect(each) for each in mine[start : start + limit]]
        return 200, {**NOTHING, "source": "crm", "appointments": page, "total": len(mine)}

    def calls(self, action: Action) -> Handler:
        """Return what calls an interface about an appointment, and tells everything about the call.

        What changes something is the last call, and a page that is opened meanwhile waits for it. App Connect may
        refuse a request before it calls the connector; then the answer has ``refused`` alone.
        """

        def call(asked: ControlRequest) -> Answer:
            if refused := action.refusal(asked.body):
                return 200, {"refused": refused}
            interface = action.interface
            with self._turn():
                self._connector.refresh()
                if interface.name not in self._connector.offers and not self._connector.error:
                    raise RefusalError(409, f"the connector offers no {interface.name}")
                self._began = None if interface.only_reads else time.monotonic()
                try:
                    made = self._made(asked, interface, action.inputs(asked.body))
                finally:
                    self._began = None
                self._last = self._last if interface.only_reads else made["number"]
                return 200, made

        return call

    def form(self, asked: ControlRequest) -> Answer:
        """Tell what the form of an appointment offers: whom to invite, and what the CRM does not keep."""
        return 200, offered(asked.simulator.crm, asked.simulator.current)

    def _made(self, asked: ControlRequest, interface: Interface, more: Mapping[str, Any]) -> dict[str, Any]:
        """Call the connector with an interface's own inputs, and tell everything about the call."""
        world, self._meddled = asked.simulator.current, False
        number = self._call(world, interface, more)
        if asked.simulator.worlds.get(world.name) is not world:
            self._spoiled[number] = REPLACED
        elif self._meddled:
            self._spoiled[number] = MEDDLED
        return self._described(number)

    def _call(self, world: World, interface: Interface, more: Mapping[str, Any]) -> int:
        """Call the connector as it is by now; returns the number of the call."""
        self._connector.refresh()
        if self._connector.error:
            raise RefusalError(409, world.secrets.mask(self._connector.error))
        self._harness.share(world)
        world.on_external_change = self._note_others
        try:
            self._harness.call_with(self._session.asks(world, interface, more))
        except BridgeError as error:
            raise RefusalError(409, world.secrets.mask(str(error))) from None
        return self._harness.calls

    def _note_others(self) -> None:
        """Note how things stand before somebody changes the CRM itself: that is no call's doing."""
        if self._began is None and self._lock.acquire(timeout=PATIENCE):
            try:
                self._harness.note_late()
            finally:
                self._lock.release()
        else:
            self._meddled = True

    def look_again(self, asked: ControlRequest) -> Answer:
        """Tell everything about a call as it is by now: late work may have come."""
        number = int(asked.path["number"]) if asked.path["number"].isdecimal() else 0
        if number not in self._details:
            raise RefusalError(404, f"no call of number {asked.path['number']} was made")
        if self._lock.acquire(blocking=False):  # while another call is under way, it is told as it was
            try:
                self._harness.note_late(final=False)
                self._described(number)
            finally:
                self._lock.release()
        return 200, self._details[number]

    def _described(self, number: int) -> dict[str, Any]:
        found = self._details[number] = details(number, self._record(number), self._spoiled.get(number))
        return found

    def _record(self, number: int) -> dict[str, Any]:
        return self._harness.records(number - 1, number)[0]


def _listed(value: Any) -> list[Any]:
    """Return the appointments of a connector's answer, if it is a list at all."""
    told_so = isinstance(value, Mapping) and value.get("successful", True) is True
    found = value.get("appointments") if told_so else None
    return found if isinstance(found, list) else []
