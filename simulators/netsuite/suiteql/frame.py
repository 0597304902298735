"""What an expression is worked out over: the rows under way, and what is known in a whole query."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from greenroom.simulators.netsuite.formats import Formats
from greenroom.simulators.netsuite.suiteql.budget import Budget

Value = int | Decimal | str | datetime | None
Row = tuple[Value, ...]


@dataclass
class Frame:
    """One combination of rows, one of each table; ``number`` is its ROWNUM, ``outer`` the frame of the query around.

    Of a group: ``keys`` are the values that it was made by, ``members`` its frames.
    """

    rows: Sequence[Row]
    outer: "Frame | None" = None
    number: int = 0
    keys: Sequence[Value] = ()
    members: Sequence["Frame"] = ()


Run = Callable[[Frame], Value]
Test = Callable[[Frame], bool | None]


@dataclass(frozen=True)
class Query:
    """What is the same in all of a query: the account's formats and time, parameters by place, tables and names.

    ``table`` returns the rows of a table of the catalogue; ``display`` the name of an entity by its id.
    """

    formats: Formats
    now: datetime
    table: Callable[[str], Sequence[Row]]
    display: Callable[[str], str | None]
    params: Mapping[str, Value] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
