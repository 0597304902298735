"""What somebody does to appointments in Bullhorn's own pages, without a request."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.bullhorn import links, rules
from greenroom.simulators.bullhorn.errors import EntityNotFound
from greenroom.simulators.bullhorn.lookups import TABLE
from greenroom.simulators.bullhorn.profile import PROFILE
from greenroom.simulators.bullhorn.values import values
from greenroom.simulators.core.rest.people import Pages
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import Person, World


def add(world: World, person: Person, data: Mapping[str, Any], key: str = "") -> str:
    """Make an appointment; ``attendees`` are the ids of those who are invited. Returns its id."""
    fields, people = _read(world, {**world.profile.added, **data})
    with world.store.commit() as commit:
        made = rules.insert(world, commit, person, fields, key)
        if people:
            commit.update(TABLE, made, links.added(commit.get(TABLE, made) or {}, *people))
    return made


def _changed(world: World, record: Record, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an entry sets; ``attendees`` are the ids of those who are invited from now on."""
    fields, people = _read(world, data)
    return fields if people is None else {**fields, **links.replaced(record, people)}


PAGES = Pages(PROFILE, write=rules.write, changed=_changed, missing=EntityNotFound)


def _read(world: World, data: Mapping[str, Any]) -> tuple[dict[str, Any], list[str] | None]:
    plain = {name: _fitting(name, value) for name, value in data.items() if name != "attendees"}
    people = [str(key) for key in data["attendees"]] if "attendees" in data else None
    return values(world, rules.ENTITY, plain), people


def _fitting(name: str, value: Any) -> Any:
    """Return what a page's field takes of a value: no more characters than it has room for."""
    field = rules.ENTITY.fields.get(name)
    return value[: field.most] if field and field.most and isinstance(value, str) else value
