"""A campaign's plan: its TOML file, and the parts that follow from it."""

import hashlib
import json
import shlex
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import BridgeError
from greenroom.contracts import schemas
from greenroom.contracts.campaign.space import Rule, Space, space
from greenroom.contracts.cluster.engine import Unit
from greenroom.contracts.cluster.fuzz_orders import STORIES, fuzzing
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.harness.testbed import judged
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.seeding import MOST
from greenroom.contracts.run.shard import Shard, seed_of
from greenroom.simulators import find_crm


@dataclass(frozen=True)
class Part:
    """One part of a campaign: stories of one connector on one CRM, of one day. ``key`` is what it is known by."""

    config: FuzzConfig
    day: int
    key: str

    @property
    def unit(self) -> Unit:
        """The unit in which it is played."""
        return replace(fuzzing(self.config), name=self.key)

    @property
    def pair(self) -> tuple[str, str]:
        """The connector and the CRM."""
        return self.config.run.target, self.config.run.crm


@dataclass(frozen=True)
class Plan:
    """A campaign: its name, its parts in order (day by day), and the cells that it must reach."""

    name: str
    parts: Sequence[Part]
    space: Space

    @property
    def targets(self) -> list[str]:
        """The connectors."""
        return list(dict.fromkeys(part.config.run.target for part in self.parts))


def load(path: Path) -> Plan:
    """Read a campaign from its file.

    Raises:
        ConfigError: it cannot be read, or holds no campaign; the message names the line or the field.

    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"campaign '{path}' cannot be read: {error}") from None
    if wrong := schemas.problem("campaign", document, "campaign"):
        raise ConfigError(f"'{path}' holds no campaign: {wrong}")
    return _plan(document)


def _plan(document: Mapping[str, Any]) -> Plan:
    pairs = [pair for number, row in enumerate(document["connector"]) for pair in _pairs(number, row, document)]
    if twice := next((pair for pair in pairs if pairs.count(pair) > 1), None):
        raise ConfigError(f"campaign.connector: '{twice.target}' on {twice.crm} comes twice; leave one out")
    days = range(1, document.get("days", 1) + 1)
    parts = [part for day in days for config in pairs for part in _parts(config, day, document)]
    known = {name for config in pairs for name in config.interfaces or judged(find_crm(config.crm))}
    rules = [
        Rule({name: globs for name, globs in row.items() if name != "reason"}, row["reason"])
        for row in document.get("leave_out", ())
    ]
    return Plan(document["name"], parts, space([n for n in CALLED if n in known], document.get("cells", {}), rules))


def _pairs(number: int, row: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[RunConfig]:
    """Yield the run of a connector on each of its CRMs.

    Raises:
        ConfigError: a value that cannot be; the message names its field.

    """
    options = {name: document[name] for name in ("level", "deadline") if name in document}
    for crm in row["crms"]:
        try:
            yield RunConfig(
                row["target"],
                crm,
                runtime=tuple(shlex.split(row.get("runtime", ""))),
                env=row.get("env", {}),
                interfaces=tuple(row.get("interfaces", ())),
                **options,
            )
            find_crm(crm)
            parse(row["target"])
        except (BridgeError, ValueError, LookupError) as error:
            raise ConfigError(f"campaign.connector[{number}]: {error.args[0]}") from None


def _parts(run: RunConfig, day: int, document: Mapping[str, Any]) -> Iterator[Part]:
    """Yield the parts of a day. Their stories follow from the campaign's seed, connector, CRM and day."""
    seed = seed_of(document.get("seed", 0), run.target, run.crm, day) % MOST + 1
    config = FuzzConfig(replace(run, seed=seed), document["stories"], document.get("steps", 10))
    digest, of = parse(run.target).digest, -(-config.examples // STORIES)
    for number in range(1, of + 1):
        part = replace(config, part=Shard(number, of))
        order = json.dumps(fuzzing(part).order, sort_keys=True)
        yield Part(part, day, hashlib.sha256(f"{order} {digest}".encode()).hexdigest()[:24])
