"""Options that several commands share."""

import shlex
from collections.abc import Callable
from typing import Any

import click

from greenroom.contracts.run.seeding import drawn

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def seed(_ctx: click.Context, _param: click.Parameter, text: str | None) -> int | None:
    """Read a ``--seed``: a number, or ``random``.

    Raises:
        click.BadParameter: neither.

    """
    if text is None or text == "random":
        return drawn() if text else None
    try:
        return int(text)
    except ValueError:
        msg = f"'{text}' is no seed; give a number, or 'random'"
        raise click.BadParameter(msg) from None


def examined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --seed as certify and fuzz have it: by default it follows from the connector, which cannot know its exam."""
    said = "Repeats a run: ids, names and titles follow from it. 'random' draws one.  [default: the connector's own]"
    return click.option("--seed", callback=seed, metavar="N|random", help=said)(function)


def friendly(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --seed for what people look at."""
    said = "What ids, names and titles follow from; 0 has those of the documentation, 'random' draws one."
    option = click.option("--seed", callback=seed, default="0", show_default=True, metavar="N|random", help=said)
    return option(function)


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --deadline, --runtime and --env."""
    for option in reversed(_COMMON):
        function = option(function)
    return function


_COMMON: tuple[Decorator, ...] = (
    click.option("--deadline", type=float, default=30.0, show_default=True, help="Seconds that a call may take."),
    click.option(
        "--runtime", default="", metavar='"CMD"', help="The command that runs the connector, e.g. a venv's python."
    ),
    click.option("--env", multiple=True, metavar="K=V", help="Set in the connector's process; may be repeated."),
)


def crm_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --crm."""
    return click.option(
        "--crm", required=True, metavar="CRM", help="The CRM: clio, netsuite, or one that is installed."
    )(function)


def environment(pairs: tuple[str, ...]) -> dict[str, str]:
    """Read ``K=V`` pairs.

    Raises:
        click.UsageError: one without a name or without '='.

    """
    for pair in pairs:
        if "=" not in pair or pair.startswith("="):
            msg = f"--env '{pair}' is not of the form NAME=VALUE"
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
