"""A plain calendar over HTTP: parse, ask the rules, render."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Request, Response, request

from greenroom.simulators.core import oauth
from greenroom.simulators.core.answer import Answer
from greenroom.simulators.core.bodies import sent_json
from greenroom.simulators.core.describe import Part, content, empty, listing, query, sent, thing
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.exchange import Exchange, exchange
from greenroom.simulators.core.hosts import matches
from greenroom.simulators.core.rest import log_in
from greenroom.simulators.core.rest.calendar.declared import LIMIT, CalendarError
from greenroom.simulators.core.rest.calendar.rules import Rules, diary
from greenroom.simulators.core.rest.fields import Moment
from greenroom.simulators.core.rest.routes import Route, Routes
from greenroom.simulators.core.store import Record

LIFETIME = 3600
"""Seconds that an access token lives."""
JSON = "application/json"
FAILURE = content(JSON, thing(["error"], error={}))


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON response."""
    return Answer(json.dumps(body), status, headers, content_type=JSON)


def error(failure: ApiError) -> Response:
    """Write an error: ``{"error": {"code", "reason", "message"}}``."""
    reason = failure.code if isinstance(failure, CalendarError) else "error"
    told = {"code": failure.status, "reason": reason, "message": failure.message}
    return answer({"error": told}, failure.status, failure.headers)


def token() -> Response:
    """Exchange a refresh token; the app's credentials come by HTTP Basic or in the form."""
    world = exchange().world
    if not log_in.is_app(world, request):
        return answer({"error": "invalid_client"}, 401)
    try:
        return answer(log_in.issued(log_in.exchanged(world, request, LIFETIME), token_type="Bearer"))  # noqa: S106
    except oauth.GrantError as refused:
        return answer({"error": refused.code, "error_description": refused.description}, 400)


