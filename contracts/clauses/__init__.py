"""Every promise, in the order of the reports. A clause is one function in one of these modules."""

from greenroom.contracts.clauses import (
    bounds,
    cancel,
    confirm,
    doubt,
    effect,
    record,
    safety,
    secrecy,
    shape,
    shows,
    truth,
    update,
    update_keeps,
)
from greenroom.contracts.clauses import list as listed
from greenroom.contracts.clauses.clause import Clause, collect

CLAUSES: tuple[Clause, ...] = collect(
    shape, cancel, confirm, update, update_keeps, listed, record, shows, effect, truth, doubt, safety, secrecy, bounds
)
