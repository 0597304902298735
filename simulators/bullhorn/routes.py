"""Bullhorn over HTTP: parse, ask the rules, render."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Request, Response, request

from greenroom.simulators.bullhorn import (
    entities,
    invitations,
    limits,
    links,
    oauth,
    openapi,
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
from greenroom.simulators.core.rest import carriers
from greenroom.simulators.core.rest.carriers import Carrier, at, first
from greenroom.simulators.core.rest.routes import Does, Route, Routes, View
from greenroom.simulators.core.rest.vendor import Group
from greenroom.simulators.core.store import Record

API = f"{places.SERVICES}/<corp>"
_ID = re.compile(r"[1-9][0-9]{0,17}")
_IDS = re.compile(r"[0-9]+(,[0-9]+)+")


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


def _aims(asked: Request) -> tuple[str, str | None]:
    """Return what a request would do to which appointment; nothing, if it is about another entity."""
    arguments = asked.view_args or {}
    key = arguments.get("key")
    if arguments["entity"] == TABLE:
        return _appointments(asked, key)
    if arguments["entity"] == links.ENTITY and asked.method != "GET":
        return "update", _invited(key)
    return "", None


def _appointments(asked: Request, key: str | None) -> tuple[str, str | None]:
    if key is None:
        return "create", None
    if asked.method == "GET":
        return ("other", None) if _IDS.fullmatch(key) else ("read", key)
    sent = sent_json() if b"isDeleted" in exchange().body else None
    fields = sent if isinstance(sent, Mapping) else {}
    return ("cancel" if PROFILE.cancellation.done_by(asked.method, fields) else "update"), key


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
    """Return the id of one record. Several ids are known of reads alone.

    Raises:
        EntityNotFound: no id, or several.

    """
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
    counts = {"start": found.start, "count": len(found.records)}
    total = {"total": found.total} if request.args.get("showTotalMatched") == "true" else {}
    return render.answer({**total, **counts, "data": render.listed(sight, of, found.records, wanted)})


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


def _sent(*names: str) -> Carrier:
    """Return the carrier of a log-in's parameters, in its address or a form."""
    return lambda asked: next((value for name in names if (value := asked.values.get(name))), None)


def _row(method: str, path: str, view: View, name: str, does: str | Does = "") -> Route:
    return Route(method, path, view, name, **openapi.OPERATIONS[name], does=does)


_ENTITY = f"{API}/entity/<entity>"
CALLS = Routes(
    _row("GET", f"{API}/ping", sessions.ping, "ping"),
    _row("GET", f"{API}/logout", sessions.log_out, "logout"),
    _row("GET", f"{API}/entitlements/<entity>", entitlements, "entitlements"),
    _row("PUT", _ENTITY, create, "create", _aims),
    _row("GET", f"{_ENTITY}/<key>", show, "show", _aims),
    _row("POST", f"{_ENTITY}/<key>", update, "update", _aims),
    _row("DELETE", f"{_ENTITY}/<key>", delete, "delete", _aims),
    _row("GET", f"{_ENTITY}/<key>/<many>", show_many, "showMany", _aims),
    _row("GET", f"{API}/query/<entity>", query, "query", "other"),
    _row("POST", f"{API}/query/<entity>", query, "queryAtLength", "other"),
)
LOG_IN = Routes(
    _row("GET", f"{oauth.BASE}/authorize", oauth.authorize, "authorize", "other"),
    _row("POST", f"{oauth.BASE}/authorize", oauth.authorize, "authorizeByForm", "other"),
    _row("POST", f"{oauth.BASE}/token", oauth.token, "token", "other"),
    _row("GET", sessions.LOG_IN, sessions.log_in, "logIn", "other"),
    _row("POST", sessions.LOG_IN, sessions.log_in, "logInByPost", "other"),
    _row("GET", f"{places.SERVICES}/loginInfo", sessions.log_in_info, "logInInfo", "other"),
)
GROUPS = (Group("log-in", LOG_IN), Group("calls", CALLS, (authenticate, known), tuple(surface.SURFACE)))
CARRIER = at(
    f"{oauth.BASE}/token",
    _sent("code", "refresh_token"),
    at(
        sessions.LOG_IN,
        _sent("access_token"),
        first(carriers.query(sessions.NAME), carriers.header(sessions.NAME), carriers.cookie(sessions.NAME)),
    ),
)
