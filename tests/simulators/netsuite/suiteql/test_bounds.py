"""No query keeps the fake busy: one that takes too much is said aloud, and soon."""

import time

import pytest

from tests.fakes import Fake
from tests.simulators.netsuite.suiteql.asking import rows, unsimulated

LONG = "RPAD('a', 90000, 'a')"
HUGE = {
    "a product of tables": "SELECT COUNT(*) FROM " + ", ".join(f"employee e{n}" for n in range(12)),
    "nested tests of every row": "SELECT COUNT(*) FROM employee a, employee b, employee c, employee d WHERE EXISTS (SELECT 1 FROM employee e, employee f, employee g, employee h WHERE e.id = a.id OR f.id = b.id)",
    "many conditions": "SELECT id FROM employee WHERE " + " OR ".join(["id = 1"] * 6000),
    "a long sum": "SELECT " + " + ".join(["1"] * 9000) + " FROM dual",
    "a deep sum": "SELECT " + "(" * 300 + "1" + ")" * 300 + " FROM dual",
    "deep conditions": "SELECT id FROM employee WHERE " + "NOT (" * 300 + "1 = 1" + ")" * 300,
    "deep cases": "SELECT " + "CASE WHEN 1 = 1 THEN " * 300 + "1" + " END" * 300 + " FROM dual",
    "deep subqueries": "SELECT * FROM " + "(SELECT * FROM " * 300 + "dual" + ")" * 300,
    "many negations": "SELECT " + "- " * 5000 + "1 FROM dual",
    "many signs of not": "SELECT id FROM employee WHERE " + "NOT " * 5000 + "1 = 1",
    "a long group": "SELECT "
    + " || ".join(["email"] * 4000)
    + ", COUNT(*) FROM employee GROUP BY "
    + " || ".join(["email"] * 4000),
    "a text of millions": "SELECT LPAD('a', 2000000000, 'b') FROM dual",
    "doubled texts": f"SELECT {' || '.join([LONG] * 400)} FROM dual",
    "a replaced text": f"SELECT REPLACE({LONG}, 'a', {LONG}) FROM dual",
    "a repeated repetition": f"SELECT REGEXP_REPLACE({LONG}, '(a+)+$', '') FROM dual",
    "repetitions in a row": f"SELECT REGEXP_INSTR({LONG}, 'a*a*a*a*b') FROM dual",
    "a search that gets nowhere": f"SELECT REGEXP_INSTR({LONG}, 'a+b') FROM dual",
    "many words": "SELECT id FROM employee WHERE id IN (" + ", ".join(["1"] * 20_000) + ")",
}


@pytest.mark.parametrize("query", HUGE.values(), ids=HUGE)
def test_too_much_is_said_aloud(netsuite: Fake, query: str) -> None:
    begun = time.monotonic()
    what = unsimulated(netsuite, query)

    assert "SuiteQL" in str(what)
    assert time.monotonic() - begun < 9


def test_ten_thousand_events_are_queried(netsuite: Fake) -> None:
    record = netsuite.record()
    with netsuite.world.store.commit() as commit:
        for number in range(300_000, 310_000):
            commit.insert("calendarEvent", str(number), {**record, "id": str(number), "title": f"Meeting {number}"})
    query = (
        "SELECT e.id, m.lastname FROM calendarevent e INNER JOIN employee m ON e.organizer = m.id "
        "WHERE e.id >= 300000 AND LOWER(e.title) LIKE '%9999' AND e.startdate = TO_DATE('2027-03-02', 'YYYY-MM-DD')"
    )

    assert rows(netsuite, query) == [{"id": "309999", "lastname": "Accountant"}]
    assert rows(netsuite, "SELECT COUNT(*) AS n FROM calendarevent a JOIN calendarevent b ON a.id = b.id") == [
        {"n": "10006"}
    ]