class Views:
    """The operations of one vendor's events."""

    def __init__(self, rules: Rules) -> None:
        self._rules, self._of = rules, rules.of

    def authenticate(self) -> None:
        """Let only a valid token of this region pass, and only so often a minute.

        Raises:
            ApiError: the vendor's 401, or 429.

        """
        now, hosts = exchange(), self._of.profile.hosts
        if now.credential != "valid" or now.token is None or not matches(request.host, now.token.host, hosts):
            raise self._of.fail(401)
        used, most = self._used(now), self._most(now)
        now.world.counters[self._minute(now)] = used + 1
        if most is not None and used >= most:
            refusal = self._of.fail(429)
            refusal.headers = {"Retry-After": "30"}
            raise refusal

    def exhaust(self, now: Exchange) -> None:
        """Let this minute's requests be used up, as if the app had sent them elsewhere."""
        now.world.counters[self._minute(now)] = self._most(now) or 0

    def _most(self, now: Exchange) -> int | None:
        chosen = now.world.switches.get(LIMIT, "off")
        return None if chosen == "off" else int(chosen)

    def _used(self, now: Exchange) -> int:
        used: int = now.world.counters.get(self._minute(now), 0)
        return used

    def _minute(self, now: Exchange) -> tuple[str, int]:
        return now.token.value if now.token else "", int(now.world.clock.now().timestamp()) // 60

    def list(self) -> Response:
        """List the events that the person may see, in pages by id."""
        names, most = self._of.lists, self._of.profile.page
        if set(request.args) - set(names.parameters):
            raise self._of.fail(400)
        found = list(self._chosen(exchange(), request.args))
        more = {names.following: found[most]["id"]} if len(found) > most else {}
        return answer({names.items: [self._of.show(record) for record in found[:most]], **more})

    def _chosen(self, now: Exchange, asked: Mapping[str, str]) -> Iterator[Record]:
        names, start, end = self._of.lists, self._of.fields.named("start"), self._of.fields.named("end")
        since, until = (self._moment(asked.get(name)) for name in (names.since, names.until))
        shown = asked.get(names.ended) == "true"
        for record in self._rules.visible(now.world, now.person):
            begins, ends = (self._moment(record[str(name)]) or "" for name in (start, end))
            fits = (since is None or ends >= since) and (until is None or begins < until)
            if fits and str(record["id"]) >= asked.get(names.page, "") and (shown or self._stands(record)):
                yield record

    def _stands(self, record: Record) -> bool:
        return not self._of.profile.cancellation.ended(record)

    def _moment(self, value: str | None) -> str | None:
        """Read a moment of a parameter; a blank stands for the plus of an offset."""
        try:
            return value and Moment("").read(value.replace(" ", "+"))
        except ValueError:
            raise self._of.fail(400) from None

    def show(self, event: str) -> Response:
        """Show an event, also a cancelled one whose record is kept."""
        now, profile = exchange(), self._of.profile
        now.shows = profile.shows(None)
        record = self._rules.seen(now.world, now.person, event)
        now.shows = profile.shows(record)
        return self._one(record)

    def create(self) -> Response:
        """Make an event."""
        now = exchange()
        if not self._rules.may_create(now.world, now.person):
            raise self._of.fail(403)
        with now.commit() as commit:
            key = self._rules.make(commit, diary(now.person), self._body())
        now.classify("create", key)
        return self._one(self._rules.seen(now.world, now.person, key), 201)

    def change(self, event: str) -> Response:
        """Change the fields that came."""
        now, fields = exchange(), self._rules.read(self._body())
        self._rules.writable(now.world, now.person, event)
        with now.commit() as commit:
            self._match(event)
            changed = self._rules.change(now.world, commit, event, fields)
        return self._one(changed)

    def delete(self, event: str) -> Response:
        """Delete an event, which may be to cancel it."""
        now = exchange()
        self._rules.writable(now.world, now.person, event)
        with now.commit() as commit:
            self._match(event)
            self._rules.delete(now.world, commit, event)
        response = Response(status=204)
        response.headers.pop("Content-Type", None)
        return response

    def _match(self, event: str) -> None:
        """See that an event is as the client knows it, at the moment of writing."""
        record, wanted = exchange().world.store.get(self._of.table, event), request.headers.get("If-Match", "*")
        if record is not None and wanted not in ("*", self._of.etag(record)):
            raise self._of.fail(412)

    def _one(self, record: Record, status: int = 200) -> Response:
        return answer(self._of.show(record), status, {"ETag": self._of.etag(record)})

    def _body(self) -> Mapping[str, Any]:
        body = sent_json()
        if not isinstance(body, dict):
            raise self._of.fail(400)
        return body

    def does(self, asked: Request) -> str:
        """Tell what a request that sets fields would do: to set the status may be to cancel."""
        body = sent_json()
        cancels = isinstance(body, dict) and self._of.profile.cancellation.done_by(asked.method, body)
        return "cancel" if cancels else "update"

    def routes(self) -> Routes:
        """Return the operations as rows."""
        path, event, names = self._of.path, f"{self._of.path}/<event>", self._of.lists
        one, many = (
            content(JSON, self._of.described),
            thing([names.items], **{names.items: listing(self._of.described)}),
        )
        fields = sent({"type": "object", "properties": self._of.fields.described})
        deleting = "cancel" if self._rules.deleting_cancels else "delete"
        return Routes(
            Route("GET", path, self.list, "list", _told(200, content(JSON, many)), query(None, *names.parameters)),
            Route("POST", path, self.create, "create", _told(201, one), body=fields, does="create"),
            Route("GET", event, self.show, "show", _told(200, one), does="read", about="event"),
            Route(self._of.changes, event, self.change, "change", _told(200, one), [], fields, self.does, "event"),
            Route("DELETE", event, self.delete, "delete", _told(204, empty("done")), does=deleting, about="event"),
        )


def _told(status: int, good: Part) -> Part:
    """Return the responses of an operation."""
    return {str(status): good, "4XX": FAILURE}
