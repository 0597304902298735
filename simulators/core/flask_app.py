"""Flask without what costs time at each request and no fake needs."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from wsgiref.types import WSGIEnvironment

from flask import Flask, Request
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import Headers, MultiDict
from werkzeug.http import parse_options_header
from werkzeug.routing import MapAdapter, Rule
from werkzeug.sansio import request as sansio
from werkzeug.sansio.utils import get_host
from werkzeug.utils import cached_property

MOST = 1024
"""Places whose rules are remembered."""
_OF_BODY = ("CONTENT_TYPE", "CONTENT_LENGTH")
"""The headers that WSGI gives other keys than the rest."""
Place = tuple[str | None, str, str]
"""A host, a method and a path."""


class CrmRequest(Request):
    """A request of which what Flask and Werkzeug find out anew each time is found out once."""

    @cached_property
    def mimetype(self) -> str:
        """The media type of its body."""
        return _media_type(self.environ.get("CONTENT_TYPE", ""))

    @cached_property
    def host(self) -> str:
        """The host that the request was sent to; none where it is no proper name."""
        return _host(self.scheme, self.environ.get("HTTP_HOST"), self.server)

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The parameters of its query."""
        return _parameters(self.query_string)

    @cached_property
    def blueprints(self) -> list[str]:
        """The blueprint of the request's rule, and those around it."""
        return super().blueprints


class NoSessions(SessionInterface):
    """No request has a session of Flask's: there is one that nobody can write to."""

    def __init__(self) -> None:
        self._none = self.null_session_class()

    def open_session(self, app: Flask, request: Request) -> SessionMixin:  # noqa: ARG002 - Flask's
        """Return it."""
        return self._none


class Known(MapAdapter):
    """What finds the rule of a request whose place was asked for before."""

    def __init__(self, rule: Rule, arguments: Mapping[str, Any]) -> None:
        self._rule, self._arguments = rule, arguments

    def match(self, *_: Any, **__: Any) -> tuple[Rule, dict[str, Any]]:
        """Return the rule, and arguments that are the request's own."""
        return self._rule, dict(self._arguments)


class CrmFlask(Flask):
    """A Flask application that finds rules again without a search, and whose functions are none of them coroutines."""

    request_class = CrmRequest
    session_interface = NoSessions()

    def __init__(self, name: str) -> None:
        super().__init__(name, static_folder=None)
        self._known: dict[Place, Known] = {}

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function as it is; Flask looks each time whether it is a coroutine."""
        return func

    def do_teardown_request(self, *args: Any) -> None:
        """Do what is to be done after a request, where anything is."""
        if self.teardown_request_funcs:
            super().do_teardown_request(*args)

    def do_teardown_appcontext(self, *args: Any) -> None:
        """Do what is to be done at the end of a context, where anything is."""
        if self.teardown_appcontext_funcs:
            super().do_teardown_appcontext(*args)

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds a request's rule."""
        known = self._known.get(_place(request.environ)) if request else None
        upgrades = request is not None and "HTTP_UPGRADE" in request.environ  # no rule takes a WebSocket
        return super().create_url_adapter(request) if known is None or upgrades else known

    def remember(self, request: Request) -> None:
        """Remember the rule that was found for a request, before anything changes its arguments."""
        place = _place(request.environ)
        if request.url_rule and place not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[place] = Known(request.url_rule, dict(request.view_args or {}))


@lru_cache(maxsize=256)
def _host(scheme: str, named: str | None, server: tuple[str, int | None] | None) -> str:
    return get_host(scheme, named, server)


@lru_cache(maxsize=256)
def _parameters(query: bytes) -> MultiDict[str, str]:
    """Return the parameters of a query; nobody can change them."""
    return sansio.Request("GET", "http", None, "", "", query, Headers(), None).args


@lru_cache(maxsize=256)
def _media_type(named: str) -> str:
    return parse_options_header(named)[0].lower()


def headers(environ: WSGIEnvironment) -> dict[str, str]:
    """Return the headers of a request, with the names that Werkzeug gives them."""
    return {
        name: value
        for key, value in environ.items()
        if (name := _header(key)) is not None and (value or key not in _OF_BODY)
    }


@lru_cache(maxsize=1024)
def _header(key: str) -> str | None:
    """Return the name of the header that a key of the WSGI environment holds, if it holds one."""
    if key in _OF_BODY:
        return key.replace("_", "-").title()
    return key[5:].replace("_", "-").title() if key.startswith("HTTP_") and key[5:] not in _OF_BODY else None


def _place(environ: WSGIEnvironment) -> Place:
    return environ.get("HTTP_HOST"), environ["REQUEST_METHOD"], environ["PATH_INFO"]
