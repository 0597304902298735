"""Local workers come back, whatever their guards do."""

import time
from typing import Any

import pytest

from greenroom.contracts.cluster import dask_pool


def restored(cluster: Any, workers: int) -> bool:
    """Look after the guards until all workers are there."""
    guards, limit = dask_pool.Guards(cluster), time.monotonic() + 120
    while len(cluster.scheduler.workers) < workers and time.monotonic() < limit:
        guards.look()
        time.sleep(0.2)
    return len(cluster.scheduler.workers) == workers


@pytest.mark.in_turn
def test_a_local_worker_is_started_again_though_its_guard_gave_up() -> None:
    with dask_pool._local(1) as cluster:
        cluster.sync(cluster.workers[0].close)

        assert restored(cluster, 1)


@pytest.mark.in_turn
def test_local_workers_are_started_again_though_dask_let_go_of_them() -> None:
    """It does so where a worker is killed as it starts, and stays away for a while."""
    with dask_pool._local(2) as cluster:
        guards = dask_pool.Guards(cluster)
        cluster.sync(cluster.workers.pop(0).close)
        guards.look()

        assert restored(cluster, 2)
