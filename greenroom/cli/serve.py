"""``greenroom serve``: run fake CRMs for people and programs."""

import gc
import json
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from greenroom.cli import completion
from greenroom.cli.ending import ENDING
from greenroom.cli.fake import FakeCommand, FakeSettings, fake_options, open_control, prepare, read_settings
from greenroom.connectors.bridges.redirect import IN_PROCESS
from greenroom.connectors.bridges.route import Route
from greenroom.simulators import find_crm, known_crms
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.hosts import is_loopback
from greenroom.simulators.core.server import in_url
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.state import StateFile
from greenroom.simulators.core.world import DAY, Login

HIGHEST = 65535
"""The highest port that there is."""


@dataclass(frozen=True)
class Wanted:
    """What to serve: the host, the authority, the state, the control token and the settings."""

    host: str
    authority: Authority | None
    state: StateFile | None
    token: str | None
    settings: FakeSettings


@click.command(cls=FakeCommand)
@click.argument("crms", nargs=-1, metavar="[CRM …]", shell_complete=completion.crms)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to bind.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port of the first CRM; the others follow. 0: free ports.",
)
@click.option("--tls", is_flag=True, help="Also serve TLS, with a private authority.")
@click.option("--ca", metavar="FILE", help="With --tls: write the authority's certificate to FILE.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each CRM when it is ready.")
@click.option("--until-stdin-ends", is_flag=True, help="End when stdin ends, so when the program that started it does.")
@click.option("--state", metavar="FILE", help="Store worlds in this SQLite file, and start from it.")
@click.option(
    "--control-token", metavar="TOKEN", help="Require this token in control requests. Needed beyond loopback."
)
@fake_options
def serve(crms: tuple[str, ...], port: int, as_json: bool, **options: Any) -> int:  # noqa: FBT001 - click passes it
    """Run all fake CRMs, or the named ones, until Ctrl-C.

    Example: greenroom serve clio --port 8080
    """
    found = [find_crm(name) for name in dict.fromkeys(crms or known_crms())]
    settings = read_settings(found, options["switches"], options["site"], options["unsimulated"])
    control_port = options["control_port"] or 0
    _check(port, control_port, len(found), options)
    with ENDING.serving(), ExitStack() as stack:
        if options["until_stdin_ends"]:
            ENDING.end_with(sys.stdin.buffer)
        authority, ca = _authority(stack, options["tls"], options["ca"])
        state = stack.enter_context(closing(StateFile(Path(options["state"])))) if options["state"] else None
        wanted = Wanted(options["host"], authority, state, options["control_token"], settings)
        for place, crm in enumerate(found):
            simulator = stack.enter_context(_open(crm, wanted, port + place if port else 0))
            control = _control(stack, simulator, wanted, control_port + place if control_port else 0)
            login = simulator.current.log_in("owner", lifetime=DAY)
            line = _line(simulator, control, ca, login)
            click.echo(json.dumps(line) if as_json else _table(line, simulator, login))
        if not is_loopback(wanted.host):
            click.echo(
                f"greenroom: bound to {wanted.host}: anybody who reaches this machine can use these fakes", err=True
            )
        gc.freeze()  # the present objects stay: the collector need not scan them again and again
        ENDING.wait()
    return 0


def _check(port: int, control_port: int, count: int, options: Mapping[str, Any]) -> None:
    """Check that each CRM has a port, and that each option has an effect.

    Raises:
        click.UsageError: the ports do not suffice, or --ca stands without --tls.

    """
    for name, first in (("--port", port), ("--control-port", control_port)):
        if first + count - 1 > HIGHEST:
            highest = HIGHEST + 1 - count
            msg = f"{count} CRMs need the ports {first} to {first + count - 1}; choose {name} {highest} or lower"
            raise click.UsageError(msg)
    if options["ca"] and not options["tls"]:
        raise click.UsageError("--ca names the file of an authority, which only TLS has; add --tls")


