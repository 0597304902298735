"""Options that several commands share."""

import shlex
from collections.abc import Callable
from typing import Any

import click

from greenroom.cli import completion
from greenroom.contracts.run.seeding import drawn
from greenroom.contracts.run.shard import Shard

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def seed(_ctx: click.Context, _param: click.Parameter, text: str | None) -> int | None:
    """Read a ``--seed``: a number, or ``random``.

    Raises:
        click.BadParameter: it is neither.

    """
    if text is None or text == "random":
        return drawn() if text else None
    try:
        return int(text)
    except ValueError:
        msg = f"'{text}' is no seed; use a number, or 'random'"
        raise click.BadParameter(msg) from None


def examined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --seed for certify and fuzz. The default follows from the connector's digest: it cannot know its exam."""
    said = "The seed of ids, names and titles. 'random' draws one.  [default: from the connector's digest]"
    return click.option("--seed", callback=seed, metavar="N|random", help=said)(function)


def friendly(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --seed for commands whose output people read."""
    said = "The seed of ids, names and titles. 0: those of the documentation; 'random' draws one."
    option = click.option("--seed", callback=seed, default="0", show_default=True, metavar="N|random", help=said)
    return option(function)


def detailed(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --quiet and --verbose. The last one counts."""
    for option in reversed(_DETAILS):
        function = option(function)
    return function


_DETAILS: tuple[Decorator, ...] = tuple(
    click.option(f"--{name}", "detail", flag_value=name, default="normal", help=said)
    for name, said in (
        ("quiet", "Show the verdict and the broken promises only."),
        ("verbose", "Also show a line for each scenario, or for each second of a fuzz."),
    )
)


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --deadline, --runtime and --env."""
    for option in reversed(_COMMON):
        function = option(function)
    return function


def shard_option(what: str) -> Decorator:
    """Add --shard; ``what`` it means."""
    said = f"K/N: {what}, of N. 'greenroom merge' puts the reports together."
    return click.option("--shard", callback=_shard, metavar="K/N", help=said)


def _shard(_ctx: click.Context, _param: click.Parameter, text: str | None) -> Shard | None:
    return Shard.parse(text) if text else None


_COMMON: tuple[Decorator, ...] = (
    click.option(
        "--deadline", type=float, default=30.0, show_default=True, help="The longest time of a call, in seconds."
    ),
    click.option(
        "--runtime", default="", metavar='"CMD"', help="The command that runs the connector, e.g. the python of a venv."
    ),
    click.option("--env", multiple=True, metavar="K=V", help="Set a variable in the connector's process. Repeatable."),
)


def crm_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --crm."""
    return click.option(
        "--crm",
        required=True,
        metavar="CRM",
        shell_complete=completion.crms,
        help="The CRM: clio, netsuite, bullhorn, or the name of an installed one.",
    )(function)


def environment(pairs: tuple[str, ...]) -> dict[str, str]:
    """Read ``K=V`` pairs.

    Raises:
        click.UsageError: a pair has no name or no '='.

    """
    for pair in pairs:
        if "=" not in pair or pair.startswith("="):
            msg = f"--env '{pair}' must have the form NAME=VALUE"
            raise click.UsageError(msg)
    return dict(pair.split("=", 1) for pair in pairs)


def command(text: str) -> tuple[str, ...]:
    """Split a ``--runtime``.

    Raises:
        click.UsageError: its quotation marks do not match.

    """
    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        msg = f"--runtime '{text}' cannot be read: {error}"
        raise click.UsageError(msg) from None
