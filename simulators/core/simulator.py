"""A simulator: one CRM, its listeners and its worlds."""

import itertools
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from greenroom.simulators.core.app import build_app
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.server import Listener
from greenroom.simulators.core.world import World


class Simulator:
    """A fake CRM on loopback.

    Requests are answered in the world whose token they carry, so that late work of an earlier call stays with it;
    a request without a known token belongs to the ``current`` world, at first a freshly seeded one.

    Args:
        crm: which one.
        host: the address to bind; loopback unless somebody asks otherwise.
        port: for plain HTTP; 0 picks a free one, None opens no plain listener.
        authority: opens a TLS listener on a free port as well, with certificates of this authority.
        seed: its worlds' secrets follow from it.

    Raises:
        OSError: the port is taken, or the address cannot be bound.

    """

    def __init__(
        self,
        crm: Crm,
        *,
        host: str = "127.0.0.1",
        port: int | None = 0,
        authority: Authority | None = None,
        seed: int = 0,
    ) -> None:
        self.crm = crm
        self._seed = seed
        self.worlds: dict[str, World] = {}
        self._host = host
        self._numbers = itertools.count(1)
        self._world_of_token: dict[str, World] = {}
        self.current = self.new_world()
        app = build_app(crm, self._find_world)
        self._listeners: list[Listener] = []
        self.port = self._listen(app, port) if port is not None else None
        self.tls_port = self._listen(app, 0, authority) if authority else None

    def _listen(self, app: object, port: int, authority: Authority | None = None) -> int:
        context = authority.context(*self.crm.profile.hosts) if authority else None
        listener = Listener(app, self._refusal, self._host, port, context)  # type: ignore[arg-type]
        self._listeners.append(listener)
        return listener.port

    def _refusal(self, status: int) -> tuple[list[tuple[str, str]], bytes]:
        response = self.crm.render(self.crm.refuse(status))
        return [(k, v) for k, v in response.headers if k != "Content-Length"], response.get_data()

    def _find_world(self, token: str | None) -> World:
        return self._world_of_token.get(token or "", self.current)

    def new_world(self, site: str | None = None, switches: Mapping[str, str] | None = None) -> World:
        """Make and seed a world, at the CRM's first site or at a named one; it becomes the current one."""
        profile = self.crm.profile
        where = next(s for s in profile.sites if site in (None, s.name))
        world = World(profile, next(self._numbers), where, self._seed, lambda token: self._own(token, world))
        world.flip(switches or {})
        self.crm.seed(world)
        self.worlds[world.name] = world
        self.current = world
        return world

    def _own(self, token: str, world: World) -> None:
        self._world_of_token[token] = world

    def forget(self, world: World) -> None:
        """Drop a world that no request can reach any more."""
        self.worlds.pop(world.name, None)
        for token in [t for t, w in self._world_of_token.items() if w is world]:
            del self._world_of_token[token]

    def close(self) -> None:
        """Stop the listeners."""
        while self._listeners:
            self._listeners.pop().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()
