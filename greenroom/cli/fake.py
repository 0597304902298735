"""Options of commands that run a fake CRM for other people's programs, and how they change the fake."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click

from greenroom.simulators import known_crms
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.names import did_you_mean
from greenroom.simulators.core.server import in_url
from greenroom.simulators.core.simulator import Simulator

LOUD, QUIET = "501", "vendor-404"


@dataclass(frozen=True)
class FakeSettings:
    """Switches, the site (None: the vendor's first), and whether what is not simulated gets 501 or the vendor's 404."""

    switches: dict[str, str]
    site: str | None
    loud: bool


def fake_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --switch, --site, --unsimulated and --control-port."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS = (
    click.option("--switch", "switches", multiple=True, metavar="NAME=VALUE", help="Select a behaviour. Repeatable."),
    click.option(
        "--site", metavar="SITE", help="The region or kind of account of the user, e.g. eu.  [default: the first]"
    ),
    click.option(
        "--unsimulated",
        type=click.Choice([LOUD, QUIET]),
        default=LOUD,
        show_default=True,
        help="The response to a request for something that the fake does not simulate.",
    ),
    click.option(
        "--control-port", type=click.IntRange(0, 65535), metavar="PORT", help="The port of the control API and console."
    ),
)


class FakeCommand(click.Command):
    """A command whose help ends with the switches and sites of every CRM. Only its help loads them all."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the end of the help text."""
        self.epilog = _epilog()
        super().format_epilog(ctx, formatter)


def _epilog() -> str:
    crms = known_crms().values()
    lines = ["Switches, the default first. For reasons see docs/reference/fidelity-*.md:"]
    for crm in crms:
        switches = crm.profile.switches.items()
        lines += [f"{crm.profile.crm}: {name} = {' | '.join(switch.values)}" for name, switch in switches]
    sites = [f"{crm.profile.crm}: {' | '.join(site.name for site in crm.profile.sites)}" for crm in crms]
    return "\b\n" + "\n".join([*lines, "", "\b", "Sites, the default first:", *sites])


def read_settings(crms: Sequence[Crm], switches: Sequence[str], site: str | None, unsimulated: str) -> FakeSettings:
    """Read the options. Each switch, and the site, must exist in one of these CRMs.

    Raises:
        click.UsageError: there is no such switch, value or site.

    """
    sites = [each.name for crm in crms for each in crm.profile.sites]
    if site is not None and site not in sites:
        msg = f"no site '{site}'; {did_you_mean(site, sites)}"
        raise click.UsageError(msg)
    return FakeSettings(_switches(switches, crms), site, unsimulated == LOUD)


def _switches(pairs: Sequence[str], crms: Sequence[Crm]) -> dict[str, str]:
    settings = dict(pair.partition("=")[::2] for pair in pairs)
    for name, value in settings.items():
        every = [crm.profile.switches[name].values for crm in crms if name in crm.profile.switches]
        known = list(dict.fromkeys(each for values in every for each in values))
        if value not in known:
            names = [each for crm in crms for each in crm.profile.switches]
            advice = did_you_mean(value, known, "its values are ") if known else did_you_mean(name, names)
            msg = f"no switch {name}={value}; {advice}"
            raise click.UsageError(msg)
    return settings


def prepare(simulator: Simulator, settings: FakeSettings) -> None:
    """Let a fake's current world be as the options say."""
    profile = simulator.crm.profile
    if settings.site in [site.name for site in profile.sites]:
        _move(simulator, str(settings.site))
    own = {name: switch.values for name, switch in profile.switches.items()}
    simulator.current.flip({name: value for name, value in settings.switches.items() if value in own.get(name, ())})
    simulator.loud = settings.loud
    simulator.note(simulator.current)


def _move(simulator: Simulator, site: str) -> None:
    """Let the current world be one at a site. A fresh world gives way; one that a state file keeps stays."""
    worlds = [simulator.current, *simulator.worlds.values()]
    there = next((world for world in worlds if world.site.name == site), None)
    if there is None:
        fresh = simulator.storage() is None
        simulator.new_world(site, number=simulator.current.number if fresh else None)
    elif there is not simulator.current:
        simulator.current = there


def open_control(simulator: Simulator, host: str, port: int, token: str | None = None) -> Control:
    """Start the control API of a fake; port 0 is a free one.

    Raises:
        click.UsageError: the port is taken.

    """
    try:
        return Control(simulator, host=host, port=port, token=token)
    except OSError as error:
        msg = f"cannot serve the control API on {in_url(host)}:{port}: {error}; choose another --control-port"
        raise click.UsageError(msg) from None


@contextlib.contextmanager
def controlled(simulator: Simulator, port: int | None) -> Iterator[None]:
    """Serve the control API and the console for a while, if a port was asked for, and say where on stderr.

    Raises:
        click.UsageError: the port is taken.

    """
    if port is None:
        yield
        return
    with contextlib.closing(open_control(simulator, "127.0.0.1", port)) as control:
        click.echo(f"The console of the fake {simulator.crm.profile.title} is at {control.url}/", err=True)
        yield
