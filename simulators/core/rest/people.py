"""What people do to appointments in the CRM's own pages, without a request: it follows from the cancellation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.store import Commit, Record
from greenroom.simulators.core.world import Person, World

Write = Callable[[World, Commit, str, Mapping[str, Any]], Any]
"""Changes fields of a record, and stamps it as the CRM does."""
Changed = Callable[[World, Record, Mapping[str, Any]], Mapping[str, Any]]
"""Returns the fields of a record that what somebody enters would set."""
Act = Callable[[World, Person, str], None]


@dataclass(frozen=True)
class Pages:
    """The CRM's own pages. ``write`` changes an appointment there, to what ``changed`` makes of an entry; ``missing``
    is the error of one that is not there.
    """

    profile: Profile
    write: Write
    changed: Changed
    missing: Callable[[], ApiError]

    def cancel(self, world: World, person: Person, key: str) -> None:  # noqa: ARG002 - anybody there may
        """Cancel an appointment."""
        self._set(world, key, self.profile.cancellation.marks)

    def edit(self, world: World, person: Person, key: str, data: Mapping[str, Any]) -> None:  # noqa: ARG002
        """Change an appointment."""
        with world.store.commit() as commit:
            self.write(world, commit, key, self.changed(world, self._there(world, key), data))

    @property
    def reinstate(self) -> Act | None:
        """Brings a cancelled appointment back; None where nothing does."""
        back = self.profile.cancellation.back
        return None if back is None else lambda world, _, key: self._set(world, key, back)

    @property
    def remove(self) -> Act | None:
        """Deletes an appointment for good; None where that is no other thing than cancelling."""
        return (lambda world, _, key: self._set(world, key, {})) if self.profile.cancellation.removable else None

    def _set(self, world: World, key: str, fields: Mapping[str, Any]) -> None:
        """Set fields of a record, or remove it where there are none to be set."""
        with world.store.commit() as commit:
            self._there(world, key)
            if fields:
                self.write(world, commit, key, fields)
            else:
                commit.remove(self.profile.table, key)

    def _there(self, world: World, key: str) -> Record:
        record = world.store.get(self.profile.table, key)
        if record is None:
            raise self.missing()
        return record
