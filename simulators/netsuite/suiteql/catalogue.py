"""NetSuite's catalogue: the tables and columns that the fake has, and those that only NetSuite has.

Sources: REST API Browser 2026.1 (fields of calendarEvent, in small letters as SuiteQL writes them); what App Connect's
connector asks for (employee, contact, customer, vendor); online help section_156257790831 and public queries.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from greenroom.simulators.netsuite.schema import ENUMS, UNSIMULATED

NUMBER, TEXT, DATE, MOMENT, TIME, FLAG = "number", "text", "date", "moment", "time", "flag"
PERSON = "entity"


@dataclass(frozen=True)
class Column:
    """A column: its kind; ``shows`` is what BUILTIN.DF makes of its values (a field of enumerations, or entities)."""

    name: str
    kind: str
    shows: str | None = None


def _columns(**kinds: str) -> tuple[Column, ...]:
    """Return columns by their kinds, each as names with blanks between."""
    return tuple(Column(name, kind) for kind, names in kinds.items() for name in names.split())


_CHOICES = tuple(Column(name.lower(), TEXT, name) for name in ENUMS)
_PEOPLE = tuple(Column(name, NUMBER, PERSON) for name in ("organizer", "owner", "company", "contact"))
_ENTITY = _columns(
    number="id",
    text="entityid entitytitle firstname middlename lastname email phone homephone mobilephone externalid",
    flag="isinactive",
    moment="datecreated lastmodifieddate",
)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "calendarevent": (
        *_columns(
            number="id supportcase transaction customform",
            text="title message location timezone recurrence externalid",
            date="startdate completeddate",
            time="starttime endtime",
            flag="alldayevent timedevent",
            moment="createddate lastmodifieddate",
        ),
        *_CHOICES,
        *_PEOPLE,
    ),
    "employee": (*_ENTITY, *_columns(text="officephone", flag="giveaccess")),
    "contact": (*_ENTITY, *_columns(text="officephone"), Column("company", NUMBER, PERSON)),
    "customer": (*_ENTITY, *_columns(text="companyname altphone", flag="isperson")),
    "vendor": (*_ENTITY, *_columns(text="companyname altphone", flag="isperson")),
    "dual": _columns(text="dummy"),
}

_UNKEPT = (
    "altemail altname category comments currency custentity defaultbillingaddress defaultshippingaddress fax image"
)
_COMPANY = "accountnumber creditlimit emailpreference isjob parent pricelevel salutation subsidiary terms title url"


def _names(*texts: str) -> frozenset[str]:
    return frozenset(" ".join(texts).split())


UNKEPT: Mapping[str, frozenset[str]] = {
    "calendarevent": _names(
        "bom bomrevision enddate endbydate frequency mfgrouting noenddate period relateditem reminder",
        "seriesstartdate usernotes",
    ),
    "employee": _names(_UNKEPT, "department hiredate initials issalesrep location supervisor subsidiary title"),
    "contact": _names(_UNKEPT, "assistant contactrole isprivate salutation subsidiary supervisor title"),
    "customer": _names(
        _UNKEPT, _COMPANY, "balancesearch entitystatus overduebalancesearch partner probability salesrep searchstage",
        "territory unbilledorders",
    ),
    "vendor": _names(_UNKEPT, _COMPANY, "balance is1099eligible legalname openingbalance taxidnum"),
    "dual": frozenset(),
}  # fmt: skip
"""Columns that NetSuite has and the fake does not keep."""

UNKEPT_TABLES = UNSIMULATED - TABLES.keys() | frozenset(
    (
        "activity", "calendareventattendees", "classification", "country", "customersubsidiaryrelationship",
        "customerstatus", "customrecordtype", "customfield", "deletedrecord", "employeesubsidiary", "entity",
        "entityaddress", "eventattendee", "eventattendees", "file", "inventoryitem", "item", "loginaudit",
        "mediaitemfolder", "previoustransactionlinelink", "role", "script", "scriptdeployment", "state", "systemnote",
        "term", "transaction", "transactionaccountingline", "transactionline", "usernotes", "vendorcategory",
    )
)  # fmt: skip
"""Tables that NetSuite has and the fake has not. Under which name SuiteQL has an event's attendees nobody documents."""
UNKEPT_TABLES -= {"metadata-catalog"}
