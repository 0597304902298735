"""The cells that a campaign must reach, and those that are left out, each with a reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from greenroom.contracts.errors import ConfigError
from greenroom.contracts.fuzz.cells import Cell, whole
from greenroom.contracts.fuzz.steps.calls_at_once import HOLDS
from greenroom.contracts.interfaces import INTERFACES
from greenroom.simulators.core.faults import FAULTS
from greenroom.simulators.core.faults.spec import parse
from greenroom.simulators.core.names import did_you_mean

STRANGE = ("token missing", "token unknown", "token foreign")
Globs = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Rule:
    """Cells by globs for some of their fields, and why they are left out."""

    globs: Globs
    reason: str
    ours: bool = False

    def covers(self, cell: Cell) -> bool:
        """Tell whether a cell is one of them."""
        return all(any(fnmatchcase(getattr(cell, name), glob) for glob in globs) for name, globs in self.globs.items())


def ours() -> list[Rule]:
    """Return what is left out of every campaign: cells to which no story comes."""
    held = sorted({fault.name for fault in (parse(hold).fault for hold in HOLDS) if not fault.silent})
    slow = sorted({fault.name for fault in FAULTS.values() if fault.slow} - set(held))
    silent = [fault.name for fault in FAULTS.values() if fault.silent]
    bare = [interface.name for interface in INTERFACES.values() if interface.subject is None]
    without = ["plain", "never existed", "over before", "may not *", "token *"]
    return [
        Rule({"fault": slow}, "it takes time: stories leave it to certification", ours=True),
        Rule({"fault": silent}, "it is no trouble, and no journal names it", ours=True),
        Rule({"fault": held, "circumstance": without}, "a call is held only while another one is made", ours=True),
        Rule({"circumstance": STRANGE}, "stories have no such token", ours=True),
        Rule({"interface": bare, "circumstance": ["never existed", "over before"]}, "it names no record", ours=True),
        Rule({"outcome": ["not-judged"]}, "the connector was not called", ours=True),
    ]


@dataclass(frozen=True)
class Space:
    """Cells to reach (``wanted``), and those that are left out, by the first rule that covers them."""

    wanted: frozenset[Cell]
    left_out: Mapping[Cell, Rule]
    rules: Sequence[Rule]

    def missing(self, reached: Iterable[Cell]) -> list[Cell]:
        """Return the cells that are not reached yet, in order."""
        return sorted(self.wanted - set(reached))

    def wrong(self, reached: Iterable[Cell]) -> list[Cell]:
        """Return the cells that were left out, and yet reached."""
        return sorted(set(reached) & set(self.left_out))

    def counts(self) -> list[tuple[Rule, int]]:
        """Return each rule with the number of cells that it leaves out."""
        return [(rule, sum(found is rule for found in self.left_out.values())) for rule in self.rules]


def space(interfaces: Iterable[str], chosen: Globs, rules: Sequence[Rule]) -> Space:
    """Return the cells of some interfaces, of which ``chosen`` globs keep some.

    Raises:
        ConfigError: a glob matches nothing, or a rule covers no cell.

    """
    every = [cell for interface in interfaces for cell in whole(interface)]
    _check(chosen, every, "cells")
    for number, rule in enumerate(rules):
        _check(rule.globs, every, f"leave_out[{number}]")
    kept = [cell for cell in every if Rule(chosen, "").covers(cell)]
    for number, rule in enumerate(rules):
        if not any(map(rule.covers, kept)):
            raise ConfigError(f"campaign.leave_out[{number}]: it covers no cell that is to be reached; leave it away")
    all_rules = [*ours(), *rules]
    found = {cell: next((rule for rule in all_rules if rule.covers(cell)), None) for cell in kept}
    left_out = {cell: rule for cell, rule in found.items() if rule}
    return Space(frozenset(set(kept) - set(left_out)), left_out, all_rules)


def _check(globs: Globs, cells: Sequence[Cell], where: str) -> None:
    """Check that each glob matches something.

    Raises:
        ConfigError: one does not; the message names its field.

    """
    for name, some in globs.items():
        known = sorted({getattr(cell, name) for cell in cells})
        for glob in some:
            if not any(fnmatchcase(value, glob) for value in known):
                raise ConfigError(
                    f"campaign.{where}.{name}: nothing matches '{glob}'; {did_you_mean(glob, known, 'there are: ')}"
                )
