"""The language of ``where``: what it says, against SQLite, and how it refuses."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.simulators.bullhorn import where
from greenroom.simulators.bullhorn.entities import ENTITIES
from greenroom.simulators.bullhorn.errors import BadWhere, InvalidField
from greenroom.simulators.core.errors import Unsimulated
from tests.catalogue import examples

APPOINTMENT = ENTITIES["Appointment"]
COLUMNS = {"id": "id", "dateBegin": "begin", "isDeleted": "deleted", "subject": "subject", "owner.id": "owner"}
ONE = {
    "id": 7,
    "dateBegin": 1_800_000_000_000,
    "isDeleted": False,
    "subject": "It's late",
    "owner.id": 3,
    "lead": None,
    "lead.id": None,
    "attendees": [11, 12],
    "childAppointments": [],
}


def holds(text: str, record: dict[str, Any] | None = None) -> bool | None:
    return where.parse(text, APPOINTMENT)((record or ONE).get)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("isDeleted=false AND owner.id=3 AND dateBegin>=1800000000000 AND dateBegin<=1800000000001", True),
        ("id IN (1,7)", True),
        ("id not in (1, 7)", False),
        ("subject = 'it''s LATE'", True),
        ("subject <> 'x' and not (id = 7 or id = 8)", False),
        ("((id = 7 OR id = 8) AND NOT (id = 8 OR id = 9)) OR id = 1", True),
        ("lead IS NULL", True),
        ("lead IS NOT NULL", False),
        ("lead.id = 1", None),
        ("NOT lead.id = 1", None),
        ("lead.id NOT IN (1)", None),
        ("lead.id = 1 OR id = 7", True),
        ("lead.id = 1 AND id = 8", False),
        ("attendees IS EMPTY", False),
        ("childAppointments IS EMPTY", True),
        ("attendees IS NOT EMPTY", True),
        ("11 MEMBER OF attendees", True),
        ("11 NOT MEMBER OF attendees", False),
        ("id=-7 OR isDeleted<>FALSE", False),
    ],
)
def test_conditions(text: str, truth: bool | None) -> None:
    assert holds(text) is truth


@pytest.mark.parametrize(
    "text",
    ["", "id", "id =", "= 7", "id = 7 AND", "(id = 7", "id = 7)", "id IN ()", 'subject = "x"', "id == 7", "7 = id",
     "id = 7 id = 8", "id = 7; id = 8", "isDeleted = false,id = 7", "subject = 'x", "id MEMBER OF attendees"],
)  # fmt: skip
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(BadWhere, match="Invalid where clause"):
        holds(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("attendees.id = 7", "leads to no single entity"),
        ("subject.id = 7", "leads to no single entity"),
        ("attendees = 7", "cannot be compared"),
        ("attendees IS NULL", "IS EMPTY"),
        ("subject IS EMPTY", "does not lead to many"),
        ("7 MEMBER OF owner", "does not lead to many"),
        ("'7' MEMBER OF attendees", "named by its id"),
    ],
)
def test_names_are_used_as_what_they_are(text: str, why: str) -> None:
    with pytest.raises(BadWhere, match=why):
        holds(text)


@pytest.mark.parametrize("text", ["colour = 'red'", "owner.colour = 1", "Subject = 'x'", "isdeleted = false"])
def test_names_that_the_entity_does_not_have_are_refused(text: str) -> None:
    with pytest.raises(InvalidField, match="Invalid field"):
        holds(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("subject LIKE 'a%'", "LIKE in where"),
        ("id BETWEEN 1 AND 9", "BETWEEN in where"),
        ("LOWER(subject) = 'x'", "LOWER in where"),
        ("dateBegin > {ts '2027-01-01'}", "{ in where"),
        ("dateEnd - dateBegin > 1", "- in where"),
        ("id != 7", "!= in where"),
        ("owner = 3", "write owner.id"),
        ("id = '7'", "id compared with '7' in where"),
        ("isDeleted = 0", "isDeleted compared with 0 in where"),
        ("id = true", "id compared with True in where"),
        ("isDeleted > false", "> with a flag in where"),
        ("jobOrder.title = 'x'", "the field title of JobOrder"),
        ("(" * 51 + "id = 7" + ")" * 51, "more than 50 levels in where"),
    ],
)
def test_what_jpql_may_have_is_not_simulated(text: str, what: str) -> None:
    with pytest.raises(Unsimulated) as error:
        holds(text)

    assert what in error.value.what


def test_a_word_of_jpqls_in_a_text_is_no_word_of_the_condition() -> None:
    with pytest.raises(BadWhere):
        holds("subject = 'like' 'between'")


def test_long_conditions_are_read() -> None:
    assert holds(" OR ".join(f"(id = {n})" for n in range(1000))) is True
    assert holds(f"id IN ({','.join(map(str, range(3000)))})") is True


VALUES = {
    "id": st.integers(0, 4),
    "dateBegin": st.integers(-2, 2),
    "isDeleted": st.booleans(),
    "subject": st.sampled_from(["a", "b", "it's", ""]),
    "owner.id": st.integers(0, 4),
}


def written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


@st.composite
def simple(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(sorted(VALUES)))
    value = VALUES[name].map(written)
    kind = draw(st.sampled_from(["compare", "null", "in"]))
    negated = draw(st.sampled_from(["", "NOT "]))
    if kind == "null":
        return f"{name} IS {negated}NULL"
    if kind == "in":
        return f"{name} {negated}IN ({', '.join(draw(st.lists(value, min_size=1, max_size=3)))})"
    operators = ["=", "<>"] if name == "isDeleted" else ["=", "<>", "<", "<=", ">", ">="]
    return f"{name}{draw(st.sampled_from(operators))}{draw(value)}"


CONDITIONS = st.recursive(
    simple(),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(" ".join),
        inner.map("({})".format),
        inner.map("NOT {}".format),
    ),
    max_leaves=8,
)
RECORDS = st.lists(st.fixed_dictionaries({name: st.none() | of for name, of in VALUES.items()}), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as found:
        found.execute("CREATE TABLE t (place, id, begin, deleted, subject TEXT COLLATE NOCASE, owner)")
        yield found


@settings(max_examples=examples(300), deadline=None)
@given(condition=CONDITIONS, records=RECORDS)
def test_conditions_mean_what_they_mean_in_sql(
    database: sqlite3.Connection, condition: str, records: list[dict[str, Any]]
) -> None:
    database.execute("DELETE FROM t")
    rows = [(place, *(record[name] for name in COLUMNS)) for place, record in enumerate(records)]
    database.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", rows)
    sql = condition
    for name, column in COLUMNS.items():
        sql = sql.replace(name, column)
    expected = [row[0] for row in database.execute(f"SELECT place FROM t WHERE {sql} ORDER BY place")]
    test = where.parse(condition, APPOINTMENT)

    assert [place for place, record in enumerate(records) if test(record.get) is True] == expected


@settings(max_examples=examples(300), deadline=None)
@given(text=st.text(alphabet="id =<>()'1,.NOTINULAR\"!", max_size=24))
def test_nothing_else_is_raised(text: str) -> None:
    with suppress(BadWhere, InvalidField, Unsimulated):
        assert callable(where.parse(text, APPOINTMENT))
