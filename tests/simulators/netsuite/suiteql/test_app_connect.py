"""The queries of App Connect's NetSuite connector, in our own words: its user list, and its searches for contacts."""

from tests.fakes import Fake
from tests.simulators.netsuite.suiteql.asking import rows, unsimulated

PEOPLE = "firstName, middleName, lastName, entitytitle, phone"
SINCE = "lastmodifieddate >= to_date('2024-01-01 00:00:00', 'yyyy-mm-dd hh24:mi:ss')"


def test_the_user_list(netsuite: Fake) -> None:
    found = rows(netsuite, "SELECT id, firstname,middlename, lastname, email, giveaccess, isinactive FROM employee")

    assert {row["firstname"] for row in found} == {"Ada", "Grace", "Vera", "Olga", "Fred"}
    assert found[0] == {
        "id": "101",
        "firstname": "Ada",
        "lastname": "Accountant",
        "email": found[0]["email"],
        "giveaccess": "T",
        "isinactive": "F",
    }


def test_a_search_by_phone_number(office: Fake) -> None:
    number = " OR ".join(
        f"REGEXP_REPLACE({field}, '[^0-9]', '') LIKE '%6505550100'"
        for field in ("phone", "homePhone", "mobilePhone", "altPhone")
    )
    query = f"SELECT id,{PEOPLE},datecreated,lastmodifieddate FROM customer WHERE {SINCE} AND ({number})"

    assert rows(office, query) == [
        {
            "id": "700",
            "entitytitle": "Acme",
            "phone": "+1 (650) 555-0100",
            "datecreated": "1/5/2026",
            "lastmodifieddate": "2/2/2026",
        }
    ]


def test_a_search_by_a_number_as_it_is_written(office: Fake) -> None:
    query = f"SELECT id FROM vendor WHERE {SINCE} AND (phone='650-555-0101' OR altPhone='650-555-0101')"

    assert rows(office, query) == [{"id": "702"}]


def test_a_search_by_name(office: Fake) -> None:
    columns = "contact.id, contact.firstname, contact.middlename, contact.lastname, contact.company, customer.companyname AS companyname"
    clauses = " OR ".join(
        f"LOWER(contact.{field}) LIKE LOWER('%cASEy%')" for field in ("firstname", "lastname", "entitytitle")
    )
    query = f"SELECT {columns} FROM contact LEFT JOIN customer ON contact.company = customer.id WHERE {clauses}"

    assert rows(office, query) == [{"id": "55", "firstname": "Casey", "lastname": "Client"}]


def test_a_search_for_whole_companies(office: Fake) -> None:
    (row,) = rows(
        office, "SELECT * FROM customer WHERE LOWER(companyname) LIKE LOWER('%ACME%') OR LOWER(entityid) = 'acme'"
    )

    assert (row["id"], row["companyname"], row["isperson"]) == ("700", "Acme", "F")


def test_its_sales_queries_are_said_aloud(office: Fake) -> None:
    assert unsimulated(
        office, "SELECT * FROM transaction WHERE entity = 700 AND type='SalesOrd' ORDER BY createddate desc"
    )
    assert unsimulated(
        office, "SELECT id, name FROM CustomerStatus WHERE stage = 'LEAD' AND isinactive = 'F' ORDER BY id ASC"
    )
