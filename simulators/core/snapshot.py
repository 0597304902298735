"""A world as one JSON document: saved, loaded, and what ``--state`` keeps."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from greenroom.simulators.core import documents
from greenroom.simulators.core.documents import Table
from greenroom.simulators.core.grants import Certificate, Code, Grants
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
    """Return everything of a world but its journal and its records.

    Requests go on meanwhile: each table is copied at one stroke before it is gone through.
    """
    return {
        "format": FORMAT,
        "crm": world.profile.crm,
        "name": world.name,
        "number": world.number,
        "site": world.site.name,
        "switches": dict(world.switches),
        "clock": world.clock.dump(),
        "people": {
            role: {**asdict(person), "rights": dict(person.rights)} for role, person in dict(world.people).items()
        },
        "appointments": dict(world.appointments),
        "tokens": [{**asdict(token), "expires_at": token.expires_at.isoformat()} for token in world.tokens.all()],
        "grants": _granted(world.grants),
        "secrets": world.secrets.dump(),
    }


def _granted(grants: Grants) -> dict[str, Any]:
    return {
        "codes": {c: {**asdict(v), "expires_at": v.expires_at.isoformat()} for c, v in dict(grants.codes).items()},
        "refresh": dict(grants.refresh),
        "client_id": grants.client_id,
        "client_secret": grants.client_secret,
        "certificates": {name: asdict(found) for name, found in dict(grants.certificates).items()},
    }


def fill(world: World, document: Mapping[str, Any], tables: Mapping[str, Table]) -> None:
    """Fill an empty world from a document, whose records are those of a CRM's tables.

    Raises:
        DocumentError: something is missing, or not of the form that :func:`dump` writes; nothing else fails later.

    """
    found = documents.problem(document, tables, world.profile.user_ids)
    if found:
        msg = f"this is no saved world of {world.profile.crm}: {found}"
        raise DocumentError(msg)
    try:
        _fill(world, document)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        msg = f"this is no saved world of {world.profile.crm}: {error!r}"
        raise DocumentError(msg) from None


def _fill(world: World, document: Mapping[str, Any]) -> None:
    if document["format"] != FORMAT or document["crm"] != world.profile.crm:
        msg = f"format {document['format']} of {document['crm']}, wanted format {FORMAT}"
        raise ValueError(msg)
    world.secrets.load(document["secrets"])
    _put(world, document)
    _check_people(world)
    records = {table: {k: frozen(dict(r)) for k, r in rows.items()} for table, rows in document["records"].items()}
    world.store.load(records, {table: set(keys) for table, keys in document["gone"].items()})


def _put(world: World, saved: Mapping[str, Any]) -> None:
    """Set what :func:`rest` returned; each part at one stroke, since requests go on meanwhile."""
    world.flip(saved["switches"])
    world.clock.load(saved["clock"])
    world.people = {role: Person(**person) for role, person in saved["people"].items()}
    world.appointments = dict(saved["appointments"])
    world.grants = _grants(saved["grants"], world.grants)
    tokens = [{**token, "expires_at": _moment(token["expires_at"])} for token in saved["tokens"]]
    world.tokens.restore([Token(**token) for token in tokens])


def restore(world: World, saved: Mapping[str, Any]) -> None:
    """Take back whatever changed beside the records since :func:`rest` returned this."""
    _put(world, saved)
    world.secrets.restore(saved["secrets"])


def _grants(saved: Mapping[str, Any], before: Grants) -> Grants:
    codes = {c: Code(**{**v, "expires_at": _moment(v["expires_at"])}) for c, v in saved["codes"].items()}
    certificates = {name: Certificate(**found) for name, found in saved.get("certificates", {}).items()}
    app = (saved["client_id"], saved["client_secret"])
    return Grants(codes, dict(saved["refresh"]), *app, before.issued_for, certificates)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        msg = f"{text} has no time zone"
        raise ValueError(msg)
    return moment.astimezone(UTC)


def _check_people(world: World) -> None:
    """See that whatever opens the world leads to somebody in it."""
    ids = {person.id for person in world.people.values()}
    grants = world.grants
    roles = {*grants.refresh.values(), *(code.role for code in grants.codes.values())}
    roles |= {certificate.role for certificate in grants.certificates.values()}
    lost = {token.person for token in world.tokens.all()} - ids | roles - set(world.people)
    if lost:
        msg = f"tokens of nobody in it: {', '.join(sorted(map(str, lost)))}"
        raise ValueError(msg)


def frozen(value: Any) -> Record | Any:
    """Return JSON as records keep it: lists become tuples, since records never change in place."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    if isinstance(value, dict):
        return {name: frozen(item) for name, item in value.items()}
    return value
