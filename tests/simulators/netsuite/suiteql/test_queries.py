"""Queries with their right rows: functions by the list of the online help, shapes as clients write them."""

import pytest

from tests.fakes import Fake
from tests.simulators.netsuite.suiteql.asking import rows, values


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("id = 12346", "12346"),
        ("id = '12346'", "12346"),
        ("id IN (12346, 1234, 1)", "1234 12346"),
        ("id IN ('12346', 1)", "12346"),
        ("id NOT IN (12346, 12347) AND title LIKE 'Q%'", ""),
        ("organizer = 102", "200002 200003"),
        ("organizer <> 101 AND organizer != 7", "200002 200003"),
        ("id BETWEEN 12347 AND 12391", "12347 12390 12391"),
        ("id NOT BETWEEN 1235 AND 200001", "1234 200002 200003"),
        ("status = 'CONFIRMED' AND (company = 700 OR title = 'Deposition')", "123461 200001"),
        ("NOT (status = 'CONFIRMED')", "12391 200002 200003"),
        ("title IS NULL", "12391"),
        ("title IS NOT NULL AND company IS NOT NULL", "200001 200003"),
        ("title = ''", ""),
        ("title <> 'Retro' AND id > 12390", "123461 200001 200002"),
        ("title LIKE 'Q%view'", "12346 12347"),
        ("title NOT LIKE '%e%'", "200001"),
        ("title LIKE '_etro'", "200003"),
        ("title LIKE '100!% review!_1' ESCAPE '!'", "200002"),
        ("title LIKE '%!%%' ESCAPE '!'", "200002"),
        ("LOWER(title) LIKE LOWER('%RETRO%')", "200003"),
        ("alldayevent = 'T'", "12391"),
        ("timedevent = 'F'", "12391"),
        ("startdate = TO_DATE('2027-04-30', 'YYYY-MM-DD')", "200002"),
        (
            "startdate >= TO_DATE('04/01/2027', 'MM/DD/YYYY') AND startdate < TO_DATE('20280101', 'YYYYMMDD')",
            "200001 200002",
        ),
        (
            "startdate BETWEEN TO_DATE('2027-03-05', 'YYYY-MM-DD') AND TO_DATE('1-Apr-2027', 'DD-Mon-YYYY')",
            "12391 200001",
        ),
        ("startdate > '4/1/2027'", "200002 200003"),
        ("TRUNC(startdate, 'MM') = TO_DATE('2027-04-01', 'YYYY-MM-DD')", "200001 200002"),
        ("TO_CHAR(startdate, 'YYYY') = '2028'", "200003"),
        ("TO_CHAR(starttime, 'HH24:MI') < '09:30'", "12391 200001 200003"),
        ("endtime - starttime > 1 / 24", "12391 200002 200003"),
        ("company IN (SELECT id FROM customer WHERE companyname = 'Acme')", "200001"),
        ("company NOT IN (SELECT id FROM customer WHERE companyname = 'Acme')", "200003"),
        ("organizer = (SELECT MAX(organizer) FROM calendarevent)", "200002 200003"),
        ("ROWNUM <= 2", "1234 12346"),
        ("ROWNUM = 2", ""),
        ("status = 'CANCELLED' AND ROWNUM = 1", "200003"),
        ("NVL(company, 0) = 0 AND contact IS NOT NULL", "200002"),
        ("DECODE(status, 'CANCELLED', 1, 'TENTATIVE', 2, 0) > 0", "12391 200002 200003"),
        ("CASE WHEN company IS NULL THEN 'none' ELSE 'some' END = 'some'", "200001 200003"),
        ("REGEXP_INSTR(title, '[0-9]') > 0", "200002"),
    ],
)
def test_where(office: Fake, where: str, expected: str) -> None:
    found = rows(office, f"SELECT id FROM calendarevent WHERE {where} ORDER BY id")

    assert [row["id"] for row in found] == expected.split()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT TOP 2 id FROM calendarevent ORDER BY id DESC", [["200003"], ["200002"]]),
        ("SELECT id FROM calendarevent ORDER BY startdate DESC, id FETCH FIRST 2 ROWS ONLY", [["200003"], ["200002"]]),
        ("SELECT id FROM calendarevent ORDER BY id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY", [["12346"], ["12347"]]),
        (
            "SELECT * FROM (SELECT ROWNUM AS rn, x.* FROM (SELECT id FROM calendarevent ORDER BY id) x) WHERE rn BETWEEN 2 AND 3",
            [["2", "12346"], ["3", "12347"]],
        ),
        ("SELECT id FROM (SELECT id FROM calendarevent ORDER BY id DESC) WHERE ROWNUM <= 1", [["200003"]]),
        ("SELECT id FROM customer ORDER BY phone", [["700"], ["701"]]),
        ("SELECT id FROM customer ORDER BY phone DESC", [["701"], ["700"]]),
        ("SELECT id FROM customer ORDER BY phone NULLS FIRST", [["701"], ["700"]]),
        ("SELECT id AS key FROM customer ORDER BY key DESC", [["701"], ["700"]]),
        ("SELECT id, entityid FROM customer ORDER BY 2 DESC", [["701", "Bob Buyer"], ["700", "Acme"]]),
        ("SELECT DISTINCT status FROM calendarevent ORDER BY status", [["CANCELLED"], ["CONFIRMED"], ["TENTATIVE"]]),
        ("SELECT COUNT(*) AS n FROM calendarevent WHERE id = 7", [["0"]]),
        ("SELECT COUNT(DISTINCT organizer) AS n, COUNT(company) AS c FROM calendarevent", [["2", "2"]]),
        ("SELECT MIN(startdate) AS a, MAX(startdate) AS b FROM calendarevent", [["3/2/2027", "2/29/2028"]]),
        (
            "SELECT SUM(organizer) AS s, AVG(organizer) AS v, MEDIAN(organizer) AS m FROM calendarevent WHERE id > 200000",
            [["305", "101.6666666666666666666666666666666666667", "102"]],
        ),
        (
            "SELECT status, COUNT(*) AS n FROM calendarevent GROUP BY status ORDER BY COUNT(*) DESC, status",
            [["CONFIRMED", "6"], ["TENTATIVE", "2"], ["CANCELLED", "1"]],
        ),
        (
            "SELECT TRUNC(e.startdate, 'MM') AS month, COUNT(*) AS n FROM calendarevent e GROUP BY trunc(startdate, 'MM') ORDER BY 1",
            [["3/1/2027", "6"], ["4/1/2027", "2"], ["2/1/2028", "1"]],
        ),
        ("SELECT organizer FROM calendarevent GROUP BY organizer HAVING COUNT(*) BETWEEN 2 AND 6", [["102"]]),
        (
            "SELECT e.id, m.firstname FROM calendarevent e INNER JOIN employee m ON e.organizer = m.id WHERE e.id > 200001 ORDER BY e.id",
            [["200002", "Grace"], ["200003", "Grace"]],
        ),
        (
            "SELECT c.id, e.title FROM customer c LEFT JOIN calendarevent e ON e.company = c.id AND e.status = 'CONFIRMED' ORDER BY c.id",
            [["700", "Stand-up"], ["701", None]],
        ),
        (
            "SELECT c.id, e.title FROM customer c, calendarevent e WHERE c.id = e.company (+) AND e.status(+) = 'CONFIRMED' ORDER BY c.id",
            [["700", "Stand-up"], ["701", None]],
        ),
        (
            "SELECT c.id, e.id AS event FROM calendarevent e RIGHT OUTER JOIN customer c ON e.company = c.id AND e.id < 200002 ORDER BY c.id",
            [["700", "200001"], ["701", None]],
        ),
        ("SELECT COUNT(*) AS n FROM customer c FULL JOIN calendarevent e ON e.company = c.id", [["9"]]),
        ("SELECT COUNT(*) AS n FROM customer CROSS JOIN vendor", [["2"]]),
        ("SELECT c.id FROM customer c, calendarevent e WHERE e.company = c.id AND e.title = 'Retro'", [["701"]]),
        (
            "SELECT m.id, (SELECT COUNT(*) FROM calendarevent e WHERE e.organizer = m.id) AS n FROM employee m WHERE m.id < 103 ORDER BY m.id",
            [["101", "7"], ["102", "2"]],
        ),
        (
            "SELECT id FROM customer c WHERE EXISTS (SELECT 1 FROM calendarevent WHERE company = c.id AND status = 'CANCELLED')",
            [["701"]],
        ),
        (
            "SELECT id FROM customer c WHERE NOT EXISTS (SELECT 1 FROM calendarevent WHERE company = c.id AND status = 'CANCELLED')",
            [["700"]],
        ),
        (
            "SELECT id FROM customer UNION SELECT id FROM vendor UNION SELECT id FROM vendor ORDER BY id DESC",
            [["702"], ["701"], ["700"]],
        ),
        (
            "SELECT organizer FROM calendarevent WHERE id < 12347 UNION ALL SELECT id FROM contact",
            [["101"], ["101"], ["55"]],
        ),
        ("SELECT id FROM employee MINUS SELECT organizer FROM calendarevent ORDER BY 1", [["103"], ["104"], ["105"]]),
        ("SELECT id FROM employee INTERSECT SELECT organizer FROM calendarevent ORDER BY 1", [["101"], ["102"]]),
        (
            "SELECT t.n FROM (SELECT company AS n FROM calendarevent) t WHERE t.n IS NOT NULL ORDER BY t.n",
            [["700"], ["701"]],
        ),
        ("SELECT COUNT(*), 'a', MAX(id) FROM customer", [["2", "a", "701"]]),
        ("SELECT id -- the key\nFROM /* all */ customer WHERE id = 700", [["700"]]),
        ('SELECT "ID" AS "Key" FROM Customer AS "C" WHERE C.Id = 700', [["700"]]),
    ],
)
def test_rows(office: Fake, query: str, expected: list[list[str | None]]) -> None:
    found = rows(office, query)
    names = list(dict.fromkeys(name for row in found for name in row))

    assert [[row.get(name) for name in names] for row in found] == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("NVL(NULL, 'b')", "b"),
        ("NVL2(NULL, 'a', 'b')", "b"),
        ("COALESCE(NULL, '', 'c')", "c"),
        ("NULLIF('a', 'a')", None),
        ("DECODE(2, 1, 'one', 2, 'two')", "two"),
        ("DECODE(3, 1, 'one', 'many')", "many"),
        ("DECODE(NULL, NULL, 'same')", "same"),
        ("CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' END", "two"),
        ("CASE WHEN NULL = NULL THEN 'a' END", None),
        ("'a' || NULL || 1 || 'b'", "a1b"),
        ("1 + 2 * 3 - 4 / 2", "5"),
        ("-(2) + '3'", "1"),
        ("7 / 2", "3.5"),
        ("1 / 4", ".25"),
        ("MOD(-7, 3)", "-1"),
        ("ROUND(2.5)", "3"),
        ("ROUND(1234.567, -2)", "1200"),
        ("TRUNC(-2.99)", "-2"),
        ("TRUNC(2.567, 2)", "2.56"),
        ("CEIL(1.2) || FLOOR(-1.2)", "2-2"),
        ("ABS(-3) + SIGN(-3) + POWER(2, 10) + SQRT(9)", "1029"),
        ("GREATEST(1, 5, 3) || LEAST('b', 'a')", "5a"),
        ("GREATEST(1, NULL)", None),
        ("UPPER('aB') || LOWER('aB') || INITCAP('hello wide WORLD')", "ABabHello Wide World"),
        ("SUBSTR('abcdef', 2, 3)", "bcd"),
        ("SUBSTR('abcdef', -2)", "ef"),
        ("SUBSTR('abc', 5)", None),
        ("INSTR('banana', 'a', 1, 2)", "4"),
        ("INSTR('banana', 'x')", "0"),
        ("LENGTH('abc') + NVL(LENGTH(''), 9)", "12"),
        ("LPAD('7', 3, '0') || RPAD('a', 3) || 'b'", "007a  b"),
        ("LPAD('abcdef', 3)", "abc"),
        ("LTRIM('  a ') || RTRIM('xyx', 'x') || 'c'", "a xyc"),
        ("REPLACE('aXbX', 'X', '--')", "a--b--"),
        ("REPLACE('aXbX', 'X')", "ab"),
        ("TRANSLATE('a-b-c', '-abc', '+ABC')", "A+B+C"),
        ("CONCAT('a', CHR(66)) || ASCII('A')", "aB65"),
        ("REGEXP_REPLACE('+1 (650) 555', '[^0-9]', '')", "1650555"),
        ("REGEXP_REPLACE('a1b22', '[[:digit:]]+', '#')", "a#b#"),
        ("REGEXP_REPLACE('Abc', 'B', 'x', 1, 0, 'i')", "Axc"),
        ("REGEXP_SUBSTR('one two three', '[a-z]+', 1, 2)", "two"),
        ("REGEXP_SUBSTR('abc', '[0-9]')", None),
        ("REGEXP_INSTR('abc1', '[0-9]')", "4"),
        ("TO_CHAR(TO_DATE('2027-03-05', 'YYYY-MM-DD'), 'DD.MM.YY')", "05.03.27"),
        ("TO_CHAR(TO_DATE('2027-03-05 15:07:09', 'yyyy-mm-dd hh24:mi:ss'), 'HH:MI:SS AM')", "03:07:09 PM"),
        ("TO_CHAR(TO_DATE('3/5/2027', 'MM/DD/YYYY'), 'FMMonth D, DY \"of\" YYYY')", "March 6, FRI of 2027"),
        ("TO_CHAR(TO_DATE('2027-03-05', 'YYYY-MM-DD'))", "3/5/2027"),
        ("TO_DATE('3/5/2027')", "3/5/2027"),
        ("TO_CHAR(TO_DATE('2027-03-05 7:05 PM', 'YYYY-MM-DD HH:MI AM'), 'HH24:MI')", "19:05"),
        ("TO_DATE('2027-03-05', 'YYYY-MM-DD') + 30", "4/4/2027"),
        ("TO_DATE('2027-03-05', 'YYYY-MM-DD') - TO_DATE('2027-03-01 12:00', 'YYYY-MM-DD HH24:MI')", "3.5"),
        ("TRUNC(TO_DATE('2027-08-05', 'YYYY-MM-DD'), 'Q')", "7/1/2027"),
        ("TRUNC(TO_DATE('2027-08-05', 'YYYY-MM-DD'), 'YEAR')", "1/1/2027"),
        ("TRUNC(TO_DATE('2027-08-05', 'YYYY-MM-DD'), 'IW')", "8/2/2027"),
        ("ADD_MONTHS(TO_DATE('2027-01-31', 'YYYY-MM-DD'), 1)", "2/28/2027"),
        ("LAST_DAY(TO_DATE('2028-02-01', 'YYYY-MM-DD'))", "2/29/2028"),
        ("MONTHS_BETWEEN(TO_DATE('2027-03-31', 'YYYY-MM-DD'), TO_DATE('2027-02-28', 'YYYY-MM-DD'))", "1"),
        ("NEXT_DAY(TO_DATE('2027-03-02', 'YYYY-MM-DD'), 'MONDAY')", "3/8/2027"),
        ("TO_NUMBER('12.50') + 0", "12.5"),
        ("TO_CHAR(12346)", "12346"),
    ],
)
def test_expressions(netsuite: Fake, expression: str, expected: str | None) -> None:
    assert values(netsuite, expression) == [expected]


