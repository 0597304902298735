"""What operating systems do differently with sockets and files; nobody else in ``simulators`` asks which one it is.

Differences are found by what Python offers (``select.poll``, ``SO_REUSEPORT``), so that a test can take it away. The
branches of macOS and Windows are tested that way on Linux: ``docs/concepts/systems.md``.
"""

import os
import select
import socket
import ssl
import struct
import sys
import time

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LONGEST_ALERT = 31
"""Bytes of a TLS record with an alert, encrypted or not. No request is that short."""
STEP = 0.02
"""Seconds between two looks at a connection where the system cannot wake who waits for its end."""
_PEEKS = int(socket.MSG_PEEK | getattr(socket, "MSG_DONTWAIT", 0))
_LOCKED = 1 << 30  # the byte that Windows locks: nobody can read a locked one, and the process id stands first


def readable(sock: socket.socket, seconds: float = 0.0) -> bool:
    """Wait so long at most until something has come that could be read at once, or the end; tell whether it has."""
    if hasattr(select, "poll"):
        return bool(_events(sock, select.POLLIN, seconds))
    return bool(select.select([sock], [], [], seconds)[0])


def ahead(sock: socket.socket, most: int) -> bytes | None:
    """Return what has come over a readable socket, without taking it away; None where that cannot be looked at."""
    if not hasattr(socket, "MSG_DONTWAIT") or isinstance(sock, ssl.SSLSocket):
        return None
    return sock.recv(most, _PEEKS)


def wake_at(sock: socket.socket, size: int) -> None:
    """Let a socket count as readable only once so many bytes have come, or the end."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, size)


def left(sock: socket.socket, seconds: float = 0.0) -> bool:
    """Wait so long at most until the other end has said that it sends no more, or is gone; tell whether it has.

    Raises:
        OSError, ValueError: the socket is closed at this end.

    """
    if hasattr(select, "poll"):
        return bool(_events(sock, getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR, seconds))
    return _watched(sock, seconds, ended=True)


def broken(sock: socket.socket, seconds: float = 0.0) -> bool:
    """Wait so long at most until the connection is broken (a half that was closed is not), and tell whether it is.

    Raises:
        OSError, ValueError: the socket is closed at this end.

    """
    if hasattr(select, "poll"):
        return bool(_events(sock, select.POLLERR, seconds))
    return _watched(sock, seconds, ended=False)


def _events(sock: socket.socket, events: int, seconds: float) -> list[tuple[int, int]]:
    poll = select.poll()
    poll.register(sock.fileno(), events)
    return poll.poll(seconds * 1000)


def _watched(sock: socket.socket, seconds: float, *, ended: bool) -> bool:
    """Look again and again, without taking anything away: ``select`` wakes for data, too, which may stay unread."""
    until = time.monotonic() + seconds
    while True:
        try:
            if select.select([sock], [], [], 0)[0] and _is_end(sock) and ended:
                return True
        except ConnectionError:
            return True
        rest = until - time.monotonic()
        if rest <= 0:
            return False
        time.sleep(min(rest, STEP))


def _is_end(sock: socket.socket) -> bool:
    """Tell whether what comes next is the end. TLS says good-bye before it; that may hide it."""
    ahead = socket.socket.recv(sock, LONGEST_ALERT + 1, socket.MSG_PEEK)  # past TLS, which cannot look ahead
    return not ahead or (isinstance(sock, ssl.SSLSocket) and len(ahead) <= LONGEST_ALERT)


def can_share() -> bool:
    """Tell whether two sockets can be bound to one port at once, without a stranger between them."""
    return hasattr(socket, "SO_REUSEPORT")


def share(sock: socket.socket, *, on: bool) -> None:
    """Let a second socket of ours be bound to the same port (it must share too), or no longer."""
    if hasattr(socket, "SO_REUSEPORT"):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, on)


def take_over(sock: socket.socket, *, on: bool) -> None:
    """Let a socket be bound to a port whose last connections still fade away. Windows always does.

    There the option of that name would let two servers have one port.
    """
    if sys.platform != "win32":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, on)
    elif on:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)


def reset(sock: socket.socket) -> None:
    """Let the closing of a socket be a reset: what is under way is thrown away, and the other end told so."""
    pair = "hh" if sys.platform == "win32" else "ii"
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(pair, 1, 0))


def lock(handle: int) -> None:
    """Lock an open file for this process, until it is closed.

    Raises:
        BlockingIOError, PermissionError: somebody else holds it.

    """
    if sys.platform == "win32":
        os.lseek(handle, _LOCKED, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def removes_open_files() -> bool:
    """Tell whether a file can be removed while it is open."""
    return sys.platform != "win32"
