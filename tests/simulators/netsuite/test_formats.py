"""The account's date and time formats: in SuiteQL, in q and in the RESTlets."""

from datetime import date

import pytest

from greenroom.simulators.netsuite.formats import DATES, Formats
from tests.fakes import EVENTS, Fake
from tests.simulators.netsuite.suiteql.asking import refusal, rows

RESTLET = "/app/site/hosting/restlet.nl?script=customscript_rcfetchcalendarevents&deploy=1&startDate=2027-03-01&endDate=2027-03-04"
WRITTEN = {
    "M/D/YYYY": "3/5/2025",
    "MM/DD/YYYY": "03/05/2025",
    "D/M/YYYY": "5/3/2025",
    "DD/MM/YYYY": "05/03/2025",
    "D.M.YYYY": "5.3.2025",
    "DD.MM.YYYY": "05.03.2025",
    "YYYY-MM-DD": "2025-03-05",
    "YYYY/MM/DD": "2025/03/05",
    "D-Mon-YYYY": "5-Mar-2025",
    "DD-Mon-YYYY": "05-Mar-2025",
    "DD-MONTH-YYYY": "05-March-2025",
}


def test_every_format_is_written_and_read() -> None:
    assert {form: Formats(form).write_date(date(2025, 3, 5)) for form in DATES} == WRITTEN
    assert all(Formats(form).read_date(text) == date(2025, 3, 5) for form, text in WRITTEN.items())


@pytest.mark.parametrize("text", ["2025-03-05", "13/1/2025", "2/30/2025", "3/5", "March 5", ""])
def test_another_format_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"M/D/YYYY|month|day"):
        Formats().read_date(text)


@pytest.mark.parametrize(
    ("form", "day"), [("DD.MM.YYYY", "02.03.2027"), ("YYYY-MM-DD", "2027-03-02"), ("DD-Mon-YYYY", "02-Mar-2027")]
)
def test_suiteql_follows_the_account(netsuite: Fake, form: str, day: str) -> None:
    netsuite.world.flip({"date-format": form, "time-format": "H:mm"})
    query = "SELECT startdate, starttime, TO_CHAR(startdate) AS c, 'on ' || startdate AS t FROM calendarevent WHERE id = 12346"

    assert rows(netsuite, query) == [{"startdate": day, "starttime": "14:30", "c": day, "t": f"on {day}"}]
    assert rows(netsuite, f"SELECT id FROM calendarevent WHERE startdate = '{day}' AND id = 12346") == [{"id": "12346"}]
    assert refusal(netsuite, "SELECT id FROM calendarevent WHERE startdate = '3/2/2027'")


def test_q_follows_the_account(netsuite: Fake) -> None:
    netsuite.world.flip({"date-format": "D.M.YYYY"})
    found = netsuite.ask("GET", f'{EVENTS}?q=startDate AFTER "4.3.2027"')

    assert [item["id"] for item in found.json()["items"]] == ["12391"]
    assert netsuite.ask("GET", f'{EVENTS}?q=startDate AFTER "3/4/2027"').status_code == 400


def test_restlets_follow_the_account(netsuite: Fake) -> None:
    netsuite.world.flip({"date-format": "DD-Mon-YYYY", "time-format": "H:mm"})
    event = netsuite.ask("GET", RESTLET).json()["data"][0]

    assert (event["startDate"], event["startTime"], event["endTime"]) == ("02-Mar-2027", "14:30", "15:30")
