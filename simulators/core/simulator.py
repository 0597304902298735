"""A simulator: one CRM, its listeners and its worlds."""

import itertools
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self
from wsgiref.types import WSGIApplication

from greenroom.simulators.core import snapshot
from greenroom.simulators.core.app import AppHooks, serving
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.faults.connecting import ConnectionFaults
from greenroom.simulators.core.hosts import ELSEWHERE
from greenroom.simulators.core.journal import unanswered
from greenroom.simulators.core.names import did_you_mean
from greenroom.simulators.core.server import Listener, in_url
from greenroom.simulators.core.state import StateFile
from greenroom.simulators.core.world import World

_BUILDING = threading.Lock()
"""Werkzeug compiles its routes, which Python 3.11 may fail at in two threads at once (python/cpython issue 106905)."""


def _nobody(_what: object = None) -> None:
    """Hear of something that happens in a world that is over."""


class Simulator:
    """A fake CRM on loopback.

    Requests are answered in the world whose token they carry, so that late work of an earlier call stays with it;
    a request without a known token belongs to the ``current`` world, at first a freshly seeded one.
    ``loud``: what is not simulated gets 501; otherwise it is refused as if the vendor did not have it either.
    ``on_request`` hears of each request in which world it came.

    Args:
        crm: which one.
        host: the address to bind; loopback unless somebody asks otherwise.
        port: for plain HTTP; 0 picks a free one, None opens no plain listener.
        authority: opens a TLS listener on a free port as well, with certificates of this authority.
        seed: its worlds' secrets, ids, names, titles and times follow from it; 0: friendly ones, always the same.
        client_secret: the one of the app, in every world; each world makes its own where none is given.
        state: keeps the worlds in this file, and begins with those that are in it.
        rate: how much faster the clients' clocks run than this machine's; slow responses are so much shorter.

    Raises:
        OSError: the port is taken, or the address cannot be bound.
        StateError: the state file holds what is no world.

    """

    def __init__(  # noqa: PLR0913 - all but one have a default
        self,
        crm: Crm,
        *,
        host: str = "127.0.0.1",
        port: int | None = 0,
        authority: Authority | None = None,
        seed: int = 0,
        client_secret: str | None = None,
        state: StateFile | None = None,
        rate: float = 1.0,
    ) -> None:
        self.crm = crm.drawn(seed)
        self.host = host
        self.loud = True
        self.on_request: Callable[[World], None] = lambda _: None
        self.worlds: dict[str, World] = {}
        self._seed = seed
        self._client_secret = client_secret
        self._state = state
        self._world_of_token: dict[str, World] = {}
        self._highest = 0
        self._numbers = itertools.count(1)
        self._ports = ConnectionFaults(lambda: self.current, self._numbers, self.crm.profile.hosts, authority)
        self._current = self._begin(state) if state else self.new_world()
        with _BUILDING:
            app = serving(crm, AppHooks(self._find_world, self.note, self._numbers, lambda: self.loud, rate))
        self.port = self._listen(app, port) if port is not None else None
        self.tls_port = self._listen(app, 0, authority) if authority else None

    def _begin(self, state: StateFile) -> World:
        """Bring back what the file keeps, and return the world that was the current one."""
        for document in state.documents(self.crm.profile.crm):
            try:
                self._place(document)
            except snapshot.DocumentError as error:
                raise state.unusable(error) from None
        named = self.worlds.get(state.current(self.crm.profile.crm) or "")
        return named or next(iter(self.worlds.values()), None) or self.new_world()

    @property
    def url(self) -> str | None:
        """Where it answers over plain HTTP, if it does."""
        return f"http://{in_url(self.host)}:{self.port}" if self.port is not None else None

    @property
    def current(self) -> World:
        """The world of requests without a known token."""
        return self._current

    @current.setter
    def current(self, world: World) -> None:
        if self._state:
            self._state.save(current=world)
        self._current = world
        self._ports.update()

    def number(self) -> int:
        """Return the next number of a request."""
        return next(self._numbers)

    def refused(self, host: str, port: int) -> None:
        """Note in the current world's journal that somebody tried to connect while connections are refused."""
        self._ports.note_refused(host, port)

    def _listen(self, app: WSGIApplication, port: int, authority: Authority | None = None) -> int:
        context = authority.context(*self.crm.profile.hosts, ELSEWHERE) if authority else None
        listener = Listener(app, self._refusal, self.host, port, context, self._ports.begin)
        self._ports.add(listener)
        return listener.port

    def _refusal(self, status: int) -> tuple[list[tuple[str, str]], bytes]:
        if status == HTTPStatus.HTTP_VERSION_NOT_SUPPORTED:
            self._note_http2(self.current)
        response = self.crm.render(self.crm.refuse(status))
        return [(k, v) for k, v in response.headers if k != "Content-Length"], response.get_data()

    def _note_http2(self, world: World) -> None:
        """Note that a client began to speak HTTP/2, which this fake does not: its first line is ``PRI * HTTP/2.0``."""
        blank = unanswered(next(self._numbers), world.name, world.clock.now(), world.api_host, None)
        world.journal.add(replace(blank, method="PRI", path="*", status=505, operation="other", received="whole"))

    def _find_world(self, token: str | None) -> World:
        return self._world_of_token.get(token or "", self.current)

    def new_world(
        self, site: str | None = None, switches: Mapping[str, str] | None = None, number: int | None = None
    ) -> World:
        """Make and seed a world, at the CRM's first site or at a named one; it becomes the current one.

        ``number`` names it and makes its account; the next free one by default.

        Raises:
            ValueError: no such site, or no such switch.
            SaveError: the state file did not take it; nothing has changed.

        """
        return self._new_world(site, switches, number)

    def _new_world(
        self,
        site: str | None = None,
        switches: Mapping[str, str] | None = None,
        number: int | None = None,
        instead: World | None = None,
    ) -> World:
        world = self._empty(number or self._highest + 1, site)
        world.flip(switches or {})
        self.crm.seed(world)
        self._enter(world, current=True, gone=instead)
        return world

    def _empty(self, number: int, site: str | None) -> World:
        sites = {s.name: s for s in self.crm.profile.sites}
        if site is not None and site not in sites:
            msg = f"{self.crm.profile.crm} has no site '{site}'; {did_you_mean(site, sites)}"
            raise ValueError(msg)
        where = sites[site] if site else self.crm.profile.sites[0]
        world = World(
            self.crm.profile, number, where, self._seed, lambda token: self._own(token, world), self._ports.update
        )
        if self._client_secret:
            world.grants.client_secret = self._client_secret
            world.secrets.know(self._client_secret, "app.clientSecret")
        return world

    def _enter(self, world: World, *, current: bool = False, gone: World | None = None) -> None:
        """Let a finished world be reached, in place of the one of its name; only from here on its tokens lead to it.

        ``current``: as the current one; ``gone`` is dropped in the same breath.
        """
        if self._state:  # first: where it cannot be kept, nothing has changed
            self._state.save(world, current=world if current else None, gone=gone)
        before = self.worlds.get(world.name)
        world.journal.on_add = lambda: self.on_request(world)
        self.worlds[world.name] = world
        self._highest = max(self._highest, world.number)
        granted = (*world.grants.codes, *world.grants.refresh, *world.grants.certificates)
        opens = (*(token.value for token in world.tokens.all()), *granted)
        self._world_of_token.update(dict.fromkeys(opens, world))
        if current:
            self._current = world
            self._ports.update()
        for old in filter(None, (before, gone)):
            self._end(old)

    def _own(self, token: str, world: World) -> None:
        if self.worlds.get(world.name) is world:  # not one that is still being filled, nor one that was replaced
            self._world_of_token[token] = world
            self.note(world)

    def load(self, document: Mapping[str, Any]) -> World:
        """Make a world from a saved one, in place of the one of its name; it becomes the current one.

        Raises:
            DocumentError: it is none of this CRM; nothing has changed.
            SaveError: the state file did not take it; nothing has changed.

        """
        return self._place(document, current=True)

    def _place(self, document: Mapping[str, Any], *, current: bool = False) -> World:
        number, site = document.get("number"), document.get("site")
        sites = {s.name for s in self.crm.profile.sites}
        if type(number) is not int or number < 1 or not isinstance(site, str) or site not in sites:
            msg = f"this is no saved world of {self.crm.profile.crm}: number {number!r}, site {site!r}"
            raise snapshot.DocumentError(msg)
        world = self._empty(number, site)
        snapshot.fill(world, document, self.crm.tables)
        self._enter(world, current=current)
        return world

    def reset(self, world: World) -> World:
        """Seed a world anew: records, journal, clock and switches; its tokens go on counting."""
        fresh = self._empty(world.number, world.site.name)
        self.crm.seed(fresh)
        kept = ("people", "tokens", "grants", "secrets")
        before = snapshot.rest(world)
        document = {**snapshot.dump(fresh), **{name: before[name] for name in kept}}
        return self._place(document, current=self.current is world)

    def note(self, world: World, seen: int | None = None) -> None:
        """Let the state file, if there is one, know of changes beside the records; see :meth:`StateFile.note`."""
        if self._state and self.worlds.get(world.name) is world:
            self._state.note(world, seen)

    def storage(self) -> dict[str, Any] | None:
        """Return which file keeps the worlds, and why it cannot be written, if so; None where there is no file."""
        return {"file": str(self._state.path), "problem": self._state.problem()} if self._state else None

    def forget(self, world: World) -> None:
        """Drop a world. The current one gives way to the newest other one, or to a fresh one."""
        others = [other for other in self.worlds.values() if other is not world]
        if self.current is world and not others:
            self._new_world(instead=world)
            return
        following = others[-1] if self.current is world else None
        if self._state:
            self._state.save(current=following, gone=world)
        if following:
            self._current = following
            self._ports.update()
        self._end(world)

    def _end(self, world: World) -> None:
        """Let nothing lead to a world any more."""
        if self.worlds.get(world.name) is world:
            del self.worlds[world.name]
        world.faults.disarm()
        world.journal.on_add, world.tokens.on_issue = _nobody, _nobody  # they lead back to it: it would not be freed
        self._shut(world)

    def _shut(self, world: World) -> None:
        """Let no token lead to a world any more."""
        for token, opened in list(self._world_of_token.items()):
            if opened is world:
                self._world_of_token.pop(token, None)

    def close(self) -> None:
        """Stop the listeners; what waits because of a fault goes on and ends."""
        listeners = self._ports.release()
        for world in list(self.worlds.values()):
            world.faults.disarm()
        for listener in reversed(listeners):
            listener.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()
