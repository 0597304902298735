"""The worlds of a run: made fresh, with their faults; or shared with a person who uses them at the same time."""

import contextlib
import re
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from greenroom.contracts.interfaces.interface import Interface
from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.faults.spec import parse
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import World

REMEMBERED = 16
"""Worlds that are over and still told from others, when something late comes of them."""
OWN = re.compile(r"\b(on|after)=own\b")
FLOOD = 500
"""Requests in one world that no connector needs: what it asks beyond them is answered slowly, and costs little."""


class Worlds:
    """Makes worlds and looks after what was asked in them.

    ``variants`` says of each world what is unusual in it: its site, its switches, its faults. ``premise`` are fields
    that every appointment has to begin with.
    """

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.variants: dict[str, dict[str, str]] = {}
        self._cursors: dict[str, int] = {}
        self._shared: dict[str, World] = {}
        self._over: dict[str, None] = {}
        self._strays: set[str] = set()
        self._asked = deque(simulator.worlds.values())  # those with requests that were not looked at
        simulator.on_request = self._asked.append
        self.number = 0
        self.premise: Mapping[str, Any] = {}

    @property
    def crm(self) -> Crm:
        """The CRM of all of them."""
        return self.simulator.crm

    @property
    def present(self) -> list[World]:
        """The worlds whose calls are not over."""
        return [world for name, world in self.simulator.worlds.items() if name not in self._over]

    def make(self, site: str | None, switches: Mapping[str, str] | None) -> World:
        """Make a fresh world, at the CRM's first site or a named one, with its switches set."""
        world = self.simulator.new_world(site, switches, self.number or None)
        world.flood = FLOOD
        self._cursors[world.name] = 0  # it may stand in place of another one of its name
        self.number += 1 if self.number else 0
        self.variants[world.name] = {"site": world.site.name, **(switches or {})}
        for key in dict.fromkeys(world.appointments.values() if self.premise else ()):
            self.crm.edit(world, world.people["owner"], key, self.premise)
        return world

    def share(self, world: World) -> None:
        """Play on in a world as it is by now, whoever made or changed it; others may use it at the same time.

        What it was asked before it was shared belongs to no call, nor does what others ask. They reach the fake at its
        plain address, while the connector is redirected to its TLS one.
        """
        if self._shared.get(world.name) is not world:
            self._shared[world.name] = world
            self._cursors[world.name] = len(world.journal)
        flipped = {
            name: value for name, value in world.switches.items() if value != world.profile.switches[name].values[0]
        }
        self.variants[world.name] = {"site": world.site.name, **flipped}
        armed = [each.label for each in world.faults if each.taken < each.times]
        self.variants[world.name] |= {"faults": " then ".join(armed)} if armed else {}

    def _strange(self, entry: Entry) -> bool:
        """Tell whether a request is somebody else's: where worlds are shared, one to the fake's plain address."""
        return bool(self._shared) and entry.scheme == "http" and entry.operation != "external_host"

    def arm(self, interface: Interface, world: World, fault: str) -> Armed:
        """Arm a fault, e.g. ``status=503,stage=after-commit``; it hits the interface's own requests by default."""
        return world.faults.arm(parse(_named(interface, fault), interface.hit_by_default))

    def arm_all(self, interface: Interface, world: World, faults: Sequence[str]) -> None:
        """Arm faults in a world; its days are not plain until they are cleared."""
        description = " then ".join(_named(interface, fault) for fault in faults)
        self.variants[world.name] |= {"faults": description} if faults else {}
        for fault in faults:
            self.arm(interface, world, fault)

    def clear_faults(self, world: World) -> None:
        """Disarm a world's faults: its days are plain again."""
        world.faults.disarm()
        self.variants[world.name].pop("faults", None)

    def add(self, world: World, role: str, key: str = "") -> str:
        """Let somebody's appointment appear in the CRM's own pages, under an id or the next one; returns its id."""
        return self.crm.add(world, world.people[role], {**world.profile.strangers, **self.premise}, key)

    def alter(self, world: World, appointment: str, fields: Mapping[str, Any]) -> None:
        """Let an appointment be another one before the connector is called; the calls in that world are not plain."""
        self.crm.edit(world, world.people["owner"], appointment, fields)
        self.variants[world.name] |= {"appointment": ", ".join(f"{name}={value}" for name, value in fields.items())}

    def note(self, world: World, what: str) -> None:
        """Note that what is asked for in a world is unusual: the calls in it are not plain, and may be refused."""
        self.variants[world.name] |= {"appointment": what}

    def requests(self) -> list[Entry]:
        """Return the requests in all worlds that were not looked at yet, in order."""
        found: list[Entry] = []
        for world in self._asked_since():
            name, seen = world.name, self._cursors.get(world.name, 0)
            entries = world.journal.since(seen)
            self._cursors[name] = seen + len(entries)
            if name not in self._over:
                found += entries
            elif entries:
                self._strays.add(name)
        return sorted((entry for entry in found if not self._strange(entry)), key=lambda entry: entry.seq)

    def _asked_since(self) -> list[World]:
        """Return the worlds that were asked something since the last look; those that are gone belong to nobody."""
        asked: dict[World, None] = {}
        with contextlib.suppress(IndexError):
            while True:
                asked[self._asked.popleft()] = None
        return [world for world in asked if self.simulator.worlds.get(world.name) is world]

    def end(self) -> set[str]:
        """Let all worlds be over; return the names of those that are over already and were asked something since."""
        strays, self._strays = self._strays, set()
        self._over |= dict.fromkeys(self._cursors)
        for name in list(self._over)[:-REMEMBERED]:
            del self._over[name]
            self.simulator.forget(self.simulator.worlds[name])
            self._cursors.pop(name)
        return strays


def _named(interface: Interface, fault: str) -> str:
    """Return a fault in the simulator's words: ``own`` stands for the requests that perform the interface."""
    return OWN.sub(rf"\1={interface.hit_by_default}", fault)
