"""What the control API does. Each handler takes the simulator, the path's arguments, the query and the body."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from greenroom.simulators.core import snapshot
from greenroom.simulators.core.appointment import zone
from greenroom.simulators.core.control.guard import RefusalError
from greenroom.simulators.core.control.har import archive
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.names import did_you_mean
from greenroom.simulators.core.nesting import MOST, deeper
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import Person, World


@dataclass(frozen=True)
class ControlRequest:
    """One request to the control API, read and checked against its description."""

    simulator: Simulator
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def world(self) -> World:
        """The world that the path names; ``current`` names the current one.

        Raises:
            RefusalError: there is none of that name.

        """
        name = self.path["world"]
        found = self.simulator.current if name == "current" else self.simulator.worlds.get(name)
        if found is None:
            raise RefusalError(404, f"no world '{name}'; {did_you_mean(name, self.simulator.worlds, 'there are: ')}")
        return found

    @property
    def role(self) -> str:
        """The role that the path names.

        Raises:
            RefusalError: nobody has it.

        """
        if self.path["role"] not in self.world.people:
            advice = did_you_mean(self.path["role"], self.world.people, "there are: ")
            raise RefusalError(404, f"nobody is '{self.path['role']}'; {advice}")
        return self.path["role"]


Answer = tuple[int, Any]
Handler = Callable[[ControlRequest], Answer]


def health(asked: ControlRequest) -> Answer:
    """Tell that the simulator is up, and whether its state file takes what changes."""
    simulator = asked.simulator
    profile = simulator.crm.profile
    facts = {"crm": profile.crm, "title": profile.title, "greenroom": version("greenroom")}
    return 200, {
        **facts,
        "current": simulator.current.name,
        "worlds": len(simulator.worlds),
        "url": simulator.url,
        "table": profile.table,
        "sites": [site.name for site in profile.sites],
        "cancellation": profile.sentence,
        "statuses": list(profile.statuses),
        "reference": profile.prefix,
        "storage": simulator.storage(),
    }


def switches(asked: ControlRequest) -> Answer:
    """List what can be switched, and why."""
    table = asked.simulator.crm.profile.switches
    return 200, {name: {"values": list(s.values), "why": s.why} for name, s in table.items()}


def summary(world: World) -> dict[str, Any]:
    """Return a world in short."""
    return {
        "name": world.name,
        "timezone": str(zone(world.people["owner"].timezone if "owner" in world.people else "UTC")),
        "site": world.site.name,
        "hostname": world.hostname,
        "api_host": world.api_host,
        "switches": dict(world.switches),
        "appointments": dict(world.appointments),
        "requests": len(world.journal),
        "clientId": world.grants.client_id,
        "clientSecret": world.grants.client_secret,
    }


def list_worlds(asked: ControlRequest) -> Answer:
    """List the worlds."""
    return 200, [summary(world) for world in asked.simulator.worlds.values()]


def create_world(asked: ControlRequest) -> Answer:
    """Make and seed a world; it becomes the current one."""
    return 201, summary(asked.simulator.new_world(asked.body.get("site"), asked.body.get("switches")))


def show_world(asked: ControlRequest) -> Answer:
    """Show a world."""
    return 200, summary(asked.world)


def delete_world(asked: ControlRequest) -> Answer:
    """Drop a world."""
    asked.simulator.forget(asked.world)
    return 204, None


def enter_world(asked: ControlRequest) -> Answer:
    """Make a world the current one: requests without a known token go there."""
    asked.simulator.current = asked.world
    return 200, summary(asked.world)


def reset_world(asked: ControlRequest) -> Answer:
    """Seed a world anew; its tokens go on counting."""
    return 200, summary(asked.simulator.reset(asked.world))


def save_world(asked: ControlRequest) -> Answer:
    """Return a world as one document, without its journal."""
    return 200, snapshot.dump(asked.world)


def load_world(asked: ControlRequest) -> Answer:
    """Make a world from such a document, in place of the one of its name."""
    return 200, summary(asked.simulator.load(asked.body))


def flip(asked: ControlRequest) -> Answer:
    """Set switches."""
    asked.world.flip(asked.body)
    return 200, dict(asked.world.switches)


def _clock(world: World) -> dict[str, Any]:
    return {"now": world.clock.now().isoformat(), **world.clock.dump()}


def show_clock(asked: ControlRequest) -> Answer:
    """Show the world's time."""
    return 200, _clock(asked.world)


def set_clock(asked: ControlRequest) -> Answer:
    """Move, freeze or free the clock."""
    clock, body = asked.world.clock, asked.body
    if "freeze" in body:
        clock.freeze(None if body["freeze"] is True else moment(body["freeze"]))
    if "advance" in body:
        clock.advance(body["advance"])
    if body.get("run"):
        clock.run()
    return 200, _clock(asked.world)


def moment(text: str) -> datetime:
    """Read a moment.

    Raises:
        RefusalError: it is none.

    """
    try:
        parsed = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise RefusalError(400, f"'{text}' is no ISO 8601 moment") from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def list_users(asked: ControlRequest) -> Answer:
    """List the people by role, with the state of their tokens."""
    world = asked.world
    tokens = [(token.person, world.tokens.state(token)) for token in world.tokens.all()]
    return 200, {
        role: {**asdict(person), "rights": dict(person.rights), "tokens": [s for p, s in tokens if p == person.id]}
        for role, person in world.people.items()
    }


