"""The published kill matrix is about the connectors and clauses that there are, and says what it must say."""

from greenroom.contracts.clauses import CLAUSES
from tests import matrix


def test_every_connector_has_its_row() -> None:
    found = {row.name: (row.clause, row.story) for row in matrix.published()}

    assert found == {s.path.name: (s.clause, s.bug) for s in matrix.everybody()}, "run make matrix ONLY='…'"


def test_every_clause_kills_and_none_refuses_a_correct_one() -> None:
    rows = matrix.published()

    assert [row.name for row in rows if not row.right] == []
    assert {row.clause for row in rows if row.clause} == {clause.id for clause in CLAUSES}, (
        "a clause lacks its faulty connector, or make matrix ONLY='…' was not run"
    )


def test_the_page_says_no_less_than_its_rows() -> None:
    """Reading the page and writing it again changes nothing."""
    assert matrix.page(matrix.published()) == matrix.PAGE.read_text("utf-8"), "run make matrix ONLY='…'"
