"""Orders to workers to play parts of a fuzz, and stored stories."""

from dataclasses import replace

from greenroom.contracts.cluster.engine import Unit
from greenroom.contracts.cluster.orders import Order, order, run_of
from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.story import Story
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.shard import Shard

STORIES = 25
"""Stories of a unit at most."""
SECONDS = 10.0
"""Seconds of a unit, where the time of the fuzz decides how many stories it plays."""
_SIZE = ("examples", "steps", "seconds", "shrinking")


def fuzzing(config: FuzzConfig) -> Unit:
    """Return the unit that plays one part of a fuzz."""
    size = {name: getattr(config, name) for name in _SIZE}
    parts = {"shard": str(config.shard), "part": [config.part.number, config.part.of]}
    return Unit(f"part {config.part}", {**order("fuzz", config.run), **size, **parts})


def replaying(name: str, config: RunConfig, story: Story) -> Unit:
    """Return the unit that plays a stored story again."""
    return Unit(name, {**order("replay", config), "story": story.to_json()})


def fuzz_of(order: Order) -> FuzzConfig:
    """Return the part of a fuzz of an order."""
    size = {name: order[name] for name in _SIZE}
    whole = FuzzConfig(run_of(order), **size, shard=Shard.parse(order["shard"]))
    return replace(whole, part=Shard(*order["part"]))
