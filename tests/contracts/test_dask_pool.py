"""Local workers: those whose guards gave up are started again."""

import time
from pathlib import Path

from greenroom.contracts.cluster import dask_pool


def test_a_local_worker_is_started_again_though_its_guard_gave_up(tmp_path: Path) -> None:
    with dask_pool._local(1) as cluster:
        cluster.sync(cluster.workers[0].close)
        guards, limit = dask_pool.Guards(cluster), time.monotonic() + 90
        while not cluster.scheduler.workers and time.monotonic() < limit:
            guards.look()
            time.sleep(0.2)

        assert len(cluster.scheduler.workers) == 1
