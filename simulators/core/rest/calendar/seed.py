"""The fresh worlds of a plain calendar: people by role, an event, and others that are easily taken for it."""

from dataclasses import replace
from datetime import datetime

from greenroom.simulators.core.draw import Draw
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.rest.calendar.declared import Calendar
from greenroom.simulators.core.rest.calendar.rules import FIRM, OTHER, RIGHT, Rules
from greenroom.simulators.core.rest.seed import cast
from greenroom.simulators.core.world import World

ROLES = {
    "owner": {RIGHT: "write"},
    "colleague": {RIGHT: "write"},
    "viewer": {RIGHT: "read"},
    "outsider": {RIGHT: "write", "in": OTHER},
    "forbidden": {RIGHT: "app"},
    "limited": {RIGHT: "read"},
}


def fill(rules: Rules, world: World) -> None:
    """Fill a world."""
    _people(rules.of, world)
    keys = _keys(rules.of, world.seed)
    draw = Draw(world.seed, rules.of.profile.crm, world.number)
    title, hours = draw.filled(rules.of.title), _hours(rules.of, draw, world.clock.now())
    with world.store.commit() as commit:
        for role, key in keys.items():
            data = {rules.of.profile.title_field: title, **hours}
            if role != "minimal":
                data[rules.of.profile.text_field] = f"File no. {world.canary(key)}"
            rules.make(commit, OTHER if role == "another-calendar" else FIRM, data, key)
    world.appointments.update(keys, hidden=keys["target"])


def _people(of: Calendar, world: World) -> None:
    draw, ids = Draw(world.seed, of.profile.crm, "people", world.number), of.profile.user_ids
    steps = Draw(world.seed, of.profile.crm, "ids").number(1_000, 9_000) + world.number * 100
    people, first = draw.addresses(draw.names(len(ROLES))), ids.after(ids.absent, -(steps % ids.room))
    cast(world, tuple(ROLES), people, lambda place: ids.after(first, -place), lambda role: ROLES[role])


def _keys(of: Calendar, seed: int) -> dict[str, str]:
    """Return the ids of the events by role; they are equal in all worlds of a seed."""
    ids, draw = of.profile.ids, Draw(seed, of.profile.crm, "events")
    target = ids.after(ids.absent, -10 * draw.number(1, of.profile.ids.room // 20) - 5)
    shorter = target[:-1] if ids.issues(target[:-1]) else ids.after(target, -1)
    near = {
        role: ids.after(target, place) for place, role in enumerate(("same-title", "another-calendar", "minimal"), 1)
    }
    return {"target": target, "shorter-id": shorter, "longer-id": ids.alike(target, 1), **near}


def _absent(of: Calendar, draw: Draw) -> str:
    """Return another id that is never given, where there are such."""
    ids = of.profile.ids
    other = ids.after(ids.absent, draw.number(1, ids.room // 20))
    return other if ids.issues(other) else ids.absent


def _hours(of: Calendar, draw: Draw, now: datetime) -> dict[str, str]:
    names = (str(of.fields.named("start")), str(of.fields.named("end")))
    return dict(zip(names, draw.hours(now).utc, strict=True))


def drawn(of: Calendar, seed: int, now: datetime) -> Profile:
    """Return the facts with those that follow from a seed, so that no connector knows its exam."""
    draw = Draw(seed, of.profile.crm, "facts")
    return replace(
        of.profile,
        ids=replace(of.profile.ids, absent=_absent(of, draw)),
        client_id=draw.key(),
        reference=draw.reference(),
        strangers_title=draw.filled("Closing at {street}"),
        added={of.profile.title_field: draw.filled("New: {one}"), **_hours(of, draw, now)},
        colleagues_edit={name: draw.filled("{room} {street}") for name in of.profile.colleagues_edit},
    )
