"""Timing: medians of interleaved rounds."""

import http.client
import statistics
import time
from collections.abc import Callable

ROUNDS = 7
TURN = 25


def each(work: Callable[[], object], count: int) -> list[float]:
    """Return the seconds of each of so many calls, sorted."""
    times = []
    for _ in range(count):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return sorted(times)


def median_ratio(first: Callable[[], object], second: Callable[[], object], count: int) -> tuple[float, float, float]:
    """Return the medians (seconds) of two works measured in turn, and the median of their ratios round by round."""
    pairs = [(statistics.median(each(first, count)), statistics.median(each(second, count))) for _ in range(ROUNDS)]
    ratios = [a / b for a, b in pairs]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), statistics.median(ratios)


def quantile(times: list[float], share: float) -> float:
    """Return the time that so much of some times is not longer than."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def quiet_ratio(first: Callable[[], object], second: Callable[[], object], count: int) -> tuple[float, float, float]:
    """Return the lower quartiles (seconds) of two works, and their ratio.

    They are measured in short turns, so that whatever else a busy machine does meets both of them.
    """
    pairs = [(each(first, TURN), each(second, TURN)) for _ in range(ROUNDS * count // TURN)]
    quiet = [quantile([seconds for times in side for seconds in times], 0.25) for side in zip(*pairs, strict=True)]
    return quiet[0], quiet[1], quiet[0] / quiet[1]


def micro(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} µs"


class Client:
    """A keep-alive connection that is as cheap as Python has one."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._headers = headers

    def ask(self, method: str, path: str, body: str | None = None) -> int:
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status

    def close(self) -> None:
        self._connection.close()
