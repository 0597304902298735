"""``greenroom serve``: fake CRMs for people and programs."""

import json
import signal
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from greenroom.simulators import find_crm, known_crms
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.hosts import is_loopback
from greenroom.simulators.core.simulator import Simulator

DAY = 86_400.0
"""Seconds that the printed credential lives."""


@click.command()
@click.argument("crms", nargs=-1, metavar="[CRM …]")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to bind.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="A fixed port (one CRM only); 0 picks a free one."
)
@click.option("--tls", is_flag=True, help="Also answer over TLS, with a private authority.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each simulator, when ready.")
def serve(crms: tuple[str, ...], host: str, port: int, tls: bool, as_json: bool) -> int:  # noqa: FBT001 - click passes them
    """Run fake CRMs until interrupted: all of them, or those named.

    Example: greenroom serve clio --port 8080
    """
    found = [find_crm(name) for name in crms or sorted(known_crms())]
    if port and len(found) > 1:
        msg = f"--port {port} can serve one CRM only: name it, or leave --port out"
        raise click.UsageError(msg)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="greenroom-"))
        authority = Authority() if tls else None
        ca = str(authority.write(Path(folder, "authority.pem"))) if authority else None
        for crm in found:
            simulator = stack.enter_context(_open(crm, host, port, authority))
            click.echo(
                json.dumps(_line(simulator, host, ca)) if as_json else _table(_line(simulator, host, ca), simulator)
            )
        if not is_loopback(host):
            click.echo(f"greenroom: bound to {host}: whoever reaches this machine can use these fakes", err=True)
        _wait()
    return 0


def _open(crm: Any, host: str, port: int, authority: Authority | None) -> Simulator:
    try:
        return Simulator(crm, host=host, port=port, authority=authority)
    except OSError as error:
        advice = "choose another --port, or end what uses it" if port else "choose another --host"
        msg = f"cannot serve {crm.profile.crm} on {host}:{port}: {error}; {advice}"
        raise click.UsageError(msg) from None


def _line(simulator: Simulator, host: str, ca: str | None) -> dict[str, Any]:
    login = simulator.current.log_in("owner", lifetime=DAY)
    return {
        "crm": simulator.crm.profile.crm,
        "url": f"http://{host}:{simulator.port}",
        "tls_url": f"https://{host}:{simulator.tls_port}" if simulator.tls_port else None,
        "ca": ca,
        "control": None,
        "user": login.user,
        "authHeader": login.auth_header,
    }


def _table(line: dict[str, Any], simulator: Simulator) -> str:
    path = simulator.crm.example_path.format(id=simulator.current.appointments["target"])
    rows = [("CRM", simulator.crm.profile.title), ("URL", line["url"])]
    rows += [("TLS URL", line["tls_url"]), ("authority", line["ca"])] if line["ca"] else []
    rows += [
        ("user", json.dumps(line["user"])),
        ("authHeader", line["authHeader"]),
        ("try", f"curl -H 'Authorization: {line['authHeader']}' '{line['url']}{path}'"),
    ]
    return "\n".join(f"{name:<11} {value}" for name, value in rows) + "\n"


def _wait() -> None:
    """Wait for an interrupt or a request to end."""
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    while not done.wait(1.0):
        pass
