"""The seed of a run: given, or from the connector's digest. Ids, names, titles and times follow from it."""

import hashlib
import random
from dataclasses import replace
from pathlib import Path

from greenroom.connectors.bridges.target import Target, parse
from greenroom.contracts.run.config import RunConfig

MOST = 999_999_999
"""The largest computed seed: short enough to type."""


def seeded(config: RunConfig) -> RunConfig:
    """Return an order with its seed. The default follows from the connector.

    Raises:
        TargetError: there is no such connector.

    """
    return config if config.seed is not None else replace(config, seed=seed_of(parse(config.target)))


def seed_of(target: Target) -> int:
    """Return the seed of a connector. The same file has the same seed, and a changed file has another one."""
    file = target.path or _file(target.module or "")
    said = file.read_bytes() if file else target.name.encode()
    return _short(int(hashlib.sha256(said).hexdigest(), 16))


def _file(module: str) -> Path | None:
    """Return a module's file below the working directory. An installed module is known by its name only."""
    place = Path(*module.split("."))
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)


def drawn() -> int:
    """Draw a seed."""
    return _short(random.SystemRandom().getrandbits(64))


def _short(number: int) -> int:
    return number % MOST + 1  # never 0, whose worlds are the friendly ones
