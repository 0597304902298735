"""Bullhorn over HTTP: parse, ask the rules, render."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Request, Response, g, request

from greenroom.simulators.bullhorn import (
    entities,
    invitations,
    limits,
    links,
    oauth,
    paging,
    places,
    render,
    rights,
    rules,
    selector,
    sessions,
    surface,
    where,
)
from greenroom.simulators.bullhorn.entities import Entity
from greenroom.simulators.bullhorn.errors import BadParameter, EntityNotFound, MissingParameter, QueryIndexed
from greenroom.simulators.bullhorn.lookups import TABLE
from greenroom.simulators.bullhorn.profile import PROFILE
from greenroom.simulators.core.bodies import media_is, sent_json
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.exchange import Exchange, exchange
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.surface import UNSIMULATED

API = f"{places.SERVICES}/<corp>"
_ID = re.compile(r"[1-9][0-9]{0,17}")
_IDS = re.compile(r"[0-9]+(,[0-9]+)+")


def blueprint() -> Blueprint:
    """Return Bullhorn's routes."""
    routes = Blueprint("bullhorn", __name__)
    oauth.add(routes)
    sessions.add(routes)
    api = Blueprint("api", __name__)
    api.before_request(authenticate)
    api.before_request(known)
    for place, (method, path, view) in enumerate(_ROUTES):
        api.add_url_rule(API + path, f"{view.__name__}{place}", view, methods=[method])
    for operation in surface.SURFACE:
        if operation.klass == UNSIMULATED:
            path = operation.path.replace("{", "<").replace("}", ">")
            api.add_url_rule(path, f"unsimulated {operation}", unsimulated, methods=[operation.method])
    routes.register_blueprint(api)
    return routes


def credential(incoming: Request) -> str | None:
    """Return the session of a request, or the grant or access token that is to be exchanged."""
    if incoming.path == f"{oauth.BASE}/token":
        return incoming.values.get("code") or incoming.values.get("refresh_token")
    if incoming.path == sessions.LOG_IN:
        return incoming.values.get("access_token")
    return sessions.presented(incoming)


def authenticate() -> None:
    """Let only a session of this account pass, and only so often a minute."""
    sessions.check(exchange())
    limits.count(exchange())


def known() -> None:
    """Let only a request pass that names nothing which Bullhorn has and the fake has not.

    Raises:
        Unsimulated: it does.

    """
    operation = surface.SURFACE.at(request.method, request.url_rule.rule) if request.url_rule else None
    if operation is not None:
        operation.check(surface.asking(request.args), request.headers.keys(), _named(operation.fields))


def _named(fields: Mapping[str, str]) -> Any:
    return sent_json() if fields else None


def unsimulated(**_: str) -> Response:
    """Stand for an operation that Bullhorn has and the fake has not; ``known`` lets no request through.

    Raises:
        Unsimulated: always.

    """
    raise Unsimulated(f"{request.method} {request.path}")


def classify(now: Exchange) -> None:
    """Note what a request would do to which appointment."""
    arguments = request.view_args or {}
    entity, key = arguments.get("entity"), arguments.get("key")
    if entity == TABLE and "/entity/" in request.path:
        now.classify(*_aim(key))
    elif entity == links.ENTITY and request.method in ("PUT", "POST", "DELETE") and "/entity/" in request.path:
        now.classify("update", _invited(key))
    elif "corp" not in arguments or "/query/" in request.path:
        now.classify("other")  # log-ins write nothing, whatever fires on them, and a query reads


def _aim(key: str | None) -> tuple[str, str | None]:
    if key is None:
        return "create", None
    if request.method == "GET":
        return ("other", None) if _IDS.fullmatch(key) else ("read", key)
    sent = sent_json() if b"isDeleted" in g.body else None
    fields = sent if isinstance(sent, Mapping) else {}
    return ("cancel" if PROFILE.cancellation.done_by(request.method, fields) else "update"), key


def _invited(key: str | None) -> str | None:
    """Return the appointment to which an AppointmentAttendee belongs, or shall belong."""
    if key is not None:
        return links.appointment(key) if _ID.fullmatch(key) else None
    sent = sent_json()
    named = sent.get("appointment") if isinstance(sent, Mapping) else None
    return str(named.get("id")) if isinstance(named, Mapping) else None


def finish(now: Exchange, response: Response) -> None:
    """Add the headers that the answers of calls carry."""
    if f"{places.SERVICES}/" in now.path:
        for name, value in limits.headers(now.world).items():
            response.headers[name] = value


def body() -> Mapping[str, Any]:
    """Return the request body, a JSON object.

    Raises:
        BadParameter: it is none.

    """
    sent = sent_json() if media_is() else None
    if not isinstance(sent, Mapping):
        raise BadParameter("The body must be a JSON object.")
    return sent


def _entity(name: str) -> Entity:
    """Return the entity of a path.

    Raises:
        Unsimulated: the vendor has it, and the fake has not.
        EntityNotFound: there is none of that name.

    """
    if name in entities.ELSEWHERE:
        raise Unsimulated(f"the entity {name}")
    if name not in entities.ENTITIES:
        raise EntityNotFound(name)
    return entities.ENTITIES[name]


def _wanted(of: Entity) -> selector.Wanted:
    asked = request.args.get("fields")
    if not asked:
        raise MissingParameter("fields or layout")
    return selector.parse(asked, of)


def _one(entity: str, key: str) -> str:
    """Return the id of one record.

    Raises:
        Unsimulated: several ids.
        EntityNotFound: no id.

    """
    if _IDS.fullmatch(key):
        raise Unsimulated(f"{request.method} of several {entity}s at once")
    if not _ID.fullmatch(key):
        raise EntityNotFound(entity)
    return key


