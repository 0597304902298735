"""Orders to workers as JSON can hold them: certifications, and what all orders have.

Those of a fuzz have a file of their own: who certifies need not load what draws stories.
"""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from greenroom.contracts.cluster.engine import Unit
from greenroom.contracts.run.config import RunConfig

_RUN = ("target", "crm", "level", "seed", "deadline", "env", "time", "requirements")
_LISTS = ("runtime", "only", "scenarios", "interfaces", "shards")

Order = Mapping[str, Any]


def certifying(name: str, config: RunConfig) -> Unit:
    """Return the unit that certifies a connector. Waivers stay here: they apply where the calls are judged."""
    return Unit(name, order("certify", config))


def order(kind: str, config: RunConfig) -> dict[str, Any]:
    """Return what an order of any kind begins with: its kind, this version, and the run."""
    lists = {name: list(getattr(config, name)) for name in _LISTS}
    run = {**{name: getattr(config, name) for name in _RUN}, **lists, "env": dict(config.env)}
    return {"kind": kind, "greenroom": version("greenroom"), "run": run}


def run_of(order: Order) -> RunConfig:
    """Return the run of an order."""
    stored = order["run"]
    lists: dict[str, Sequence[str]] = {name: tuple(stored[name]) for name in _LISTS}
    return RunConfig(**{**stored, **lists})
