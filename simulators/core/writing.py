"""How a response is written to its socket."""

import socket


class Writer:
    """Sends what is written at once; or, while it holds, all of it together.

    Cheroot's own writer does the first with Python's own ``io``, which takes many times as long. Head and body in one
    piece wake the client once.
    """

    bytes_written = 0

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._held: list[bytes] | None = None

    def hold(self) -> None:
        """Keep what is written from now on."""
        self._held = []

    def write(self, data: bytes) -> int:
        """Send some bytes, or keep them."""
        if self._held is None:
            self._sock.sendall(data)
        else:
            self._held.append(data)
        return len(data)

    def release(self) -> None:
        """Send what was kept."""
        held, self._held = self._held, None
        if held:
            self._sock.sendall(b"".join(held))

    def close(self) -> None:
        """Drop what was kept."""
        self._held = None
