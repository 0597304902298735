"""The Flask application of a simulator: find the world, let the CRM's routes answer, write the journal."""

import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Request, Response, g, request
from flask.globals import request_ctx
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge

from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.delivery import CONNECTION_FAULT, ENVIRON
from greenroom.simulators.core.errors import ApiError, SaveError
from greenroom.simulators.core.faults import page, striking
from greenroom.simulators.core.faults.fault import NOTHING
from greenroom.simulators.core.hosts import ELSEWHERE
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.visit import Visit, visit
from greenroom.simulators.core.world import World

LARGEST_BODY = 8 * 1024 * 1024
"""Bytes; a larger request body is refused with 413. No appointment comes near it."""
BACKSTAGE = "greenroom.backstage"
"""Where the WSGI environment of a request names its simulator."""
SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Backstage:
    """What the application asks of the simulator that a request came to.

    ``world_of`` tells which world the bearer of a token (or of none) is in; ``note`` hears, before the answer goes
    out, of a world in which something beside the records may have changed; ``numbers`` count the requests.
    """

    world_of: Callable[[str | None], World]
    note: Callable[[World, int], None]
    numbers: Iterator[int]


def serving(crm: Crm, backstage: Backstage) -> WSGIApplication:
    """Return the application of one simulator."""
    app = build_app(crm)

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[BACKSTAGE] = backstage
        return app(environ, start_response)

    return serve


@cache
def build_app(crm: Crm) -> Flask:
    """Build a CRM's application, once for all its simulators: its many routes take their time."""
    app = Flask(crm.profile.crm, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    _add_visit(app, crm)
    app.register_blueprint(crm.blueprint())
    _add_errors(app, crm)
    return app


def _backstage() -> Backstage:
    found: Backstage = request.environ[BACKSTAGE]
    return found


def _add_visit(app: Flask, crm: Crm) -> None:
    def arrive() -> Response | None:
        world_of = _backstage().world_of
        operation = "other" if request.method in SAFE else "write"
        g.visit = Visit(world_of(None), None, "missing", operation, request.path)
        _take_body()
        value = crm.credential(request)
        world = world_of(value)
        token = world.tokens.find(value)
        standing = world.tokens.standing(token) if value else "missing"
        g.visit = now = Visit(world, token, standing, operation, request.path, value, undone=world.undone)
        if request.host.split(":")[0].lower() == ELSEWHERE:
            now.aims("elsewhere")
            return page.page(503)
        crm.aim(now)
        if world.pace:
            time.sleep(world.pace)
        return striking.arrive(now, crm, request.method)

    def leave(response: Response) -> Response:
        now, backstage = visit(), _backstage()
        try:
            response = striking.leave(now, crm, response, reads=request.method in SAFE)
            if now.record is None or now.struck:
                backstage.note(now.world, now.undone)
        except SaveError as error:
            response = response if now.changes else _unsaved(crm, error)  # what was committed is kept
        crm.finish(now, response)
        request.environ[ENVIRON] = now.delivery
        now.world.journal.add(_entry(now, next(backstage.numbers), response))
        return response

    app.before_request(arrive)
    app.after_request(leave)


def _take_body() -> None:
    """Read the whole body before anything is done: one that is too large or does not arrive whole does nothing.

    Raises:
        RequestEntityTooLarge, BadRequest: as the names say.

    """
    g.body = b""
    try:
        body = request.get_data(cache=True, parse_form_data=False)
    except RequestEntityTooLarge:
        raise
    except (ValueError, OSError):
        raise BadRequest("the body cannot be read") from None
    if request.content_length is not None and len(body) != request.content_length:
        raise BadRequest("the body did not arrive whole")
    g.body = body


def current_request() -> Request:
    """Return the request itself: behind Flask's proxy each look costs several."""
    found: Request = request_ctx.request
    return found


def _entry(now: Visit, seq: int, response: Response) -> Entry:
    asked = current_request()
    path, _, query = asked.environ.get("REQUEST_URI", asked.full_path).partition("?")
    fault, arrived = striking.outcome(now, asked.environ.get(CONNECTION_FAULT))
    return Entry(
        seq=seq,
        world=now.world.name,
        at=timestamp(now.world.clock.now()),
        method=asked.method,
        scheme=asked.scheme,
        host=asked.host,
        path=path,
        query=query,
        headers=dict(asked.headers),
        body=g.body,
        status=response.status_code if arrived != NOTHING else 0,
        response_headers=dict(response.headers) if arrived != NOTHING else {},
        response_body=response.get_data() if arrived != NOTHING else b"",
        seconds=time.perf_counter() - now.started,
        person=now.token.person if now.token else None,
        credential=now.credential,
        operation=now.operation,
        record=now.record,
        shows=now.shows,
        fault=fault,
        arrived=arrived,
        trouble=now.trouble,
        changes=now.changes,
        token=now.presented,
    )


def _unsaved(crm: Crm, error: SaveError) -> Response:
    """Answer what the state file did not take: the CRM fails, and nothing was changed."""
    visit().trouble = str(error)
    failure = crm.fail(503)
    failure.message = f"{failure.message}: {error}"
    return crm.render(failure)


def _add_errors(app: Flask, crm: Crm) -> None:
    def refused(error: ApiError) -> Response:
        return crm.render(error)

    def misdirected(error: HTTPException) -> Response:
        return crm.render(crm.refuse(error.code or 500))

    def failed(error: Exception) -> Response:
        visit().trouble = "".join(traceback.format_exception(error))
        return crm.render(crm.refuse(500))

    app.register_error_handler(ApiError, refused)
    app.register_error_handler(SaveError, lambda error: _unsaved(crm, error))
    app.register_error_handler(striking.Interrupted, lambda error: error.response)
    app.register_error_handler(HTTPException, misdirected)
    app.register_error_handler(Exception, failed)
