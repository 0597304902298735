"""What a request's body sets: checked, and in the form in which it is kept."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.bullhorn.entities import FLAG, MANY, MOMENT, ONE, PERSONS, TEXT, Entity, Field
from greenroom.simulators.bullhorn.errors import BadParameter, BullhornError, PersistError
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.world import World

LATEST = 8_640_000_000_000_000
"""The last moment that a date of JavaScript's can be, and the first one with a minus, in milliseconds."""
LARGEST = 2**31
NOWHERE = ("JobOrder", "Opportunity", "Placement")
"""Entities that an appointment can name, and the fake has not."""


def values(world: World, entity: Entity, body: Mapping[str, Any], key: str | None = None) -> dict[str, Any]:
    """Return the fields that a body sets; ``key``: the id of the record that it changes.

    Raises:
        BullhornError: a field that there is not, or that nobody can set, or a value that makes no sense.
        Unsimulated: the vendor has it, and the fake has not.

    """
    found: dict[str, Any] = {}
    for name, value in body.items():
        field = _settable(world, entity, name, value, key)
        if field:
            found[name] = _value(world, entity, field, value)
    return found


def _settable(world: World, entity: Entity, name: str, value: Any, key: str | None) -> Field | None:
    """Return the field of that name, if this value is to be kept in it."""
    field = entity.field(name)
    if field.kind == MANY:
        raise BullhornError(f"To-many field '{name}' of {entity.name} cannot be set here.")
    if not field.read_only:
        return field
    if (name == "id" and key is not None and str(value) == key) or world.switches["read-only-fields"] == "ignored":
        return None
    raise BullhornError(f"Field '{name}' of {entity.name} is read-only.")


def _value(world: World, entity: Entity, field: Field, value: Any) -> Any:
    if value is None:
        if not field.nullable:
            raise PersistError(entity.name, (field.name, "REQUIRED"))
        return None
    if field.kind == ONE:
        return _reference(world, entity, field, value)
    if field.kind == TEXT:
        return _text(world, entity, field, value)
    if field.kind == FLAG:
        return _of_type(field, value, bool)
    limit = LATEST if field.kind == MOMENT else LARGEST
    if not -limit <= _of_type(field, value, int) <= limit:
        raise BadParameter(f"The value of '{field.name}' is out of range.")
    return value


def _of_type(field: Field, value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
        raise BadParameter(f"The value of '{field.name}' cannot be read: {str(value)[:100]!r}.")
    return value


def _text(world: World, entity: Entity, field: Field, value: Any) -> str:
    text: str = _of_type(field, value, str)
    if field.most is None or len(text) <= field.most:
        return text
    if world.switches["long-text"] == "cut":
        return text[: field.most]
    raise PersistError(entity.name, (field.name, "TOO_LONG"))


def reference(field: Field, value: Any) -> str:
    """Return the id that an association's value names.

    Raises:
        BadParameter: none.

    """
    key = value.get("id") if isinstance(value, Mapping) else None
    if isinstance(key, bool) or not isinstance(key, int | str) or not str(key).isascii() or not str(key).isdecimal():
        raise BadParameter(f"The value of '{field.name}' must be an object with an id.")
    return str(int(str(key)[:30]))


def _reference(world: World, entity: Entity, field: Field, value: Any) -> str:
    key = reference(field, value)
    if field.to in NOWHERE:
        raise Unsimulated(f"the field {field.name} of {entity.name}")
    tables = PERSONS if field.to == "Person" else (field.to,)
    if not any(world.store.get(table, key) for table in tables):
        raise PersistError(entity.name, (field.name, "NOT_FOUND"))
    return key