def show(corp: str, entity: str, key: str) -> Response:  # noqa: ARG001
    """Show one record, or several."""
    of = _entity(entity)
    wanted = _wanted(of)
    if _IDS.fullmatch(key):
        return _several(of, key.split(","), wanted)
    record = _found(of, key)
    return render.answer({"data": render.picked(rules.sight(exchange()), of, record, wanted)})


def _found(of: Entity, key: str) -> Record:
    now = exchange()
    if of.name == TABLE:
        return _appointment(now, key)
    if of.name == links.ENTITY:
        return invitations.find(now, _one(of.name, key))
    found = rules.sight(now).find(of.name, key)
    if found is None:
        raise EntityNotFound(of.name)
    return found


def _appointment(now: Exchange, key: str) -> Record:
    try:
        record = rules.show(now, _one(TABLE, key))
    except EntityNotFound:
        now.shows = "absent"
        raise
    now.shows = PROFILE.shows(record)
    return record


def _several(of: Entity, keys: list[str], wanted: selector.Wanted) -> Response:
    sight = rules.sight(exchange())
    records = [record for key in dict.fromkeys(keys) if (record := sight.find(of.name, key)) is not None]
    if not records:
        raise EntityNotFound(of.name)
    found = paging.page(sight, of, records, {"count": str(paging.MOST), **request.args})
    return render.answer({"data": render.listed(sight, of, found.records, wanted)})


def show_many(corp: str, entity: str, key: str, many: str) -> Response:  # noqa: ARG001
    """Show those to which a to-many association of one record leads."""
    of = _entity(entity)
    field = of.field(many)
    if field.kind != entities.MANY:
        raise BadParameter(f"'{many}' of {entity} does not lead to many entities.")
    to = entities.entity(field.to)
    wanted = _wanted(to)
    record, sight = _found(of, _one(entity, key)), rules.sight(exchange())
    return _page(to, sight.members(record, many), wanted)


def _page(of: Entity, records: list[Record], wanted: selector.Wanted) -> Response:
    sight = rules.sight(exchange())
    found = paging.page(sight, of, records, request.args)
    told = {"start": found.start, "count": len(found.records)}
    total = {"total": found.total} if request.args.get("showTotalMatched") == "true" else {}
    return render.answer({**total, **told, "data": render.listed(sight, of, found.records, wanted)})


def create(corp: str, entity: str) -> Response:  # noqa: ARG001
    """Make an appointment, or invite somebody to one."""
    now = exchange()
    if entity == TABLE:
        key = rules.create(now, body())
        now.classify("create", key)
    elif entity == links.ENTITY:
        key = invitations.create(now, body())
    else:
        raise Unsimulated(f"PUT of {_entity(entity).name}")
    return render.changed(entity, key, "INSERT")


def update(corp: str, entity: str, key: str) -> Response:  # noqa: ARG001
    """Change an appointment, or what somebody answered."""
    if entity == TABLE:
        rules.update(exchange(), _one(entity, key), body())
    elif entity == links.ENTITY:
        invitations.update(exchange(), _one(entity, key), body())
    else:
        raise Unsimulated(f"POST of {_entity(entity).name}")
    return render.changed(entity, key, "UPDATE")


def delete(corp: str, entity: str, key: str) -> Response:  # noqa: ARG001
    """Mark an appointment as deleted, or take an invitation back."""
    if entity == TABLE:
        rules.delete(exchange(), _one(entity, key))
    elif entity == links.ENTITY:
        invitations.delete(exchange(), _one(entity, key))
    else:
        raise Unsimulated(f"DELETE of {_entity(entity).name}")
    return render.changed(entity, key, "DELETE")


def query(corp: str, entity: str) -> Response:  # noqa: ARG001
    """Find records by a condition."""
    of = _entity(entity)
    if of.name in entities.INDEXED:
        raise QueryIndexed(of.name)
    condition = request.args.get("where") if request.method == "GET" else body().get("where")
    if not condition or not isinstance(condition, str):
        raise MissingParameter("where")
    records = _matching(of, condition)
    if request.args.get("totalOnly") == "true":
        return render.answer({"total": len(records)})
    return _page(of, records, _wanted(of))


def _matching(of: Entity, condition: str) -> list[Record]:
    now, test = exchange(), where.parse(condition, of)
    if of.name in (TABLE, links.ENTITY):
        rules.check_reads(now.person)
    sight = rules.sight(now)
    return [record for record in sight.every(of.name) if test(sight.read(of, record)) is True]


def entitlements(corp: str, entity: str) -> Response:  # noqa: ARG001
    """List what the user may do to an entity."""
    if _entity(entity).name in (TABLE, links.ENTITY):
        return render.answer(rights.entitlements(exchange().person))
    return render.answer(["READ_CORPORATE"])


def ping(corp: str) -> Response:  # noqa: ARG001
    """Tell when the session ends."""
    return sessions.ping()


def log_out(corp: str) -> Response:  # noqa: ARG001
    """End the session."""
    return sessions.log_out()


_ROUTES = (
    ("GET", "/ping", ping),
    ("GET", "/logout", log_out),
    ("GET", "/entitlements/<entity>", entitlements),
    ("PUT", "/entity/<entity>", create),
    ("GET", "/entity/<entity>/<key>", show),
    ("POST", "/entity/<entity>/<key>", update),
    ("DELETE", "/entity/<entity>/<key>", delete),
    ("GET", "/entity/<entity>/<key>/<many>", show_many),
    ("GET", "/query/<entity>", query),
    ("POST", "/query/<entity>", query),
)
