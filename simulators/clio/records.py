"""What Clio's records hold, as its seed and its rules write them: a loaded world must fit."""

from collections.abc import Mapping

from greenroom.simulators.clio import contacts, event_types
from greenroom.simulators.clio.entry import ENTRY
from greenroom.simulators.clio.errors import ArgumentError
from greenroom.simulators.clio.recurrence import check_series, checked
from greenroom.simulators.core.documents import (
    FLAG,
    FORMATS,
    ID,
    MOMENT,
    TEXT,
    WHOLE,
    Schema,
    Table,
    fields,
    many,
    maybe,
)
from greenroom.simulators.core.errors import Unsimulated

_ETAG: Schema = {"type": "string", "pattern": r'^"[!#-~]*"\Z'}
_LEVEL: Schema = {"enum": ["owner", "editor", "viewer", "limited_viewer", "none"]}
_STAMPS: Mapping[str, Schema] = {"created_at": MOMENT, "updated_at": MOMENT}
_ANYTHING: Schema = {}


@FORMATS.checks("recurrence rule", raises=(ArgumentError, Unsimulated))
def _is_rule(value: object) -> bool:
    return not isinstance(value, str) or checked(value) is not None


_MATTER = fields(id=WHOLE, etag=_ETAG, display_number=TEXT, description=TEXT, status=TEXT)
_ENTRY = fields(
    id=ID,
    etag=_ETAG,
    **ENTRY.stored,
    parent_calendar_entry_id=maybe(ID),
    court_rule=FLAG,
    time_entries_count=WHOLE,
    matter=maybe(_MATTER),
    attendees=many(fields(id=WHOLE, etag=_ETAG, type=TEXT, name=TEXT, email=maybe(TEXT))),
    external_properties=many(fields(id=WHOLE, etag=_ETAG, name=_ANYTHING, value=_ANYTHING)),
    calendar_owner_id=ID,
    calendar_owner=fields(id=WHOLE, etag=_ETAG, permission=_LEVEL),
    optional={"calendar_entry_event_type_id": maybe(ID), "skipped": many(MOMENT)},
    **_STAMPS,
)
_CALENDAR = fields(
    id=ID,
    etag=_ETAG,
    name=TEXT,
    type=TEXT,
    source=TEXT,
    color=TEXT,
    permissions={"type": "object", "additionalProperties": _LEVEL},
    **_STAMPS,
)
_CONTACT = fields(
    id=ID,
    name=TEXT,
    type=TEXT,
    email=maybe(TEXT),
    phone=_ANYTHING,
    optional={
        "phone_numbers": many({"type": "object"}),
        "email_addresses": many({"type": "object"}),
        **contacts.PARTS.stored,
    },
    **_STAMPS,
)
_EVENT_TYPE = fields(id=ID, etag=_ETAG, name=TEXT, color={"enum": list(event_types.COLORS)}, **_STAMPS)
_REMINDER = fields(id=ID, etag=_ETAG, entry_id=ID, notification_method_id=WHOLE, duration=WHOLE, **_STAMPS)

TABLES: Mapping[str, Table] = {
    "calendar_entries": Table(_ENTRY, check_series),
    "calendars": Table(_CALENDAR),
    "contacts": Table(_CONTACT),
    "calendar_entry_event_types": Table(_EVENT_TYPE),
    "reminders": Table(_REMINDER),
    "matters": Table(fields(id=ID, etag=_ETAG, display_number=TEXT, description=TEXT, status=TEXT)),
}
