"""Garbage is collected seldom while calls are judged, and as before when they are over."""

import gc

from greenroom.contracts.harness.garbage import THRESHOLDS, Collector


def test_it_is_collected_seldom_until_the_last_one_leaves() -> None:
    collector, before = Collector(), gc.get_threshold()
    with collector:
        with collector:
            assert gc.get_threshold() == THRESHOLDS
        assert gc.get_threshold() == THRESHOLDS
    assert gc.get_threshold() == before
