"""Commands of greenroom, each in a process of its own that is forked from this one, which has loaded them all.

To load them takes longer than most commands do. ``shell.py`` starts this, and sends what is to be run over a socket.
"""

import atexit
import gc
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

ENDED: list[int] = []
"""The exit code of the command, once there is one."""


@atexit.register  # before anything else is imported: the first to be registered is the last to be called
def leave() -> None:
    """Leave without taking apart all that is loaded: that would copy it first, and cost more than most commands do."""
    if ENDED:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ENDED[0])


from greenroom.cli import main  # noqa: E402
from greenroom.cli.commands import NAMES, load  # noqa: E402
from greenroom.simulators import known_crms  # noqa: E402
from greenroom.simulators.core.app import build_app  # noqa: E402


def become(order: dict[str, Any], streams: list[int]) -> None:
    """Be the command: its words, folder, environment and streams."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, stream in enumerate(streams, start=1):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    sys.argv = order["argv"]


def serve(channel: socket.socket) -> bool:
    """Run what is ordered until nobody orders any more; True in the process of a command, which goes on to run it."""
    while True:
        size = int.from_bytes(channel.recv(4), "big")
        if not size:
            return False
        order, streams, *_ = socket.recv_fds(channel, size, 2, socket.MSG_WAITALL)
        if (child := os.fork()) == 0:
            channel.close()
            become(json.loads(order), streams)
            return True
        for stream in streams:
            os.close(stream)
        channel.sendall(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]).to_bytes(4, "big", signed=True))


if __name__ == "__main__":
    sys.path[0] = str(Path(sys.executable).parent)  # where the installed command is, too
    for name in NAMES:
        load(name)
    for crm in known_crms().values():
        build_app(crm)
    gc.freeze()  # what is loaded is no garbage: no command looks through it, and none copies it
    if serve(socket.socket(fileno=int(sys.argv[1]))):
        try:
            main()
        except SystemExit as end:
            ENDED.append(end.code if isinstance(end.code, int) else int(end.code is not None))
            raise
