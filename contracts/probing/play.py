"""Play each row's probe against an account. Unknown rows come first; what was made is removed, whatever happens."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from greenroom.contracts.errors import ProbeError
from greenroom.simulators.core.ledger import MARKS, Reason, Row
from greenroom.simulators.core.probing import Account, DifferenceError, NotProbedError

SEEN, DIFFERS, NOT_PROBED = "seen", "differs", "not probed"
UNDECLARED = Reason("its ledger declares no probe")


@dataclass(frozen=True)
class Finding:
    """What became of one row. ``why`` says why it was not probed."""

    row: Row
    outcome: str
    expected: str = ""
    got: str = ""
    why: str = ""


@dataclass(frozen=True)
class Listener:
    """Who follows a run.

    ``found`` gets each finding, ``ends`` the number of appointments that were made, before they are removed, and
    ``left`` a line for each thing that may be left.
    """

    found: Callable[[Finding], None]
    ends: Callable[[int], None]
    left: Callable[[str], None]


def play(rows: Iterable[Row], account: Account, listener: Listener) -> None:
    """Play rows, the least sure ones first. Then remove what the run made, whatever happened.

    Raises:
        ProbeError: the account does not let the credential in.

    """
    try:
        _let_in(account)
        for row in ordered(rows):
            listener.found(finding(row, account))
            account.tidy()
    finally:
        listener.ends(len(account.made))
        _clean(account, listener)


def _clean(account: Account, listener: Listener) -> None:
    """Remove what was made. An interrupt meanwhile makes it begin once more; a command takes one interrupt only."""
    try:
        left = account.clean()
    except (KeyboardInterrupt, SystemExit):
        for line in account.clean():
            listener.left(line)
        raise
    for line in left:
        listener.left(line)


def ordered(rows: Iterable[Row]) -> list[Row]:
    """Return the rows, the least sure ones first."""
    return sorted(rows, key=lambda row: -MARKS.index(row.mark))


def finding(row: Row, account: Account) -> Finding:
    """Play one row."""
    if row.probe is None or isinstance(row.probe, Reason):
        return Finding(row, NOT_PROBED, why=row.probe or UNDECLARED)
    try:
        row.probe(account)
    except DifferenceError as error:
        return Finding(row, DIFFERS, error.expected, error.got)
    except NotProbedError as error:
        return Finding(row, NOT_PROBED, why=str(error))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        return Finding(row, DIFFERS, "a response of the known form", f"another one ({type(error).__name__})")
    return Finding(row, SEEN)


def _let_in(account: Account) -> None:
    try:
        account.get(account.probing.hello).needed(f"GET {account.probing.hello}")
    except NotProbedError as error:
        raise ProbeError(f"the account cannot be probed: {error}; check --base-url and the credential") from None
