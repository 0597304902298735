"""The Flask application of a simulator: find the world, let the CRM's routes answer, write the journal."""

import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Request, Response
from flask.globals import request_ctx
from werkzeug.datastructures import Headers
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge, RequestTimeout

from greenroom.simulators.core.arming.fault import NOTHING
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.delivery import CONNECTION_FAULT, ENVIRON, LEFT
from greenroom.simulators.core.errors import ApiError, SaveError, Unsimulated
from greenroom.simulators.core.exchange import Exchange, begin, exchange
from greenroom.simulators.core.faults import injection, login_page, page
from greenroom.simulators.core.flask_app import CrmFlask, headers
from greenroom.simulators.core.hosts import ELSEWHERE, bare, is_nowhere
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.reading import LARGEST_BODY
from greenroom.simulators.core.turnstile import Turnstile
from greenroom.simulators.core.world import World

UNSIMULATED = "X-Greenroom-Unsimulated"
"""A header of answers to what the vendor has and this fake has not."""
HOOKS = "greenroom.hooks"
"""Where the WSGI environment of a request names its simulator."""
SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class AppHooks:
    """What the application asks of the simulator that a request came to.

    ``world_of`` tells which world the bearer of a token (or of none) is in; ``note`` hears, before the answer goes
    out, of a world in which something beside the records may have changed; ``numbers`` count the requests. ``loud``
    tells whether what is not simulated gets 501, or is refused as if the vendor did not have it either. ``rate`` is
    how much faster the clients' clocks run than this machine's.
    """

    world_of: Callable[[str | None], World]
    note: Callable[[World, int], None]
    numbers: Iterator[int]
    loud: Callable[[], bool]
    rate: float = 1.0


def serving(crm: Crm, hooks: AppHooks) -> WSGIApplication:
    """Return the application of one simulator."""
    app = build_app(crm)

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[HOOKS] = hooks
        try:
            return app(environ, start_response)
        finally:
            begin(None)

    return serve


@cache
def build_app(crm: Crm) -> Flask:
    """Build a CRM's application, once for all its simulators: its many routes take their time."""
    app = CrmFlask(crm.profile.crm)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    _add_visit(app, crm)
    app.register_blueprint(crm.blueprint())
    _add_errors(app, crm)
    return app


def _add_visit(app: CrmFlask, crm: Crm) -> None:
    app.before_request(lambda: _arrive(app, crm))
    app.after_request(lambda response: _leave(crm, response))


def _arrive(app: CrmFlask, crm: Crm) -> Response | None:
    """Take a request in: whose it is, what it would do, what stands in its way."""
    now = _begun(crm)
    app.remember(now.asked)
    if (answer := _of_others(now, crm)) is not None:
        return answer
    crm.classify(now)
    if now.world.turnstile:
        _take_turn(now, now.world.turnstile)
    if pause := now.world.pause:
        time.sleep(pause)
    return injection.arrive(now, crm, now.asked.method)


def _begun(crm: Crm) -> Exchange:
    """Begin a visit: read the body whole, and find the world whose credential came."""
    asked: Request = request_ctx.request  # itself: behind Flask's proxy each look costs several
    world_of = _hooks(asked).world_of
    operation = "other" if asked.method in SAFE else "write"
    try:
        body = _body(asked)
    except HTTPException:
        begin(Exchange(world_of(None), None, "missing", operation, asked, asked.path, _named(asked)))
        raise
    value = crm.credential(asked)
    world = world_of(value)
    token = world.tokens.find(value)
    state = world.tokens.state(token) if value else "missing"
    named = _named(asked)
    now = Exchange(world, token, state, operation, asked, asked.path, named, value, body, undone=world.undone)
    begin(now)
    return now


def _of_others(now: Exchange, crm: Crm) -> Response | None:
    """Answer what was sent to a host that is not the CRM's, or to one of its hosts that nobody has."""
    if bare(now.host) == ELSEWHERE:
        now.classify("external_host")
        return login_page.external_host(now.path)
    if is_nowhere(now.host, crm.profile.hosts, crm.profile.label):
        now.classify("other")  # whatever it would do, nobody is there to do it
        return page.page(421)
    return None


def _leave(crm: Crm, response: Response) -> Response:
    """Let an answer out: changed by a fault or not, kept, and journaled."""
    now = exchange()
    hooks = _hooks(now.asked)
    try:
        if now.armed is not None:
            response = injection.leave(now, crm, response, reads=_only_asks(now))
        if now.record is None or now.fired:
            hooks.note(now.world, now.undone)
    except SaveError as error:
        response = response if now.changes else _unsaved(crm, error)  # what was committed is kept
    if now.turn:
        now.turn.leave()
    crm.finish(now, response)
    now.asked.environ[ENVIRON] = now.delivery and now.delivery.at_rate(hooks.rate)
    now.world.journal.add(_entry(now, next(hooks.numbers), response))
    return response


