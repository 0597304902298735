"""The control API over HTTP: guarded, checked against its own description, answered in JSON."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Flask, Response, request
from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException

from greenroom.simulators.core.control import openapi, views
from greenroom.simulators.core.control.front import CONSOLE, ENDPOINTS, HEADERS, PageSet, add_pages
from greenroom.simulators.core.control.guard import Guard, RefusalError
from greenroom.simulators.core.control.handlers import ControlRequest
from greenroom.simulators.core.control.routes import FOLLOW, NEWS, ROUTES, Route
from greenroom.simulators.core.errors import SaveError
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.server import Listener, in_url
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import World

MOST_FOLLOWERS = 4
"""Streams at a time: each holds a server thread."""
SILENCE = 1.0
"""Seconds after which a silent stream sends a comment, and notices that its reader is gone."""
PACE = 0.2
"""Seconds between two tellings of news at least: more often nobody can look, and telling takes time from answering."""
BREATH = 0.1
"""Seconds between two tellings of entries at least: told together they cost a quarter of what they cost one by one."""
TOGETHER = 500
"""Entries that are told together at most."""


class Control:
    """A running control API of one simulator, on an address of its own, and the pages that use it.

    Args:
        simulator: which one.
        host, port: where; 0 picks a free port.
        token: every request must carry it; without one only loopback names are answered.
        front: the page at ``/``, and routes that only it needs.

    Raises:
        OSError: the port is taken.

    """

    def __init__(
        self,
        simulator: Simulator,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str | None = None,
        front: PageSet = CONSOLE,
    ) -> None:
        self._simulator = simulator
        self._front = front
        self._closing = threading.Event()
        self._followers = threading.Semaphore(MOST_FOLLOWERS)
        self._listener = Listener(self._app(Guard(token)), _refusal, host, port, None)
        self.url = f"http://{in_url(host)}:{self._listener.port}"

    def _app(self, guard: Guard) -> Flask:
        app = Flask("control", static_folder=None)
        app.config.update(MAX_CONTENT_LENGTH=64 * 1024 * 1024, PROVIDE_AUTOMATIC_OPTIONS=False)
        app.json.sort_keys = False
        app.before_request(lambda: guard.check(request, page=request.endpoint in ENDPOINTS))
        for place, route in enumerate((*ROUTES, *self._front.routes)):
            app.add_url_rule(flask_path(route.path), str(place), self._view(route), methods=[route.method])
        described = openapi.describe(self._simulator.crm.profile.crm, self._front.routes)
        app.add_url_rule("/openapi.json", "openapi", lambda: described, methods=["GET"])
        app.add_url_rule(flask_path(FOLLOW), "follow", self._follow, methods=["GET"])
        app.add_url_rule(flask_path(NEWS), "news", self._news, methods=["GET"])
        add_pages(app, self._front)
        app.after_request(_hardened)
        app.register_error_handler(RefusalError, lambda error: _error(error.status, error.sentence, error.field))
        app.register_error_handler(HTTPException, lambda error: _error(error.code or 500, error.description or ""))
        app.register_error_handler(SaveError, lambda error: _error(503, str(error)))
        app.register_error_handler(ValueError, lambda error: _error(400, str(error)))
        return app

    def _view(self, route: Route) -> Callable[..., Response]:
        body = Draft202012Validator(dict(route.body)) if route.body is not None else None

        def view(**path: str) -> Response:
            asked = ControlRequest(self._simulator, path, _query(route), _body(body))
            seen = {world: world.undone for world in list(self._simulator.worlds.values())}
            status, answer = route.handler(asked)
            if route.method != "GET":
                for world in list(self._simulator.worlds.values()):
                    self._simulator.note(world, seen.get(world))
            text = "" if status == 204 else json.dumps(answer)
            return Response(text, status, content_type="application/json")

        return view

    def _follow(self, world: str) -> Response:
        found = self._named(world)
        start = request.args.get("since", str(len(found.journal)))
        if not start.isdigit():
            raise RefusalError(400, "since: a whole number")
        return self._stream(self._events(found, int(start)))

    def _news(self, world: str) -> Response:
        name = self._named(world).name
        return self._stream(views.change_feed(self._simulator, name, self._closing, SILENCE, PACE))

    def _named(self, world: str) -> World:
        return ControlRequest(self._simulator, {"world": world}, {}, {}).world

    def _stream(self, events: Iterator[str]) -> Response:
        if request.method == "HEAD":
            return Response(content_type="text/event-stream")
        if not self._followers.acquire(blocking=False):
            raise RefusalError(503, f"{MOST_FOLLOWERS} readers follow already; close one")
        response = Response(events, content_type="text/event-stream")
        response.call_on_close(self._followers.release)  # not in the stream: one that never starts never ends
        return response

    def _events(self, world: World, mark: int) -> Iterator[str]:
        """Tell a world's entries; reset or loaded it is another one of the same name, told from its beginning
        once nothing of the old one is left to tell.
        """
        yield ": following\n\n"
        while not self._closing.is_set():
            found = self._present(world.name)
            mark, entries = world.journal.wait(mark, SILENCE if found is world else 0, TOGETHER)
            yield _in_events(world, entries, mark) or ": silence\n\n"
            mark += len(entries)
            if len(entries) == TOGETHER:
                continue
            if found is None:
                return
            if found is not world:
                world, mark = found, 0
                yield "event: reset\ndata: {}\n\n"
            if entries:
                self._closing.wait(BREATH)

    def _present(self, name: str) -> World | None:
        """Return the world of a name; a reset takes it away for a moment, so that it is looked for twice."""
        found = self._simulator.worlds.get(name)
        if found is None:
            self._closing.wait(SILENCE)
        return found or self._simulator.worlds.get(name)

    def close(self) -> None:
        """Stop answering."""
        self._closing.set()
        self._listener.close()


def _in_events(world: World, entries: Iterable[Entry], mark: int) -> str:
    return "".join(
        f"id: {number}\nevent: entry\ndata: {json.dumps(entry.to_json(world.secrets.mask))}\n\n"
        for number, entry in enumerate(entries, mark + 1)
    )


def _hardened(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


def flask_path(path: str) -> str:
    """Write ``{name}`` as Flask does."""
    return path.replace("{", "<").replace("}", ">")


def _query(route: Route) -> dict[str, str]:
    for name, value in request.args.items():
        schema = route.query.get(name)
        if schema is None:
            known = f"; known ones are {', '.join(route.query)}" if route.query else ""
            raise RefusalError(400, f"unknown query parameter '{name}'{known}")
        _check(Draft202012Validator(dict(schema)), value, name)
    return request.args.to_dict()


def _body(schema: Draft202012Validator | None) -> dict[str, Any]:
    if schema is None:
        return {}
    try:
        sent = json.loads(request.get_data() or b"{}")
    except (ValueError, RecursionError) as error:
        raise RefusalError(400, f"the body is not JSON: {error}") from None
    _check(schema, sent, "body")
    checked: dict[str, Any] = sent
    return checked


def _check(schema: Draft202012Validator, value: Any, name: str) -> None:
    problem = next(schema.iter_errors(value), None)
    if problem is not None:
        place = ".".join([name, *map(str, problem.absolute_path)])
        raise RefusalError(400, f"{place}: {problem.message[:300]}", next(map(str, problem.absolute_path), None))


def _error(status: int, sentence: str, field: str | None = None) -> Response:
    body = {"error": sentence, **({"field": field} if field else {})}
    response = Response(json.dumps(body), status, content_type="application/json")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _refusal(status: int) -> tuple[list[tuple[str, str]], bytes]:
    response = _error(status, "the request is malformed")
    return [(k, v) for k, v in response.headers if k != "Content-Length"], response.get_data()
