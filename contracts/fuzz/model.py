"""A small model of the world: what a step may change, and that nothing else does. It knows no CRM's rules."""

from collections.abc import Collection, Mapping
from typing import Any

from greenroom.contracts.clauses.clause import Problem
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.world import World

Place = tuple[str, str]
"""An appointment: the world's name, and the id."""
HINT = "look at what the connector sends, and when: what no call explains is late work, or Greenroom's own error"


class Model:
    """Every record of some worlds as it was after the last step.

    A record that a step is not about stays the very same. An appointment that it is about stands as before, or as the
    step may leave it.
    """

    def __init__(self, crm: Crm) -> None:
        self._crm = crm
        self._worlds: dict[str, World] = {}
        self._before: dict[str, dict[tuple[str, str], Any]] = {}
        self._versions: dict[str, int] = {}
        self._state: dict[Place, str] = {}

    def watch(self, world: World) -> None:
        """Look at a world from now on."""
        self._worlds[world.name] = world
        self._versions[world.name], self._before[world.name] = _seen(world)

    def note(self, place: Place) -> None:
        """Remember how an appointment stands before a step that is about it."""
        self._state[place] = self._crm.state(self._worlds[place[0]], place[1])

    def appeared(self, place: Place) -> None:
        """Remember that there was no such appointment before the step."""
        self._state[place] = "never"

    def compare(self, about: Mapping[Place, Collection[str]]) -> Problem | None:
        """Return what is otherwise than the last step explains, or None, and take what is for the new state.

        ``about`` are the appointments of the step, each with the states that it may lead to.
        """
        found = [self._compare(world, about) for world in self._worlds.values()]
        return next(filter(None, found), None)

    def _compare(self, world: World, about: Mapping[Place, Collection[str]]) -> Problem | None:
        mine = [place for place in about if place[0] == world.name]
        return self._moved(world, mine) or next(filter(None, (self._stands(each, about[each]) for each in mine)), None)

    def _moved(self, world: World, mine: Collection[Place]) -> Problem | None:
        """Return which record has changed that the step is not about, if anything was written at all."""
        if world.store.version == self._versions[world.name]:
            return None
        before, (version, now) = self._before[world.name], _seen(world)
        self._versions[world.name], self._before[world.name] = version, now
        for table, key in {**before, **now}:
            excused = table == self._crm.profile.table and (world.name, key) in mine
            if not excused and before.get((table, key)) is not now.get((table, key)):
                return Problem(f"{table}/{key} in {world.name} as it was", "it changed", HINT)
        return None

    def _stands(self, place: Place, allowed: Collection[str]) -> Problem | None:
        now = self._crm.state(self._worlds[place[0]], place[1])
        if now in (*allowed, self._state.get(place, now)):
            return None
        return Problem(f"appointment {place[1]} in {place[0]}: {' or '.join(allowed)}", f"it is {now}", HINT)


def _seen(world: World) -> tuple[int, dict[tuple[str, str], Any]]:
    """Return every record of a world, and the version of its store from which they are, or an earlier one."""
    version, tables = world.store.version, world.store.dump()
    return version, {(table, key): record for table, records in tables.items() for key, record in records.items()}