def create_user(asked: ControlRequest) -> Answer:
    """Add a person under a new role; rights are in the CRM's own words."""
    body, world = asked.body, asked.world
    if body["role"] in world.people:
        raise RefusalError(409, f"somebody is '{body['role']}' already")
    ids = {person.id for person in world.people.values()}
    rights = body.get("rights", {})
    email = body.get("email", f"{body['role']}@{world.name}.example")
    person = Person(world.profile.ids.next_to(ids), body.get("name", body["role"]), email, rights=rights)
    world.people[body["role"]] = person
    return 201, {**asdict(person), "rights": dict(person.rights)}


def log_in(asked: ControlRequest) -> Answer:
    """Issue tokens to a person: the user object and the header that App Connect would pass to a connector."""
    login = asked.world.log_in(asked.role, lifetime=asked.body.get("lifetime", 3600.0))
    return 201, {"user": login.user, "authHeader": login.auth_header}


def expire(asked: ControlRequest) -> Answer:
    """Let a person's tokens expire now."""
    asked.world.tokens.expire(asked.world.people[asked.role].id)
    return 204, None


def revoke(asked: ControlRequest) -> Answer:
    """Revoke a person's tokens."""
    asked.world.tokens.revoke(asked.world.people[asked.role].id)
    return 204, None


def list_records(asked: ControlRequest) -> Answer:
    """List a table's records, a page of them."""
    records = asked.world.store.all(asked.path["table"])
    start, limit = int(asked.query.get("offset", "0")), int(asked.query.get("limit", "100"))
    return 200, {"total": len(records), "records": records[start : start + limit]}


def create_record(asked: ControlRequest) -> Answer:
    """Add an appointment behind the connector's back, as the owner would in the CRM's own pages."""
    world = asked.world
    if asked.path["table"] != world.profile.table:
        raise RefusalError(404, f"only {world.profile.table} can be added")
    _see_depth(asked)
    key = out_of_band(world, lambda: asked.simulator.crm.add(world, world.people["owner"], asked.body, ""))
    return 201, world.store.get(world.profile.table, str(key))


def _record(asked: ControlRequest) -> Any:
    found = asked.world.store.get(asked.path["table"], asked.path["id"])
    if found is None:
        raise RefusalError(404, f"no {asked.path['table']}/{asked.path['id']} in {asked.world.name}")
    return found


def show_record(asked: ControlRequest) -> Answer:
    """Show a record as the store holds it."""
    return 200, _record(asked)


def edit_record(asked: ControlRequest) -> Answer:
    """Change an appointment behind the connector's back."""
    _record(asked)
    world = asked.world
    if asked.path["table"] != world.profile.table:
        raise RefusalError(404, f"only {world.profile.table} can be changed")
    _see_depth(asked)
    out_of_band(world, lambda: asked.simulator.crm.edit(world, world.people["owner"], asked.path["id"], asked.body))
    return 200, _record(asked)


def _see_depth(asked: ControlRequest) -> None:
    """Refuse a record that could not be saved and loaded again.

    Raises:
        RefusalError: it nests too deep.

    """
    if deeper(asked.body, MOST):
        raise RefusalError(400, f"the body nests deeper than {MOST} levels")


def delete_record(asked: ControlRequest) -> Answer:
    """Remove a record for good, behind the connector's back."""
    _record(asked)
    asked.world.on_external_change()
    with asked.world.store.commit() as commit:
        commit.remove(asked.path["table"], asked.path["id"])
    return 204, None


def cancel_record(asked: ControlRequest) -> Answer:
    """Cancel an appointment in the CRM's own way, behind the connector's back."""
    _record(asked)
    world = asked.world
    out_of_band(world, lambda: asked.simulator.crm.cancel(world, world.people["owner"], asked.path["id"]))
    return 200, {"state": asked.simulator.crm.state(world, asked.path["id"])}


def out_of_band(world: World, change: Callable[[], Any]) -> Any:
    """Change something as the CRM's own pages would; what it would refuse is a 422.

    Raises:
        RefusalError: with the CRM's words.

    """
    world.on_external_change()
    try:
        return change()
    except ApiError as error:
        raise RefusalError(422, error.message or f"the CRM refuses it ({error.status})") from None


def matching(asked: ControlRequest) -> list[Entry]:
    """Return the journal's entries that the query asks for, oldest first."""
    query = asked.query
    found = asked.world.journal.since(int(query.get("since", "0")))
    for name in ("method", "operation", "record", "person"):
        if name in query:
            found = [entry for entry in found if getattr(entry, name) == query[name]]
    if "status" in query:
        found = [entry for entry in found if str(entry.status) == query["status"]]
    return found


def chosen(asked: ControlRequest) -> list[Entry]:
    """Return the latest of the entries that the query asks for, as many as it allows."""
    found = matching(asked)
    return found[max(len(found) - int(asked.query.get("limit", "1000")), 0) :]


def show_journal(asked: ControlRequest) -> Answer:
    """Show what the world was asked and answered, secrets masked."""
    mask = asked.world.secrets.mask
    return 200, {"total": len(asked.world.journal), "entries": [entry.to_json(mask) for entry in chosen(asked)]}


def show_entry(asked: ControlRequest) -> Answer:
    """Show one entry of the journal by its number."""
    for entry in asked.world.journal.since():
        if str(entry.seq) == asked.path["seq"]:
            return 200, entry.to_json(asked.world.secrets.mask)
    raise RefusalError(404, f"no request {asked.path['seq']} in {asked.world.name}")


def show_har(asked: ControlRequest) -> Answer:
    """Return the journal as HTTP Archive 1.2."""
    return 200, archive(chosen(asked), asked.world.secrets.mask)


def vendor_openapi(asked: ControlRequest) -> Answer:
    """Describe what the fake CRM answers, as OpenAPI 3.1."""
    return 200, asked.simulator.crm.openapi()
