"""Workers must be alike: results of different connectors, runtimes or versions are no result of one run."""

from collections.abc import Mapping
from typing import Any

from greenroom.contracts.cluster.engine import Answer, ClusterError


class Alike:
    """Compares what workers say of the connector and themselves with what is known.

    ``digests`` are those of the connectors by name, as they are here.
    """

    def __init__(self, digests: Mapping[str, str]) -> None:
        self._digests = dict(digests)
        self._runtimes: dict[str, tuple[str, str]] = {}

    def check(self, answer: Answer) -> None:
        """Check an answer.

        Raises:
            ClusterError: it is of another connector or runtime than the others.

        """
        target: Mapping[str, Any] = answer.document["target"]
        name, digest = str(target["name"]), str(target["digest"])
        known = self._digests.setdefault(name, digest)
        if known not in ("unknown", digest):
            raise ClusterError(f"worker {answer.worker} has another '{name}' (digest {digest[:12]}, not {known[:12]})")
        self._check_runtime(answer.worker, str(target.get("runtime", "")))

    def _check_runtime(self, worker: str, runtime: str) -> None:
        first, known = self._runtimes.setdefault(runtime.partition(" ")[0], (worker, runtime))
        if known != runtime:
            raise ClusterError(
                f"worker {worker} runs the connector with {runtime}, and {first} with {known}; "
                "use workers that are alike"
            )