def _only_asks(now: Exchange) -> bool:
    """Tell whether a request writes nothing: by its method, or as queries and log-ins that are sent with POST."""
    return now.asked.method in SAFE or now.operation in ("read", "other")


def _take_turn(now: Exchange, turnstile: Turnstile) -> None:
    """Hold a request until it is let in; its token is looked at as it stands by then."""
    now.turn = turnstile.enter(now.presented, now.operation)
    if now.token:
        now.recheck()


def _body(asked: Request) -> bytes:
    """Read the whole body before anything is done: one that is too large or does not arrive whole does nothing.

    Raises:
        RequestEntityTooLarge, RequestTimeout, BadRequest: as the names say.

    """
    environ = asked.environ
    chunked, length = environ["wsgi.input_terminated"], int(environ.get("CONTENT_LENGTH", 0))
    if not length and not chunked:
        return b""
    if length > LARGEST_BODY:
        raise RequestEntityTooLarge
    try:
        body: bytes = environ["wsgi.input"].read() if chunked else environ["wsgi.input"].read(length)
    except TimeoutError:
        raise RequestTimeout("the body did not come in time") from None
    except (ValueError, OSError):
        raise BadRequest("the body cannot be read") from None
    if not chunked and len(body) != length:
        raise BadRequest("the body did not arrive whole")
    environ["wsgi.input"] = BytesIO(body)  # for whoever reads it as a form
    return body


def _hooks(asked: Request) -> AppHooks:
    found: AppHooks = asked.environ[HOOKS]
    return found


def _named(asked: Request) -> str:
    """Return the host that a request names, word for word: Flask knows none that is no proper name."""
    return str(asked.host or asked.environ.get("HTTP_HOST", ""))


def _entry(now: Exchange, seq: int, response: Response) -> Entry:
    asked, environ = now.asked, now.asked.environ
    path, _, query = (environ.get("REQUEST_URI") or asked.full_path).partition("?")
    fault, received = injection.outcome(now, environ.get(CONNECTION_FAULT))
    return Entry(
        seq=seq,
        world=now.world.name,
        at=timestamp(now.world.clock.now()),
        method=asked.method,
        scheme=asked.scheme,
        host=now.host,
        path=path,
        query=query,
        headers=headers(environ),
        body=now.body,
        status=response.status_code if received != NOTHING else 0,
        response_headers=_first_ones(response.headers) if received != NOTHING else {},
        response_body=response.get_data() if received != NOTHING else b"",
        seconds=time.perf_counter() - now.started,
        person=now.token.person if now.token else None,
        credential=now.credential,
        operation=now.operation,
        record=now.record,
        shows=now.shows,
        fault=fault,
        received=received,
        internal_error=now.internal_error,
        unsimulated=now.unsimulated,
        changes=now.changes if now.changes or asked.method not in SAFE else (),  # a job may add to those of a write
        token=now.presented,
        left=LEFT in environ and environ[LEFT](),
    )


def _first_ones(answered: Headers) -> dict[str, str]:
    """Return headers by name; of one that comes twice the first counts."""
    found: dict[str, str] = {}
    for name, value in answered.to_wsgi_list():
        found.setdefault(name, value)
    return found


def _unsaved(crm: Crm, error: SaveError) -> Response:
    """Answer what the state file did not take: the CRM fails, and nothing was changed."""
    exchange().internal_error = str(error)
    failure = crm.fail(503)
    failure.message = f"{failure.message}: {error}"
    return crm.render(failure)


def _add_errors(app: Flask, crm: Crm) -> None:
    def refused(error: ApiError) -> Response:
        return crm.render(error)

    def unsimulated(error: Unsimulated) -> Response:
        exchange().unsimulated = error.what
        if not _hooks(exchange().asked).loud():
            return crm.render(crm.refuse(404))
        failure = crm.fail(501)
        failure.message = f"Greenroom does not simulate {error.what}; see {crm.profile.page_of_facts}"
        failure.headers |= {UNSIMULATED: error.what.encode("unicode_escape").decode()}
        return crm.render(failure)

    def misdirected(error: HTTPException) -> Response:
        return crm.render(crm.refuse(error.code or 500))

    def failed(error: Exception) -> Response:
        exchange().internal_error = "".join(traceback.format_exception(error))
        return crm.render(crm.refuse(500))

    app.register_error_handler(ApiError, refused)
    app.register_error_handler(Unsimulated, unsimulated)
    app.register_error_handler(SaveError, lambda error: _unsaved(crm, error))
    app.register_error_handler(injection.Interrupted, lambda error: error.response)
    app.register_error_handler(HTTPException, misdirected)
    app.register_error_handler(Exception, failed)
