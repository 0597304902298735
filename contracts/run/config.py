"""The configuration of a run, checked before anything starts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from greenroom.connectors.bridges import virtual_time
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.clause import LEVELS, Clause
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.harness.testbed import DEADLINE, judged
from greenroom.contracts.interfaces import INTERFACES
from greenroom.contracts.run.shard import Shard
from greenroom.contracts.run.waivers import Waiver, like_clause
from greenroom.contracts.scenarios import SCENARIOS
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.sets import RequirementSet, find, same
from greenroom.simulators import find_crm
from greenroom.simulators.core.draw import FRIENDLY
from greenroom.simulators.core.names import did_you_mean

LONGEST = 3600.0
"""The longest deadline of a call, in seconds."""
TIMES = ("real", "auto", "virtual")
"""How waits pass: in real time; in virtual time where this machine can, and what breaks is played again in real time;
or in virtual time without that.
"""
PLAYS = 150
"""Scenarios, each for an interface, that are worth a process more."""
SHORTEST_VIRTUAL = 10.0
"""The shortest deadline that is kept in virtual time by itself: half a second of this machine's."""


@dataclass(frozen=True)
class RunConfig:
    """One certification: which connector, which CRM, up to which level, and how its process is started.

    From ``seed`` follows what the fake CRM holds: None takes it from the connector, 0 is for friendly ids.
    ``deadline`` in seconds for each call; ``runtime`` the command that starts the worker (empty: the language's own);
    ``only`` globs of clause ids, ``scenarios`` globs of scenarios to play (empty: all); ``interfaces`` names (empty:
    what the connector exports); ``waivers`` let known failures pass, ``waived_in`` is the file that holds them;
    ``isolated``: the run has a network of its own. ``time``: one of ``TIMES``. ``shards``: the
    parts of the run that are played, as ``K/N`` (empty: all). ``requirements``: the name of the set that decides
    (empty: the newest). ``jobs``: the processes that share the lanes; a short run needs no second one.

    Raises:
        ConfigError: a level, interface, clause, scenario or set that does not exist, or a time that this machine
            has not.

    """

    target: str
    crm: str
    level: str = "resilient"
    seed: int | None = None
    deadline: float = DEADLINE
    runtime: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    interfaces: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    isolated: bool = False
    waived_in: str | None = None
    time: str = TIMES[0]
    shards: tuple[str, ...] = ()
    requirements: str = ""
    jobs: int = 1

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ConfigError(f"unknown level '{self.level}'; {did_you_mean(self.level, LEVELS)}")
        for name in self.interfaces:
            if name not in INTERFACES:
                raise ConfigError(f"interface '{name}' is not judged; {did_you_mean(name, INTERFACES)}")
        for glob in self.only:
            if not any(fnmatchcase(clause.id, glob) for clause in CLAUSES):
                raise ConfigError(f"no clause matches '{glob}'; {like_clause(glob)}")
        for glob in self.scenarios:
            if not any(fnmatchcase(scenario.id, glob) for scenario in self._played()):
                known = did_you_mean(glob, [scenario.id for scenario in self._played()], "there are: ")
                raise ConfigError(f"no scenario of level {self.level} matches '{glob}'; {known}")
        self._check_times()
        self._check_set()
        if not self.plays():
            raise ConfigError(f"shard {', '.join(self.shards)} has nothing to play; use fewer shards")

    def _check_times(self) -> None:
        if not 0 < self.deadline <= LONGEST:
            raise ConfigError(f"a deadline of {self.deadline:g} s cannot be kept; use up to {LONGEST:g} seconds")
        if self.time not in TIMES:
            raise ConfigError(f"unknown time '{self.time}'; use one of: {', '.join(TIMES)}")
        if self.time == "virtual" and not self.faster:
            raise ConfigError("virtual time needs libfaketime; install that package, or run with --time real")

    def _check_set(self) -> None:
        today = {clause.id: clause for clause in CLAUSES}
        rows = self.set.clauses.items()
        if gone := [name for name, row in rows if name not in today or not same(row, today[name])]:
            raise ConfigError(
                f"this version cannot judge by set '{self.set.name}': it no longer has {gone[0]} as it was then; "
                "use the Greenroom of that time"
            )

    @cached_property
    def set(self) -> RequirementSet:
        """The requirement set that decides the verdict."""
        return find(self.requirements)

    @property
    def faster(self) -> Path | None:
        """The file of libfaketime, if waits are to pass in virtual time. Short deadlines are kept in real time."""
        real = self.time == "real" or (self.time == "auto" and self.deadline < SHORTEST_VIRTUAL)
        return None if real else virtual_time.library()

    def helpers(self, exported: Sequence[str]) -> int:
        """Return how many processes help to play a connector with these interfaces."""
        names = {*self.judged(exported)}
        plays = sum(len(names & {*scenario.interfaces}) for scenario in self.plays(exported))
        return min(self.jobs - 1, plays // PLAYS)

    def _levels(self) -> tuple[str, ...]:
        return LEVELS[: LEVELS.index(self.level) + 1]

    def _played(self) -> list[Scenario]:
        return [scenario for scenario in SCENARIOS if scenario.level in self._levels()]

    @property
    def seed_in_use(self) -> int:
        """The seed of the worlds. The default is that of the friendly worlds."""
        return FRIENDLY if self.seed is None else self.seed

    def plays(self, exported: Sequence[str] | None = None) -> list[Scenario]:
        """Return the scenarios to play, in order; for a connector with these interfaces, where they are known."""
        globs = self.scenarios or ("*",)
        found = [s for s in self._played() if any(fnmatchcase(s.id, glob) for glob in globs)]
        judged = set(self.judged(INTERFACES if exported is None else exported))
        offered = [scenario for scenario in found if exported is None or judged & set(scenario.interfaces)]
        return self._of_shards(offered)

    def _of_shards(self, scenarios: list[Scenario]) -> list[Scenario]:
        """Return the scenarios of the shards that are played: whole lanes, as each has a process of its own."""
        if not self.shards:
            return scenarios
        lanes = list(dict.fromkeys(scenario.lane for scenario in SCENARIOS))
        chosen = {lane for shard in self.shards for lane in Shard.parse(shard).share(lanes)}
        return [scenario for scenario in scenarios if scenario.lane in chosen]

    def clauses(self, interface: str | None = None) -> tuple[Clause, ...]:
        """Return the clauses of this level and those below: of one interface, or of all."""
        found = (clause for clause in CLAUSES if clause.level in self._levels())
        return tuple(clause for clause in found if interface is None or interface in clause.interfaces)

    def judged(self, exported: Iterable[str]) -> list[str]:
        """Return the interfaces that are played and judged: what a connector exports, it claims.

        Those are left out that are for what the CRM does not know.
        """
        offered, known = set(exported), judged(find_crm(self.crm))
        return [name for name in known if name in offered and name in (self.interfaces or known)]

    def selects(self, clause: Clause) -> bool:
        """Return whether ``--only`` selects a clause."""
        return not self.only or any(fnmatchcase(clause.id, glob) for glob in self.only)
