"""What is no SuiteQL is refused in NetSuite's words; what may be, and is not built, is said aloud."""

import pytest

from tests.fakes import Fake
from tests.simulators.netsuite.suiteql.asking import refusal, unsimulated

GENERAL = "Search error occurred: Invalid or unsupported search."


def test_an_unknown_table(netsuite: Fake) -> None:
    assert refusal(netsuite, "SELECT id FROM Nothing") == "Invalid search type: Nothing."


def test_an_unknown_column(netsuite: Fake) -> None:
    told = refusal(netsuite, "SELECT id FROM contact c JOIN employee ON c.id = employee.nope")

    assert told == (
        "Search error occurred: Unknown identifier 'nope'. Available identifiers are: {c=contact, employee=employee}."
    )
    assert "Unknown identifier 'x'" in refusal(netsuite, "SELECT x.id FROM contact")


@pytest.mark.parametrize(
    "query",
    [
        "SELEKT 1",
        "",
        "SELECT 1",
        "DELETE FROM calendarevent",
        "UPDATE calendarevent SET title = 'x'",
        "CREATE TABLE x (y NUMBER)",
        "SELECT 1 FROM dual; SELECT 2 FROM dual",
        "SELECT id FROM contact WHERE id",
        "SELECT id = 1 FROM contact",
        "SELECT id FROM contact WHERE id > 'abc'",
        "SELECT id FROM contact WHERE lastmodifieddate > 'soon'",
        "SELECT id FROM contact WHERE lastmodifieddate > 7",
        "SELECT id FROM contact WHERE lastmodifieddate > DATE '2026-01-01'",
        "SELECT TO_DATE('2027-02-30', 'YYYY-MM-DD') FROM dual",
        "SELECT TO_DATE('tomorrow', 'YYYY-MM-DD') FROM dual",
        "SELECT TO_CHAR(SYSDATE, 'bogus') FROM dual",
        "SELECT title, COUNT(*) FROM calendarevent",
        "SELECT status FROM calendarevent GROUP BY organizer",
        "SELECT id FROM calendarevent WHERE COUNT(*) > 1",
        "SELECT MAX(COUNT(*)) FROM calendarevent GROUP BY status",
        "SELECT id FROM calendarevent, contact",
        "SELECT c.id FROM contact c JOIN employee e WHERE c.id = e.id",
        "SELECT c.id FROM contact c, employee c",
        "SELECT id FROM contact c, employee e LEFT JOIN customer k ON k.id = e.id",
        "SELECT e.id FROM employee e, calendarevent c WHERE e.id(+) = c.organizer",
        "SELECT id FROM contact WHERE id IN (SELECT id, email FROM contact)",
        "SELECT (SELECT id FROM employee) FROM dual",
        "SELECT id FROM contact UNION SELECT id, email FROM contact",
        "SELECT DISTINCT status FROM calendarevent ORDER BY title",
        "SELECT id FROM contact ORDER BY 2",
        "SELECT NVL(id) FROM contact",
        "SELECT 1 / 0 FROM dual",
        "SELECT POWER(10, 1000) FROM dual",
        "SELECT REGEXP_REPLACE('a', '[', 'b') FROM dual",
        "SELECT id FROM contact WHERE id IN (" + ", ".join(map(str, range(1001))) + ")",
        "SELECT nothing_of_the_kind(id) FROM contact",
        "SELECT '\ud800' FROM dual",
    ],
)
def test_what_is_no_suiteql(netsuite: Fake, query: str) -> None:
    assert refusal(netsuite, query).startswith("Search error occurred: ")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT id FROM contact LIMIT 1",
        "SELECT id FROM contact LIMIT 1 OFFSET 1",
        "SELECT id FROM contact WHERE id == 55",
        "SELECT [id] FROM contact",
        "SELECT `id` FROM contact",
        "SELECT id::text FROM contact",
        "SELECT id FROM contact WHERE email ISNULL",
        "SELECT id FROM contact WHERE email NOTNULL",
        "SELECT id FROM contact WHERE email GLOB '*'",
        "SELECT id FROM contact WHERE email ILIKE 'C%'",
        "SELECT id FROM contact WHERE email REGEXP 'c'",
        "SELECT id % 2 FROM contact",
        "SELECT id & 2 FROM contact",
        "SELECT TRUE FROM dual",
        "SELECT IFNULL(email, '') FROM contact",
        "SELECT IIF(1 = 1, 2, 3) FROM dual",
        "SELECT PRINTF('%d', 1) FROM dual",
        "SELECT HEX(ZEROBLOB(200000000)) FROM dual",
        "SELECT RANDOMBLOB(9) FROM dual",
        "SELECT LOAD_EXTENSION('x') FROM dual",
        "SELECT STRFTIME('%Y', 'now') FROM dual",
        "SELECT DATE('now') FROM dual",
        "SELECT GROUP_CONCAT(title) FROM calendarevent",
        "SELECT LISTAGG(title, ',') FROM calendarevent",
        "SELECT LEFT(email, 2) FROM contact",
        "SELECT SUBSTRING(email, 2) FROM contact",
        "SELECT DATEDIFF(SYSDATE, SYSDATE) FROM dual",
        "SELECT NOW() FROM dual",
        "SELECT id FROM sqlite_master",
        "PRAGMA user_version = 2",
        "ATTACH DATABASE '/tmp/x' AS x",
        "EXPLAIN SELECT id FROM contact",
        "VALUES (1)",
        "WITH RECURSIVE r(n) AS (SELECT 1 FROM dual UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r",
    ],
)
def test_other_databases_words_are_refused(netsuite: Fake, query: str) -> None:
    assert "Search error occurred" in refusal(netsuite, query) or "sqlite_master" in query


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELECT id FROM transaction", "the SuiteQL table transaction"),
        ("SELECT id FROM customerstatus", "the SuiteQL table customerstatus"),
        ("SELECT * FROM calendareventattendee", "the SuiteQL table calendareventattendee"),
        ("SELECT salesrep FROM customer", "the SuiteQL column customer.salesrep"),
        ("SELECT e.relateditem FROM calendarevent e", "the SuiteQL column calendarevent.relateditem"),
        ("SELECT SOUNDEX(email) FROM contact", "the SuiteQL function SOUNDEX"),
        ("SELECT REGEXP_COUNT(email, 'a') FROM contact", "the SuiteQL function REGEXP_COUNT"),
        ("SELECT id FROM contact WHERE REGEXP_LIKE(email, 'a')", "the SuiteQL function REGEXP_LIKE"),
        ("SELECT BUILTIN.RELATIVE_RANGES('LFY', 'START') FROM dual", "the SuiteQL function BUILTIN.RELATIVE_RANGES"),
        ("SELECT BUILTIN.DF(email) FROM contact", "BUILTIN.DF of what is neither an entity nor a choice"),
        ("SELECT CAST(id AS NUMBER) FROM contact", "CAST in SuiteQL"),
        ("SELECT EXTRACT(YEAR FROM SYSDATE) FROM dual", "EXTRACT in SuiteQL"),
        ("SELECT TRIM(email) FROM contact", "TRIM in SuiteQL"),
        ("SELECT ROW_NUMBER() OVER (ORDER BY id) FROM contact", "window functions in SuiteQL"),
        ("WITH x AS (SELECT 1 AS n FROM dual) SELECT n FROM x", "WITH in SuiteQL"),
        ("SELECT id FROM contact;", "a semicolon in SuiteQL"),
        ("SELECT id FROM contact EXCEPT SELECT id FROM employee", "EXCEPT in SuiteQL"),
        ("SELECT id FROM contact WHERE (id, email) IN ((1, 'a'))", "lists of values in SuiteQL"),
        ("SELECT id FROM contact WHERE id > ALL (SELECT id FROM employee)", "ALL in SuiteQL"),
        ("SELECT status FROM calendarevent GROUP BY ROLLUP(status)", "ROLLUP, CUBE and GROUPING SETS in SuiteQL"),
        ("SELECT status FROM calendarevent GROUP BY 1", "GROUP BY a number in SuiteQL"),
        ("SELECT id FROM contact JOIN employee USING (id)", "USING and NATURAL joins in SuiteQL"),
        ("SELECT c.id FROM (contact c JOIN employee e ON c.id = e.id)", "joins in parentheses in SuiteQL"),
        ("SELECT id FROM contact FETCH FIRST 1 ROWS WITH TIES", "PERCENT and WITH TIES in SuiteQL"),
        ("SELECT c.id, e.id FROM contact c, employee e", "two columns of one name in SuiteQL"),
        (
            "SELECT status, COUNT(*) AS n FROM calendarevent GROUP BY status ORDER BY n",
            "ORDER BY the alias of an aggregate in SuiteQL",
        ),
        (
            "SELECT id FROM calendarevent WHERE starttime = '2:30 pm'",
            "a time of day compared with something else in SuiteQL",
        ),
        (
            "SELECT id FROM calendarevent WHERE starttime > startdate",
            "a time of day compared with something else in SuiteQL",
        ),
        ("SELECT starttime - SYSDATE FROM calendarevent", "a time of day compared with something else in SuiteQL"),
        ("SELECT TO_CHAR(starttime, 'DD HH24') FROM calendarevent", "the day of a time of day in SuiteQL"),
        ("SELECT TO_CHAR(id, '999') FROM contact", "TO_CHAR of a number by a format in SuiteQL"),
        ("SELECT TO_CHAR(SYSDATE, 'WW') FROM dual", "WW in a date format of SuiteQL"),
        ("SELECT REGEXP_REPLACE(email, '(.)', '\\1') FROM contact", "references in REGEXP_REPLACE in SuiteQL"),
        ("SELECT id FROM contact START WITH id = 1 CONNECT BY PRIOR id = company", "CONNECT BY in SuiteQL"),
    ],
)
def test_what_is_not_built_is_said_aloud(netsuite: Fake, query: str, what: str) -> None:
    assert unsimulated(netsuite, query) == what
