"""The Python API: what the command line and the pytest plugin do, for programs."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypedDict, Unpack

from greenroom.contracts.errors import ConfigError
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import Event, RunFinished
from greenroom.contracts.run.runner import certify as run
from greenroom.contracts.run.waivers import Waiver
from greenroom.simulators import find_crm
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.control.guard import RefusalError
from greenroom.simulators.core.control.handlers import out_of_band
from greenroom.simulators.core.faults.spec import parse as parse_fault
from greenroom.simulators.core.names import did_you_mean
from greenroom.simulators.core.server import in_url
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import DAY, Login, World


class Options(TypedDict, total=False):
    """The options of a certification, with the names and defaults of ``greenroom certify``.

    ``deadline``: seconds for each call. ``runtime``: the command that runs the connector. ``env``: variables of its
    process. ``only``, ``scenarios`` and ``interfaces`` select (globs of clause ids, globs of scenario ids, names).
    ``time``: ``auto``, ``virtual`` or ``real``, as of ``--time``. ``jobs``: the processes that share the
    work (1); with more, a script begins its work under ``if __name__ == "__main__":``.
    """

    level: str
    seed: int | None
    deadline: float
    runtime: tuple[str, ...]
    env: Mapping[str, str]
    only: tuple[str, ...]
    scenarios: tuple[str, ...]
    interfaces: tuple[str, ...]
    waivers: tuple[Waiver, ...]
    time: str
    jobs: int


FORMER = {"situations": "scenarios"}
"""Options by names that they once had, and their names of today."""
SEVERAL = ("runtime", "only", "scenarios", "interfaces", "waivers")
"""Options that are lists."""


def certify(
    target: str | Path,
    *,
    crm: str,
    on_event: Callable[[Event], None] = lambda _event: None,
    **options: Unpack[Options],
) -> Certificate:
    """Certify a connector and return the certificate: ``verdict``, ``reached``, ``verdicts``, and all ``calls``.

    ``on_event`` gets each event of the run, like a report.

    Raises:
        LookupError: no such CRM.
        ConfigError: an option, level, clause, scenario or interface that does not exist, or a connector that offers
            none.
        BridgeError: the connector cannot be found, loaded or called.

    """
    found = None
    with closing(run(run_config(target, crm, **options))) as events:
        for event in events:
            on_event(event)
            if isinstance(event, RunFinished):
                found = event.certificate
    if found is None:
        msg = "the run ended without a certificate"
        raise RuntimeError(msg)
    return found


def run_config(target: str | Path, crm: str, **options: Any) -> RunConfig:
    """Return what is asked for, once it is clear that there are such options.

    Raises:
        ConfigError: an option that does not exist, a text where several are needed, or a value that cannot be.

    """
    known = list(Options.__annotations__)
    options = {FORMER.get(name, name): value for name, value in options.items()}
    for name, value in options.items():
        if name not in known:
            raise ConfigError(f"no option '{name}'; {did_you_mean(name, known)}")
        if name in SEVERAL and (isinstance(value, str) or not isinstance(value, Iterable)):
            raise ConfigError(f"{name}={value!r} must be a list, such as {name}=[{value!r}]")
    lists = {name: tuple(value) for name, value in options.items() if name in SEVERAL}
    try:
        return RunConfig(str(target), crm, **{**options, **lists})
    except TypeError as error:  # such as a deadline that is no number
        raise ConfigError(f"an option has a value of the wrong kind: {error}") from None


@dataclass(frozen=True)
class Served:
    """A fake CRM that is being served, and a user who is logged in.

    ``world`` is the tenant that requests reach. App Connect would pass ``user`` and ``auth_header``. This user may
    cancel the appointment ``appointment_id``. ``ca`` is the file of the authority to trust at ``tls_url``.
    """

    simulator: Simulator
    world: World
    login: Login
    ca: Path | None = field(default=None)

    @property
    def url(self) -> str:
        """Its address over HTTP."""
        return str(self.simulator.url)

    @property
    def tls_url(self) -> str | None:
        """Its address over TLS, if it has one."""
        return f"https://{in_url(self.simulator.host)}:{self.simulator.tls_port}" if self.simulator.tls_port else None

    @property
    def user(self) -> dict[str, Any]:
        """App Connect's user object."""
        return self.login.user

    @property
    def auth_header(self) -> str:
        """The Authorization header."""
        return self.login.auth_header

    @property
    def appointment_id(self) -> str:
        """An appointment that the user may cancel."""
        return self.world.appointments["target"]

    @cached_property
    def credentials(self) -> Mapping[str, str]:
        """What clients of NetSuite sign requests and log-ins with, as ``greenroom serve --json`` prints it."""
        return self.simulator.crm.credentials(self.world, "owner")

    def state(self, appointment_id: str | None = None) -> str:
        """Return the state of an appointment: ``live``, ``removed``, ``never``, or the name of its cancellation."""
        return self.simulator.crm.state(self.world, appointment_id or self.appointment_id)

    def arm(self, fault: str) -> int:
        """Arm a fault, written as for ``greenroom call --fault``, and return its number.

        Raises:
            ValueError: no such fault, or one that cannot be armed so.

        """
        return self.world.faults.arm(parse_fault(fault)).number

    def advance(self, seconds: float) -> None:
        """Move the CRM's clock.

        Raises:
            ValueError: out of the clock's range.

        """
        self.world.clock.advance(seconds)

    def expire(self) -> None:
        """Let the user's access tokens expire now."""
        self.world.tokens.expire(self.world.people["owner"].id)

    def add(self, **fields: Any) -> str:
        """Add an appointment with the CRM's own fields, as its owner would in the CRM's pages, and return its id.

        Raises:
            ValueError: the CRM refuses it.

        """
        owner = self.world.people["owner"]
        try:
            return str(out_of_band(self.world, lambda: self.simulator.crm.add(self.world, owner, fields, "")))
        except RefusalError as error:
            raise ValueError(str(error)) from None

    def journal(self) -> list[dict[str, Any]]:
        """Return the requests to this CRM with their responses, secrets masked, as the control API shows them."""
        mask = self.world.secrets.mask
        return [entry.to_json(mask) for entry in self.world.journal.since()]


@contextmanager
def serve(
    crm: str,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    tls: bool = False,
    seed: int = 0,
    switches: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Serve a fake CRM while the block runs: ``with greenroom.serve("clio") as clio: …``.

    Raises:
        LookupError: no such CRM.
        OSError: the port is taken, or the address cannot be bound.
        ValueError: no such switch.

    """
    authority = Authority() if tls else None
    with (
        tempfile.TemporaryDirectory(prefix="greenroom-") as folder,
        Simulator(find_crm(crm), host=host, port=port, authority=authority, seed=seed) as simulator,
    ):
        simulator.current.flip(switches or {})
        ca = authority.write(Path(folder, "ca.pem")) if authority else None
        world = simulator.current
        yield Served(simulator, world, world.log_in("owner", lifetime=DAY), ca)
