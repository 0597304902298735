"""``greenroom run``: run any program, with the CRM's production hosts redirected to the fake."""

import contextlib
import json
import re
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from greenroom.cli.fake import FakeCommand, controlled, fake_options, prepare, read_settings
from greenroom.cli.options import crm_option, environment
from greenroom.connectors.bridges import systems
from greenroom.connectors.bridges.notes import distinct, unseen
from greenroom.connectors.bridges.proxy import Proxy
from greenroom.connectors.bridges.redirect import descendants, redirecting
from greenroom.connectors.bridges.route import Route
from greenroom.contracts.clauses.judge import exchange, in_short
from greenroom.contracts.visible import visible
from greenroom.simulators import find_crm
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import DAY, World

PATIENCE = 5.0
"""Seconds that a program has to end after the signal."""


@click.command(cls=FakeCommand, context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("command", nargs=-1, type=click.UNPROCESSED, required=True, metavar="-- COMMAND …")
@crm_option
@click.option("--env", multiple=True, metavar="K=V", help="Set a variable in the program's process. Repeatable.")
@click.option("--summary", metavar="FILE", help="Also write the summary to FILE.")
@fake_options
def run(command: tuple[str, ...], crm: str, env: tuple[str, ...], summary: str | None, **options: Any) -> int:
    """Run any program with the CRM's production hosts redirected to a fake CRM.

    Other hosts are refused; loopback stays open. GREENROOM_USER (JSON) and GREENROOM_AUTH_HEADER hold a user.
    GREENROOM_APPOINTMENT_ID holds an appointment. docs/reference/environment.md lists all variables. At the end the
    command lists the requests, the changes and the refused hosts.
    Exit codes: 0 the program succeeded, 1 it failed, 2 it could not be run.

    Example: greenroom run --crm clio -- node server.js
    """
    authority, found, extra = Authority(), find_crm(crm), environment(env)
    settings = read_settings([found], options["switches"], options["site"], options["unsimulated"])
    with tempfile.TemporaryDirectory(prefix="greenroom-") as folder:
        notes, certificate = Path(folder, "notes"), authority.write(Path(folder, "authority.pem"))
        with Simulator(found, port=None, authority=authority) as simulator:
            prepare(simulator, settings)
            route = Route(found.profile.hosts, found.profile.ports, simulator.tls_port or 0, certificate)
            proxy = Proxy(route, lambda note: _note(notes, note))
            with proxy, controlled(simulator, options["control_port"]):
                ready = {**_login(simulator.current), **extra}
                code = _run(command, redirecting(descendants(route, proxy.url, notes), ready))
            _show(_summary(simulator.current, notes), summary)
    return 0 if code == 0 else 1


def _login(world: World) -> dict[str, str]:
    login = world.log_in("owner", lifetime=DAY)
    signing = find_crm(world.profile.crm).credentials(world, "owner")
    return {
        "GREENROOM_USER": json.dumps(login.user),
        "GREENROOM_AUTH_HEADER": login.auth_header,
        "GREENROOM_APPOINTMENT_ID": world.appointments["target"],
        "GREENROOM_CLIENT_ID": world.grants.client_id,
        "GREENROOM_CLIENT_SECRET": world.grants.client_secret,
        **{variable(name): value for name, value in signing.items()},
        **world.profile.app_variables(world.grants.client_id, world.grants.client_secret),
    }


def variable(name: str) -> str:
    """Return the variable of a credential: ``consumerKey`` is in ``GREENROOM_CONSUMER_KEY``."""
    return "GREENROOM_" + re.sub("([A-Z])", r"_\1", name).upper()


def _run(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run the program to its end. Signals to this command go to the program."""
    try:
        process = subprocess.Popen(systems.program(command), env=dict(env))
    except OSError as error:
        msg = f"cannot run '{command[0]}': {error.strerror}; check the command after --"
        raise click.UsageError(msg) from None
    try:
        with _passed_on(process):
            return process.wait()
    finally:
        with contextlib.suppress(OSError):
            process.kill()


@contextlib.contextmanager
def _passed_on(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Pass signals on to the program. If it does not end at SIGTERM or SIGHUP, kill it after a while."""
    last = threading.Timer(PATIENCE, process.kill)
    last.daemon = True

    def heard(number: int, _frame: object) -> None:
        if number == signal.SIGINT and systems.shares_interrupts():  # the terminal has sent it to the program itself
            return
        process.send_signal(number)
        if number != signal.SIGINT and last.ident is None:
            last.start()

    before = {number: signal.getsignal(number) for number in systems.ENDING}
    for number in (number for number, handler in before.items() if handler != signal.SIG_IGN):
        signal.signal(number, heard)
    try:
        yield
    finally:
        last.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def _note(path: Path, note: Mapping[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as notes:
        notes.write(json.dumps(note) + "\n")


def _show(lines: Iterable[str], file: str | None) -> None:
    """Show the summary on stderr, below the program's own output, and store it if a file was named."""
    text = "\n".join(map(visible, lines))
    click.echo(f"\n{text}", err=True)
    if file:
        Path(file).write_text(f"{text}\n", "utf-8", newline="\n")


def _summary(world: World, path: Path) -> Iterator[str]:
    """Return the requests, the changes and the refused hosts as lines."""
    entries = [entry.to_json(world.secrets.mask) for entry in world.journal.since()]
    times = "once" if len(entries) == 1 else f"{len(entries)} times"
    yield f"The fake {world.profile.title} was asked {times}:"
    for entry in entries:
        yield f"  {exchange(entry)}"
        for change in entry["changes"]:
            yield f"    changed {change['table']}/{change['id']} {in_short(change)}"
    if not any(entry["changes"] for entry in entries):
        yield "Nothing changed in it."
    for what in dict.fromkeys(entry["unsimulated"] for entry in entries if entry["unsimulated"]):
        yield f"not simulated: {what}; see {world.profile.page_of_facts}"
    notes = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    refused = distinct(note for note in notes if note["type"] == "attempt")
    for note in sorted(refused, key=lambda note: (note["host"], note["port"] or 0)):
        yield f"refused {note['host']}:{note['port'] or '?'} ({note['why']})"
    for what in unseen(notes):
        yield f"perhaps not seen: {what}"
