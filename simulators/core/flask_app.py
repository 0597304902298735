"""Flask without what costs time at each request and no fake needs."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from wsgiref.types import WSGIEnvironment

from flask import Flask, Request
from werkzeug.routing import MapAdapter, Rule

MOST = 1024
"""Places whose rules are remembered."""
Place = tuple[str | None, str, str]
"""A host, a method and a path."""


class CrmRequest(Request):
    """A request whose blueprints are looked up once: Flask asks for them three times."""

    @cached_property
    def blueprints(self) -> list[str]:
        """The blueprint of the request's rule, and those around it."""
        return super().blueprints


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

    def __init__(self, name: str) -> None:
        super().__init__(name, static_folder=None)
        self._known: dict[Place, Known] = {}

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function as it is; Flask looks each time whether it is a coroutine."""
        return func

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


def _place(environ: WSGIEnvironment) -> Place:
    return environ.get("HTTP_HOST"), environ["REQUEST_METHOD"], environ["PATH_INFO"]
