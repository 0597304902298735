"""``--isolate``: run in a separate network namespace that has only loopback."""

import ctypes
import os
import socket
import struct
import sys
from pathlib import Path
from typing import Any

import click

if sys.platform != "win32":
    import fcntl

NEW_USER, NEW_NET = 0x10000000, 0x40000000
GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 1
ADVICE = "run without --isolate, or in a container without a network"


def isolate_option(function: Any) -> Any:
    """Add --isolate. It takes effect while the command line is parsed, before any thread starts."""
    return click.option(
        "--isolate",
        "isolated",
        is_flag=True,
        callback=lambda _context, _option, asked: bool(asked and isolate()),
        help="Run in a separate network with loopback only (Linux). No request can leave.",
    )(function)


def isolate() -> bool:
    """Move this process and its future children into a new network with loopback only.

    Raises:
        click.UsageError: the system does not allow it.

    """
    if not sys.platform.startswith("linux"):
        msg = f"--isolate needs Linux, and this is {sys.platform}; {ADVICE}"
        raise click.UsageError(msg)
    try:
        _enter()
        _raise_loopback()
    except OSError as error:
        msg = f"--isolate: this system does not allow a separate network ({error.strerror}); {ADVICE}"
        raise click.UsageError(msg) from None
    return True


def _enter() -> None:
    """Leave the machine's network. If that is not permitted, first enter a new user namespace."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEW_NET) == 0:
        return
    if libc.unshare(NEW_USER | NEW_NET) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny", "ascii")
    (own / "uid_map").write_text(f"{user} {user} 1", "ascii")
    (own / "gid_map").write_text(f"{group} {group} 1", "ascii")


def _raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        name, flags = struct.unpack("16sh", fcntl.ioctl(sock, GET_FLAGS, struct.pack("16sh", b"lo", 0)))
        fcntl.ioctl(sock, SET_FLAGS, struct.pack("16sh", name, flags | UP))
