"""Queries that nobody thought of: the fake's rows against those of a small evaluator of the tests' own."""

import operator
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from tests.fakes import Fake
from tests.simulators.netsuite.suiteql import evaluator as e
from tests.simulators.netsuite.suiteql.asking import ask
from tests.simulators.netsuite.suiteql.evaluator import Expression, Row

EVENTS = [
    {"id": 9001 + at, "title": title, "status": status, "startdate": day, "organizer": who, "company": company}
    for at, (title, status, day, who, company) in enumerate(
        [
            ("Alpha", "CONFIRMED", date(2027, 1, 31), 101, 700),
            ("alpha", "CANCELLED", date(2027, 2, 28), 102, None),
            ("Beta beta", "TENTATIVE", date(2028, 2, 29), 101, 701),
            (None, "CONFIRMED", None, 102, 700),
            ("100%", "COMPLETE", date(2027, 12, 31), 103, None),
            ("It's", "CONFIRMED", date(2027, 1, 31), 101, 701),
            ("Älter", "TENTATIVE", date(2026, 6, 30), 102, 799),
        ]
    )
]
PEOPLE = [
    {"id": key, "lastname": name}
    for key, name in zip(range(101, 106), ("Accountant", "Manager", "Viewer", "Outsider", "Clerk"), strict=True)
]
COMPARISONS = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
WORDS = st.text("abA %_'é", min_size=1, max_size=4).map(e.text)
SETTINGS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module")
def netsuite() -> Iterator[Fake]:
    """A fake with these events and no others."""
    with Simulator(CRMS["netsuite"]) as simulator:
        fake = Fake(simulator)
        whole = dict(fake.record())
        with fake.world.store.commit() as commit:
            for key in fake.world.appointments.values():
                commit.remove("calendarEvent", key)
            for event in EVENTS:
                commit.insert("calendarEvent", str(event["id"]), {**whole, **_record(event)})
        yield fake


def _record(event: Row) -> dict[str, Any]:
    day = event["startdate"]
    return {
        "id": str(event["id"]),
        "title": event["title"],
        "status": event["status"],
        "startDate": day and day.isoformat(),
        "organizer": str(event["organizer"]),
        "company": event["company"] and str(event["company"]),
    }


@cache
def numbers(depth: int) -> st.SearchStrategy[Expression]:
    plain = st.one_of(
        st.sampled_from(["id", "organizer", "company"]).map(e.column),
        st.integers(-3, 9005).map(e.number),
        st.just(e.NULL),
    )
    if depth == 0:
        return plain
    deeper = numbers(depth - 1)
    return st.one_of(
        plain,
        st.builds(partial(e.binary, "+", operator.add), deeper, deeper),
        st.builds(partial(e.binary, "-", operator.sub), deeper, deeper),
        st.builds(partial(e.binary, "*", operator.mul), deeper, deeper),
        st.builds(partial(e.call, "ABS", abs), deeper),
        st.builds(partial(e.call, "SIGN", lambda n: (n > 0) - (n < 0)), deeper),
        st.builds(partial(e.call, "GREATEST", max), deeper, deeper),
        st.builds(partial(e.call, "LEAST", min), deeper, deeper),
        st.builds(partial(e.call, "LENGTH", len), texts(depth - 1)),
        st.builds(partial(e.call, "INSTR", lambda a, b: a.find(b) + 1), texts(depth - 1), texts(0)),
        st.builds(partial(e.binary, "-", lambda a, b: (a - b).days), days(0), days(0)),
        st.builds(partial(e.call, "NVL", lambda a, b: b if a is None else a, strict=False), deeper, deeper),
        st.builds(partial(e.call, "NVL2", lambda a, b, c: c if a is None else b, strict=False), deeper, deeper, deeper),
        st.builds(e.choice, conditions(depth - 1), deeper, deeper),
        st.builds(e.decoded, deeper, deeper, deeper, deeper),
    )


