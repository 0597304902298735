"""The threads of a server: a few, and more only where those are held by slow clients."""

import contextlib
import socket
import threading
import time
from typing import Any

from cheroot.workers.threadpool import ThreadPool, WorkerThread

FEWEST, MOST = 16, 512
"""Threads of a server: those it begins with, and the most it grows to."""
HELD = 0.1
"""Seconds after which a thread is held: by a client that sends slowly, or by whatever takes its time."""


class ElasticPool(ThreadPool):
    """A pool that grows when all of its threads are held, so that clients who send slowly make nobody else wait.

    Where they are but busy, more of them would only take the processor from each other: some requests would then wait
    for seconds.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._looks = threading.Lock()

    def put(self, obj: Any) -> None:
        """Queue a connection."""
        super().put(obj)
        if self.idle <= self.qsize:
            self._look_soon()

    def has_spare(self) -> bool:
        """Tell whether threads enough are idle, so that one may stay with a connection."""
        return int(self.idle) >= FEWEST // 2

    def stop(self, timeout: int = 5) -> None:
        """End all threads; those that stay with a connection at once."""
        for thread in self._threads:  # type: ignore[attr-defined]
            if (conn := thread.conn) is not None and conn.stays:
                with contextlib.suppress(OSError, ValueError):
                    socket.socket.shutdown(conn.socket, socket.SHUT_RD)
        super().stop(timeout)

    def _look_soon(self) -> None:
        """See to it that somebody looks whether threads are held, unless somebody is to do so already."""
        if self.server.ready and self._looks.acquire(blocking=False):
            timer = threading.Timer(HELD, self._look)
            timer.name, timer.daemon = "greenroom-growth", True
            timer.start()

    def _look(self) -> None:
        """Start a thread for each connection that waits, if all threads are held; look again while any waits."""
        self._looks.release()
        if self.qsize and self.server.ready:
            self._grow(self.qsize)
            self._look_soon()

    def _grow(self, wanted: int) -> None:
        threads: list[WorkerThread] = self._threads  # type: ignore[attr-defined]
        held, served = time.monotonic() - HELD, [thread.conn for thread in threads]
        if all(each is not None and each.since < held for each in served):
            threads.extend(self._spawn_worker() for _ in range(min(wanted, self.max - len(threads))))

    def _spawn_worker(self) -> WorkerThread:
        """Start a thread that the interpreter need not wait for when it ends."""
        worker = WorkerThread(self.server)  # type: ignore[no-untyped-call]
        worker.name, worker.daemon = f"greenroom-{worker.name}", True
        worker.start()
        return worker
