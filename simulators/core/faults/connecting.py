"""When faults of the connection fire: as a connection begins, and as long as a port is closed."""

import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.journal import unanswered
from greenroom.simulators.core.server import Listener, SturdyConnection
from greenroom.simulators.core.world import World


@dataclass
class Connecting:
    """One firing of a fault on a connection, as :class:`NewConnection` has it; ``goes_on``: it was not ended."""

    value: str
    connection: SturdyConnection
    bad_context: Callable[[str], ssl.SSLContext]
    goes_on: bool = True

    def close(self) -> None:
        """Close it, without a response."""
        self.goes_on = False

    def reset(self) -> None:
        """Reset it, without a response."""
        self.connection.resets = True
        self.goes_on = False

    def show_bad_certificate(self, kind: str) -> None:
        """Show a certificate that nobody must trust; the connection goes on."""
        self.connection.socket.context = self.bad_context(kind)


class ConnectionFaults:
    """Lets the faults of the current world fire on connections, and closes the ports while one of them says so.

    ``current`` returns that world; ``numbers`` count the requests; bad certificates are for ``hosts``, of ``authority``
    where there is one. ``listeners`` are the ports.
    """

    def __init__(
        self, current: Callable[[], World], numbers: Iterator[int], hosts: tuple[str, ...], authority: Authority | None
    ) -> None:
        self._current = current
        self._numbers = numbers
        self._hosts = hosts
        self._authority = authority
        self._bad: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []

    def add(self, listener: Listener) -> None:
        """Let a port be closed by faults."""
        self._listeners.append(listener)

    def update(self) -> None:
        """Close the ports while the current world has a fault that says so, and open them again afterwards."""
        with self._lock:
            refuses = any(armed.fault.closes_port for armed in self._current().faults)
            for listener in self._listeners:
                (listener.refuse if refuses else listener.accept)()

    def release(self) -> list[Listener]:
        """Return the ports; no fault closes or opens them any more."""
        with self._lock:
            released, self._listeners = self._listeners, []
        return released

    def note_refused(self, host: str, port: int) -> None:
        """Note in the current world's journal that somebody tried to connect while its faults close the ports."""
        world = self._current()
        for armed in world.faults:
            if armed.fault.closes_port:
                self._note(world, armed, f"{host}:{port}")

    def begin(self, connection: SturdyConnection) -> bool:
        """Let a fault of the current world fire on a new connection; False ends it."""
        world = self._current()
        secure = isinstance(connection.socket, ssl.SSLSocket)
        armed = world.faults.take_connection(secure=secure)
        if armed is None or armed.fault.silent:
            return True
        self._note(world, armed, f"port {connection.server.bind_addr[1]}", "https" if secure else "http")
        connection.fault = armed.label
        now = Connecting(armed.chosen or "", connection, self._bad_context)
        if armed.fault.on_connect:
            armed.fault.on_connect(now)
        return now.goes_on

    def _note(self, world: World, armed: Armed, place: str, scheme: str = "https") -> None:
        armed.note_fired()
        world.journal.add(unanswered(next(self._numbers), world.name, world.clock.now(), place, armed.label, scheme))

    def _bad_context(self, kind: str) -> ssl.SSLContext:
        if kind not in self._bad and self._authority:
            self._bad[kind] = self._authority.bad_context(kind, *self._hosts)
        return self._bad[kind]
