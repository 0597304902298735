"""Every promise, in the order of the reports. A clause is one function in one of these modules."""

from greenroom.contracts.clauses import (
    bounds,
    cancel,
    confirm,
    create,
    create_contents,
    doubt,
    effect,
    record,
    refresh,
    safety,
    secrecy,
    shape,
    truth,
    update,
    update_keeps,
)
from greenroom.contracts.clauses import list as listed
from greenroom.contracts.clauses.clause import Clause, collect

CLAUSES: tuple[Clause, ...] = collect(
    shape,
    cancel,
    confirm,
    create,
    create_contents,
    update,
    update_keeps,
    listed,
    refresh,
    record,
    effect,
    truth,
    doubt,
    safety,
    secrecy,
    bounds,
)