@cache
def texts(depth: int) -> st.SearchStrategy[Expression]:
    plain = st.one_of(st.sampled_from(["title", "status"]).map(e.column), WORDS, st.sampled_from([e.NULL, e.text("")]))
    if depth == 0:
        return plain
    deeper = texts(depth - 1)
    return st.one_of(
        plain,
        st.builds(e.joined, deeper, deeper),
        st.builds(partial(e.call, "UPPER", str.upper), deeper),
        st.builds(partial(e.call, "LOWER", str.lower), deeper),
        st.builds(partial(e.call, "LTRIM", lambda a: a.lstrip(" ")), deeper),
        st.builds(partial(e.call, "REPLACE", lambda a, b, c: a.replace(b, c)), deeper, WORDS, WORDS),
        st.builds(partial(e.call, "COALESCE", lambda a, b: b if a is None else a, strict=False), deeper, deeper),
        st.builds(partial(e.call, "NULLIF", lambda a, b: None if a == b else a, strict=False), deeper, deeper),
        st.builds(
            partial(e.call, "REGEXP_REPLACE", lambda a, _, c: re.sub("[ab]", c, a)),
            deeper,
            st.just(e.text("[ab]")),
            WORDS,
        ),
        st.builds(partial(e.call, "SUBSTR", lambda a, n: a[n - 1 :]), deeper, st.integers(1, 5).map(e.number)),
        st.builds(
            partial(e.call, "TO_CHAR", lambda d, _: d.strftime("%Y%m%d")), days(depth - 1), st.just(e.text("YYYYMMDD"))
        ),
        st.builds(e.choice, conditions(depth - 1), deeper, deeper),
    )


