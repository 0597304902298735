"""What people look at: the calendar, the journal a page of rows at a time, and what is new in a world."""

import json
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from greenroom.simulators.core.calendar import Calendar
from greenroom.simulators.core.control.guard import RefusalError
from greenroom.simulators.core.control.handlers import Answer, ControlRequest, matching
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import World

PAGE = 200
"""Rows of a page, unless fewer are asked for; a longer list is asked for page by page."""
MOST_CHANGES = 6
"""Changes that a row names."""
MANY = 50
"""Requests between two looks that are more than anybody reads: then once a second is often enough."""
_calendars: WeakKeyDictionary[World, Calendar] = WeakKeyDictionary()


def calendar(crm: Crm, world: World) -> Calendar:
    """Return the calendar of a world, the same one as long as the world lasts."""
    found = _calendars.get(world)
    if found is None:
        found = _calendars[world] = Calendar(crm, world)
    return found


def list_appointments(asked: ControlRequest) -> Answer:
    """List appointments by time, a page of them: live, cancelled, and gone ones as they were."""
    shown = calendar(asked.simulator.crm, asked.world)
    found = shown.matching(asked.query.get("text", ""))
    start, limit = _window(asked)
    page = [each.to_json() for each in found[start : start + limit]]
    return 200, {"total": len(found), "timezone": str(shown.zone), "appointments": page}


def show_day(asked: ControlRequest) -> Answer:
    """Show a day of the calendar, in its owner's time zone; ``nearest`` is the next one that holds something."""
    shown, named = calendar(asked.simulator.crm, asked.world), asked.path["day"]
    try:
        day = shown.nearest() if named == "nearest" else date.fromisoformat(named)
    except ValueError:
        raise RefusalError(400, f"'{named}' is no day; write YYYY-MM-DD, or nearest") from None
    found = shown.day(day)
    return 200, {
        "day": day.isoformat(),
        "timezone": str(shown.zone),
        "total": len(found.appointments),
        "appointments": [each.to_json() for each in found.appointments[:PAGE]],
        "previous": found.previous.isoformat() if found.previous else None,
        "next": found.following.isoformat() if found.following else None,
    }


def show_appointment(asked: ControlRequest) -> Answer:
    """Show one appointment: as the calendar does, as the store holds it, and how it stands."""
    crm, world = asked.simulator.crm, asked.world
    found = calendar(crm, world).find(asked.path["id"])
    if found is None:
        raise RefusalError(404, f"no appointment {asked.path['id']} in {world.name}, nor was one removed lately")
    record = world.store.get(world.profile.table, found.id)
    return 200, {"appointment": found.to_json(), "record": record, "state": crm.state(world, found.id)}


def list_rows(asked: ControlRequest) -> Answer:
    """List the journal in short, newest first, a page of it: no headers, no bodies, secrets masked."""
    found = matching(asked)
    text = asked.query.get("text", "").casefold()
    if text:
        found = [entry for entry in found if text in _words(entry)]
    start, limit = _window(asked)
    end = max(len(found) - start, 0)
    page = found[max(end - limit, 0) : end][::-1]
    return 200, {"total": len(found), "rows": rows(page, asked.world)}


def _words(entry: Entry) -> str:
    marks = f"{entry.fault or ''} {entry.unsimulated or ''}"
    return f"{entry.method} {entry.path}?{entry.query} {entry.status} {entry.operation} {marks}".casefold()


def _window(asked: ControlRequest) -> tuple[int, int]:
    return int(asked.query.get("offset", "0")), min(int(asked.query.get("limit", str(PAGE))), PAGE)


def rows(entries: list[Entry], world: World) -> list[dict[str, Any]]:
    """Return entries in short; they are masked together, since each masking looks for every secret."""
    roles = {person.id: role for role, person in world.people.items()}
    rows: list[dict[str, Any]] = json.loads(world.secrets.mask(json.dumps([_row(entry, roles) for entry in entries])))
    return rows


def _row(entry: Entry, roles: dict[str, str]) -> dict[str, Any]:
    names = (
        "seq",
        "at",
        "method",
        "host",
        "path",
        "query",
        "status",
        "received",
        "fault",
        "unsimulated",
        "operation",
        "record",
        "credential",
    )
    changes = [{"table": c.table, "id": c.id, "field": c.field, "gone": c.after is None} for c in entry.changes]
    return {
        **{name: getattr(entry, name) for name in names},
        "person": roles.get(entry.person or ""),
        "seconds": round(entry.seconds, 6),
        "changed": len(changes),
        "changes": changes[:MOST_CHANGES],
    }


def news(simulator: Simulator, world: World) -> dict[str, Any]:
    """Return what a page compares to see whether it is current: numbers that change when something does."""
    clock = world.clock.dump()
    return {
        "world": world.name,
        "current": simulator.current.name,
        "worlds": list(simulator.worlds),
        "entries": len(world.journal),
        "records": world.store.version,
        "faults": [[armed.number, armed.fired] for armed in world.faults],
        "tokens": [[token.revoked, token.expires_at.timestamp()] for token in world.tokens.all()[-100:]],
        "clock": [round(clock["offset"], 1), clock["frozen"]],
        "switches": dict(world.switches),
    }


def change_feed(simulator: Simulator, name: str, ending: threading.Event, silence: float, pace: float) -> Iterator[str]:
    """Yield server-sent events: ``news`` when something changed in the world of a name, until it is gone.

    ``ending`` ends the stream. A world is looked at once in ``silence`` seconds where nothing is asked of it, and at
    most once in ``pace`` seconds where something is; less often where much is, so that following costs little.
    """
    last: dict[str, Any] | None = None
    while not ending.is_set():
        world = simulator.worlds.get(name)
        if world is None and not ending.wait(pace):
            world = simulator.worlds.get(name)  # a reset takes it away for a moment
        if world is None:
            return
        now = news(simulator, world)
        yield ": silence\n\n" if now == last else f"event: news\ndata: {json.dumps(now)}\n\n"
        busy = last is not None and now["entries"] - last["entries"] > MANY
        last = now
        if ending.wait(pace * 5 if busy else pace):
            return
        world.journal.wait(now["entries"], silence, 1)
