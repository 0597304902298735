"""Orders to workers as JSON can hold them, and configurations read from them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from greenroom.contracts.cluster.engine import Unit
from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.story import Story
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.shard import Shard

STORIES = 25
"""Stories of a unit at most."""
SECONDS = 10.0
"""Seconds of a unit, where the time of the fuzz decides how many stories it plays."""
_RUN = ("target", "crm", "level", "seed", "deadline", "env", "time", "requirements")
_LISTS = ("runtime", "only", "scenarios", "interfaces", "shards")
_SIZE = ("examples", "steps", "seconds", "shrinking")

Order = Mapping[str, Any]


def certifying(name: str, config: RunConfig) -> Unit:
    """Return the unit that certifies a connector. Waivers stay here: they apply where the calls are judged."""
    return Unit(name, {**_order("certify"), "run": _run(config)})


def fuzzing(config: FuzzConfig) -> Unit:
    """Return the unit that plays one part of a fuzz."""
    size = {name: getattr(config, name) for name in _SIZE}
    parts = {"shard": str(config.shard), "part": [config.part.number, config.part.of]}
    return Unit(f"part {config.part}", {**_order("fuzz"), "run": _run(config.run), **size, **parts})


def replaying(name: str, config: RunConfig, story: Story) -> Unit:
    """Return the unit that plays a stored story again."""
    return Unit(name, {**_order("replay"), "run": _run(config), "story": story.to_json()})


def _order(kind: str) -> dict[str, Any]:
    return {"kind": kind, "greenroom": version("greenroom")}


def _run(config: RunConfig) -> dict[str, Any]:
    lists = {name: list(getattr(config, name)) for name in _LISTS}
    return {**{name: getattr(config, name) for name in _RUN}, **lists, "env": dict(config.env)}


def run_of(order: Order) -> RunConfig:
    """Return the run of an order."""
    stored = order["run"]
    lists: dict[str, Sequence[str]] = {name: tuple(stored[name]) for name in _LISTS}
    return RunConfig(**{**stored, **lists})


def fuzz_of(order: Order) -> FuzzConfig:
    """Return the part of a fuzz of an order."""
    size = {name: order[name] for name in _SIZE}
    whole = FuzzConfig(run_of(order), **size, shard=Shard.parse(order["shard"]))
    return replace(whole, part=Shard(*order["part"]))
