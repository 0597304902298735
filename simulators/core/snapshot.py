"""A world as one JSON document: saved, loaded, and what ``--state`` keeps."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from greenroom.simulators.core.grants import Code, Grants
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.tokens import Token
from greenroom.simulators.core.world import Person, World

FORMAT = 1


class DocumentError(ValueError):
    """A document is no world of this CRM; the message says what is wrong with it."""


def dump(world: World) -> dict[str, Any]:
    """Return everything of a world but its journal. Holds its tokens: treat it as they are treated."""
    return {**rest(world), "records": world.store.dump(), "gone": world.store.gone()}


def rest(world: World) -> dict[str, Any]:
    """Return everything of a world but its journal and its records."""
    return {
        "format": FORMAT,
        "crm": world.profile.crm,
        "name": world.name,
        "number": world.number,
        "site": world.site.name,
        "switches": dict(world.switches),
        "clock": world.clock.dump(),
        "people": {role: {**asdict(person), "rights": dict(person.rights)} for role, person in world.people.items()},
        "appointments": dict(world.appointments),
        "tokens": [{**asdict(token), "expires_at": token.expires_at.isoformat()} for token in world.tokens.all()],
        "grants": {
            "codes": {c: {**asdict(v), "expires_at": v.expires_at.isoformat()} for c, v in world.grants.codes.items()},
            "refresh": dict(world.grants.refresh),
            "client_id": world.grants.client_id,
            "client_secret": world.grants.client_secret,
        },
        "secrets": world.secrets.dump(),
    }


def fill(world: World, document: Mapping[str, Any]) -> None:
    """Fill an empty world from a document.

    Raises:
        DocumentError: something is missing, or not of the form that :func:`dump` writes.

    """
    try:
        _fill(world, document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        msg = f"this is no saved world of {world.profile.crm}: {error!r}"
        raise DocumentError(msg) from None


def _fill(world: World, document: Mapping[str, Any]) -> None:
    if document["format"] != FORMAT or document["crm"] != world.profile.crm:
        msg = f"format {document['format']} of {document['crm']}, wanted format {FORMAT}"
        raise ValueError(msg)
    world.flip(document["switches"])
    world.clock.load(document["clock"])
    world.people.update({role: Person(**person) for role, person in document["people"].items()})
    world.appointments.update(document["appointments"])
    grants = document["grants"]
    codes = {
        c: Code(**{**v, "expires_at": datetime.fromisoformat(v["expires_at"])}) for c, v in grants["codes"].items()
    }
    world.grants = Grants(codes, dict(grants["refresh"]), grants["client_id"], grants["client_secret"])
    world.secrets.load(document["secrets"])
    for token in document["tokens"]:
        world.tokens.add(Token(**{**token, "expires_at": datetime.fromisoformat(token["expires_at"])}))
    for value in (*codes, *grants["refresh"]):
        world.tokens.announce(value)
    records = {table: {k: frozen(r) for k, r in rows.items()} for table, rows in document["records"].items()}
    world.store.load(records, {table: set(keys) for table, keys in document["gone"].items()})


def frozen(value: Any) -> Record | Any:
    """Return JSON as records keep it: lists become tuples, since records never change in place."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    if isinstance(value, dict):
        return {name: frozen(item) for name, item in value.items()}
    return value