def test_a_column_without_a_name_is_counted(netsuite: Fake) -> None:
    assert rows(netsuite, "SELECT COUNT(*), MAX(id), 'x' AS y FROM contact") == [
        {"expr1": "1", "expr2": "55", "y": "x"}
    ]


def test_what_people_see_of_choices_and_people(office: Fake) -> None:
    query = "SELECT BUILTIN.DF(status) AS s, BUILTIN.DF(e.organizer) AS o, builtin.df(company) AS c FROM calendarevent e WHERE id = 200003"

    assert rows(office, query) == [{"s": "Canceled", "o": "Grace Manager", "c": "Bob Buyer"}]


def test_the_clock_is_the_persons(netsuite: Fake) -> None:
    netsuite.world.clock.freeze(netsuite.world.clock.now().replace(year=2027, month=1, day=1, hour=5, minute=30))
    netsuite.act_as("owner")
    query = "SELECT SYSDATE, CURRENT_DATE AS c, TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI') AS t, TRUNC(SYSDATE) - 1 AS y FROM dual"

    assert rows(netsuite, query) == [
        {"sysdate": "12/31/2026", "c": "12/31/2026", "t": "2026-12-31 21:30", "y": "12/30/2026"}
    ]


def test_parameters_take_the_places_of_their_marks(office: Fake) -> None:
    query = "SELECT TOP ? id FROM calendarevent WHERE timedevent = ? AND title LIKE ? || '%' AND id > ? ORDER BY id"

    assert rows(office, query, [1, True, "Quarterly", 12346]) == [{"id": "12347"}]


def test_every_column_that_has_a_value(netsuite: Fake) -> None:
    (row,) = rows(netsuite, "SELECT * FROM calendarevent WHERE id = 12391")

    assert (row["id"], row["startdate"], row["alldayevent"], row["accesslevel"]) == ("12391", "3/5/2027", "T", "PUBLIC")
    assert "title" not in row
