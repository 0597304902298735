"""The threads of a server: a few that wait, and more while those are held by slow clients."""

from typing import Any

from cheroot.workers.threadpool import ThreadPool, WorkerThread

FEWEST, MOST = 16, 512
"""Threads of a server: those it begins with, and the most it grows to."""


class ElasticPool(ThreadPool):
    """A pool that grows when its threads are taken, so that clients who send slowly make nobody else wait."""

    def put(self, obj: Any) -> None:
        """Queue a connection; one thread stays spare for what comes next."""
        threads: list[WorkerThread] = self._threads  # type: ignore[attr-defined]
        if self.idle <= self.qsize + 1 and len(threads) < self.max and self.server.ready:
            threads.append(self._spawn_worker())
        super().put(obj)

    def _spawn_worker(self) -> WorkerThread:
        """Start a thread that the interpreter need not wait for when it ends."""
        worker = WorkerThread(self.server)  # type: ignore[no-untyped-call]
        worker.name, worker.daemon = f"greenroom-{worker.name}", True
        worker.start()
        return worker