def _authority(stack: ExitStack, tls: bool, ca: str | None) -> tuple[Authority | None, str | None]:  # noqa: FBT001
    if not tls:
        return None, None
    authority = Authority()
    path = Path(ca) if ca else Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="greenroom-")), "ca.pem")
    return authority, str(authority.write(path))


def _open(crm: Crm, wanted: Wanted, port: int) -> Simulator:
    try:
        simulator = Simulator(crm, host=wanted.host, port=port, authority=wanted.authority, state=wanted.state)
    except OSError as error:
        advice = "choose another --port, or stop the program that uses it" if port else "choose another --host"
        msg = f"cannot serve {crm.profile.crm} on {in_url(wanted.host)}:{port}: {error}; {advice}"
        raise click.UsageError(msg) from None
    prepare(simulator, wanted.settings)
    return simulator


def _control(stack: ExitStack, simulator: Simulator, wanted: Wanted, port: int) -> Control:
    """Start the control API: on loopback, or with a token on the chosen host.

    Raises:
        click.UsageError: the port is taken.

    """
    host = wanted.host if wanted.token else "127.0.0.1"
    return stack.enter_context(closing(open_control(simulator, host, port, wanted.token)))


def _line(simulator: Simulator, control: Control, ca: str | None, login: Login) -> dict[str, Any]:
    world = simulator.current
    signing = simulator.crm.credentials(world, "owner")
    simulator.note(world)
    return {
        "crm": simulator.crm.profile.crm,
        "url": simulator.url,
        "tls_url": f"https://{in_url(simulator.host)}:{simulator.tls_port}" if simulator.tls_port else None,
        "ca": ca,
        "control": control.url,
        "user": login.user,
        "authHeader": login.auth_header,
        "headers": dict(login.headers),
        "appointmentId": _appointment(simulator),
        "clientId": world.grants.client_id,
        "clientSecret": world.grants.client_secret,
        **({"credentials": signing} if signing else {}),
        **({"redirect": _redirect(simulator, Path(ca))} if ca else {}),
    }


def _redirect(simulator: Simulator, certificate: Path) -> dict[str, Any]:
    """Return how a Node program lets the CRM's hosts lead here by itself: with which module, and what to give to it."""
    profile = simulator.crm.profile
    route = Route(profile.hosts, profile.ports, simulator.tls_port or 0, certificate.resolve())
    return {"module": str(IN_PROCESS), "route": route.message()}


def _appointment(simulator: Simulator) -> str | None:
    """Return the appointment to try. In a saved world the first may be gone: then it is another one."""
    world, crm = simulator.current, simulator.crm
    known, owner = world.appointments, world.people["owner"]
    live = (
        each
        for each in known.values()
        if crm.state(world, each) == "live" and crm.access(world, owner, each) == "cancel"
    )
    target = known.get("target")
    return target if target and crm.state(world, target) == "live" else next(live, target)


def _table(line: dict[str, Any], simulator: Simulator, login: Login) -> str:
    path = simulator.crm.example_path.format(id=line["appointmentId"], account=simulator.current.account)
    headers = " ".join(f"-H '{name}: {value}'" for name, value in login.headers.items())
    rows = [("CRM", simulator.crm.profile.title), ("URL", line["url"])]
    rows += [("TLS URL", line["tls_url"]), ("authority", line["ca"])] if line["ca"] else []
    rows += [
        ("console", f"{line['control']}/"),
        ("control", f"{line['control']}/openapi.json"),
        ("user", json.dumps(line["user"])),
        ("authHeader", line["authHeader"]),
        *(
            (name, value if "\n" not in value else json.dumps(value))
            for name, value in line.get("credentials", {}).items()
        ),
        ("try", f"curl {headers} '{line['url']}{path}'"),
    ]
    return "\n".join(f"{name:<11} {value}" for name, value in rows) + "\n"
