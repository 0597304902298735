"""What a shell completes: names of CRMs, levels, scenarios, clauses and interfaces."""

from collections.abc import Callable, Iterable
from importlib import import_module

import click

Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def _of(module: str, names: Callable[..., Iterable[str]]) -> Completer:
    """Return what completes names of a module. It is loaded as a shell asks, not before."""

    def complete(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
        return sorted({name for name in names(import_module(module)) if name.startswith(begun)})

    return complete


crms = _of("greenroom.simulators", lambda module: module.known_crms())
levels = _of("greenroom.contracts.clauses.clause", lambda module: module.LEVELS)
scenarios = _of("greenroom.contracts.scenarios", lambda module: [each.id for each in module.SCENARIOS])
clauses = _of("greenroom.contracts.clauses", lambda module: [each.id for each in module.CLAUSES])
interfaces = _of("greenroom.contracts.interfaces", lambda module: module.INTERFACES)