@cache
def days(depth: int) -> st.SearchStrategy[Expression]:
    plain = st.one_of(
        st.just(e.column("startdate")),
        st.dates(date(2026, 1, 1), date(2028, 12, 31)).map(e.day),
        st.just(e.column("startdate")),
    )
    if depth == 0:
        return plain
    deeper = days(depth - 1)
    return st.one_of(
        plain,
        st.builds(
            partial(e.binary, "+", lambda d, n: d + timedelta(days=n)), deeper, st.integers(-40, 40).map(e.number)
        ),
        st.builds(partial(e.call, "TRUNC", lambda d, _: d.replace(day=1)), deeper, st.just(e.text("MM"))),
        st.builds(
            partial(
                e.call, "LAST_DAY", lambda d: (d.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
            ),
            deeper,
        ),
        st.builds(partial(e.call, "NVL", lambda a, b: b if a is None else a, strict=False), deeper, deeper),
    )


@cache
def conditions(depth: int) -> st.SearchStrategy[Expression]:
    kinds = [kind(depth) for kind in (numbers, texts, days)]
    so = st.booleans()
    plain = st.one_of(
        *(
            st.builds(e.binary, st.just(sign), st.just(work), kind, kind)
            for sign, work in COMPARISONS.items()
            for kind in kinds
        ),
        *(st.builds(partial(_empty), kind, so) for kind in kinds),
        *(st.builds(_listed, kind, st.lists(kind, min_size=1, max_size=3), so) for kind in kinds),
        *(st.builds(_between, kind, kind, kind, so) for kind in kinds),
        st.builds(_like, kinds[1], st.text("Aab ", max_size=2), st.text("aA ", max_size=1), so),
    )
    if depth == 0:
        return plain
    deeper = conditions(depth - 1)
    return st.one_of(
        plain, st.builds(e.all_of, deeper, deeper), st.builds(e.any_of, deeper, deeper), st.builds(e.negated, deeper)
    )


def _empty(one: Expression, is_so: bool) -> Expression:
    return e.empty(one, is_so=is_so)


def _listed(one: Expression, others: list[Expression], is_so: bool) -> Expression:
    return e.listed(one, others, is_so=is_so)


def _between(one: Expression, low: Expression, high: Expression, is_so: bool) -> Expression:
    return e.between(one, low, high, is_so=is_so)


def _like(one: Expression, head: str, tail: str, is_so: bool) -> Expression:
    return e.like(one, head, tail, is_so=is_so)


def found(netsuite: Fake, query: str, width: int) -> list[list[str | None]]:
    answer = ask(netsuite, query)
    assert answer.status_code == 200, answer.text
    return [[row.get(f"c{at}") for at in range(width)] for row in answer.json()["items"]]


def listed(columns: list[Expression]) -> str:
    return ", ".join(f"{each.sql} AS c{at}" for at, each in enumerate(columns))


@SETTINGS
@given(columns=st.lists(numbers(2) | texts(2) | days(2), min_size=1, max_size=3), where=conditions(2))
def test_rows_of_one_table(netsuite: Fake, columns: list[Expression], where: Expression) -> None:
    expected = [[e.shown(each.of(row)) for each in columns] for row in EVENTS if where.of(row)]

    assert (
        found(netsuite, f"SELECT {listed(columns)} FROM calendarevent WHERE {where.sql} ORDER BY id", len(columns))
        == expected
    )


@SETTINGS
@given(
    key=numbers(1) | texts(1) | days(1),
    falling=st.booleans(),
    first=st.sampled_from([None, True, False]),
    count=st.integers(0, 8),
)
def test_order_and_first_rows(netsuite: Fake, key: Expression, falling: bool, first: bool | None, count: int) -> None:
    some = sorted((row for row in EVENTS if key.of(row) is not None), key=key.of, reverse=falling)
    none = [row for row in EVENTS if key.of(row) is None]
    nulls_first = falling if first is None else first
    expected = [[str(row["id"])] for row in (none + some if nulls_first else some + none)][:count]
    order = f"({key.sql}) {'DESC' if falling else 'ASC'}{'' if first is None else ' NULLS FIRST' if first else ' NULLS LAST'}"

    assert (
        found(netsuite, f"SELECT id AS c0 FROM calendarevent ORDER BY {order}, id FETCH FIRST {count} ROWS ONLY", 1)
        == expected
    )


@SETTINGS
@given(
    kind=st.sampled_from(["INNER", "LEFT", "RIGHT", "FULL"]),
    extra=st.none() | conditions(1),
    where=st.none() | conditions(1),
)
def test_joins(netsuite: Fake, kind: str, extra: Expression | None, where: Expression | None) -> None:
    nobody, nothing = dict.fromkeys(PEOPLE[0]), dict.fromkeys(EVENTS[0])
    pairs = [(a, b) for a in EVENTS for b in PEOPLE if a["organizer"] == b["id"] and (extra is None or extra.of(a))]
    if kind in ("LEFT", "FULL"):
        pairs += [(a, nobody) for a in EVENTS if a not in [pair[0] for pair in pairs]]
    if kind in ("RIGHT", "FULL"):
        pairs += [(nothing, b) for b in PEOPLE if b not in [pair[1] for pair in pairs]]
    kept = [(a, b) for a, b in pairs if where is None or where.of(a)]
    expected = sorted([e.shown(a["id"]), e.shown(b["lastname"])] for a, b in kept if a["id"]) + sorted(
        [None, e.shown(b["lastname"])] for a, b in kept if not a["id"]
    )
    on = f"c.organizer = p.id{f' AND {qualified(extra)}' if extra else ''}"
    query = f"SELECT c.id AS c0, p.lastname AS c1 FROM calendarevent c {kind} JOIN employee p ON {on}"

    assert found(netsuite, f"{query}{f' WHERE {qualified(where)}' if where else ''} ORDER BY 1, 2", 2) == expected


def qualified(condition: Expression) -> str:
    """Name the table of ``id``, which both have."""
    return condition.sql.replace("id", "c.id") if "id" in condition.sql else condition.sql


def _has_column(key: Expression) -> bool:
    """Oracle groups by constants, too; the fake says aloud that it does not."""
    return any(name in key.sql for name in ("title", "status", "startdate", "id", "organizer", "company"))


@SETTINGS
@given(
    key=st.sampled_from(["status", "organizer", "startdate", "company"]).map(e.column) | texts(1).filter(_has_column),
    worth=numbers(1),
    where=conditions(1),
    least=st.integers(0, 3),
)
def test_groups(netsuite: Fake, key: Expression, worth: Expression, where: Expression, least: int) -> None:
    groups: dict[Any, list[Row]] = {}
    for row in EVENTS:
        if where.of(row):
            groups.setdefault(key.of(row), []).append(row)
    expected = [
        [e.shown(name), str(len(rows)), *map(e.shown, _aggregates([worth.of(row) for row in rows]))]
        for name, rows in sorted(groups.items(), key=lambda item: (item[0] is None, item[0]))
        if len(rows) >= least
    ]
    query = (
        f"SELECT {key.sql} AS c0, COUNT(*) AS c1, COUNT({worth.sql}) AS c2, COUNT(DISTINCT {worth.sql}) AS c3, SUM({worth.sql}) AS c4, "
        f"MIN({worth.sql}) AS c5, MAX({worth.sql}) AS c6 FROM calendarevent WHERE {where.sql} "
        f"GROUP BY {key.sql} HAVING COUNT(*) >= {least} ORDER BY 1"
    )

    assert found(netsuite, query, 7) == expected


def _aggregates(values: list[Any]) -> list[Any]:
    some = [value for value in values if value is not None]
    return [len(some), len(set(some)), sum(some) if some else None, min(some, default=None), max(some, default=None)]
