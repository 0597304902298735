"""The fidelity ledger: what a simulator does, how we know, the test that pins it, and how a real account shows it."""

from collections.abc import Callable
from dataclasses import dataclass

from greenroom.simulators.core.probing import Account

MARKS = ("verified", "likely", "unknown")
Probe = Callable[[Account], object]
"""Plays a row against an account, and raises a ``DifferenceError`` where the account does something else."""


class Reason(str):
    """Why a row has no probe."""

    __slots__ = ()


TWO_USERS = Reason("it needs two users")
ADMIN = Reason("it needs an administrator, who changes what the account or a role may do")
LOG_IN = Reason("it needs the app's secret, or somebody who logs in in a browser")
SESSION = Reason("it would end the credential, or make other ones")
ADDRESS = Reason("it would write the credential into an address")
LIMIT = Reason("it would use up what the account may send")
FAULT = Reason("only a fault can show it")
OTHERS = Reason("it touches records that are no appointments of its own")
INVITES = Reason("it may send somebody an invitation")
PREFERENCE = Reason("it rests on a preference of the account")
ELSEWHERE = Reason("it is about another host than the one of --base-url")
TIME = Reason("it takes longer than a run")
RAW = Reason("it needs bytes that no client sends")
MANY = Reason("it needs more records than a probe makes")
SERIES = Reason("it makes a series, of which something may be left")
OURS = Reason("it is Greenroom's own: no vendor has it")


@dataclass(frozen=True)
class Row:
    """One simulated behaviour: its source, how sure the source is, and the test that pins it (``file.py::name``).

    ``routes`` are those it is about, as ``METHOD path``. ``probe`` shows it on a real account, or says why none can.
    """

    behaviour: str
    mark: str
    source: str
    test: str
    routes: tuple[str, ...] = ()
    probe: Probe | Reason | None = None


def row(behaviour: str, mark: str, source: str, test: str, *routes: str, probe: Probe | Reason | None = None) -> Row:
    """Make a row."""
    return Row(behaviour, mark, source, test, routes, probe)
