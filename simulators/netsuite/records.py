"""What NetSuite's records hold, as its seed and its rules write them: a loaded world must fit."""

from collections.abc import Mapping
from datetime import datetime

from greenroom.simulators.core.documents import DAY, FLAG, FORMATS, ID, MOMENT, Schema, Table, fields, many, maybe
from greenroom.simulators.netsuite import schema

_TEXT: Schema = {"type": "string", "format": "text"}
_TIME: Schema = {"type": "string", "format": "time of day"}


@FORMATS.checks("time of day", raises=ValueError)
def _is_time(value: object) -> bool:
    return not isinstance(value, str) or bool(datetime.strptime(value, "%H:%M:%S" if value.count(":") > 1 else "%H:%M"))


def _enums() -> dict[str, Schema]:
    return {name: {"enum": list(choices)} for name, choices in schema.ENUMS.items()}


_LINE = fields(attendee=ID, attendance=_TEXT, response=_enums()["response"])
_ALWAYS = ("status", "accessLevel", "response", "title", "message", "location", "timezone", "externalId", "startTime",
    "endTime", "startDate", "timedEvent", "allDayEvent", "organizer", "customForm",
)  # fmt: skip
"""Fields that a request may set and that every event has; the others only where one was sent."""
_KNOWN: Mapping[str, Schema] = {
    **_enums(),
    **dict.fromkeys(schema.TEXTS, maybe(_TEXT)),
    **dict.fromkeys(schema.TIMES, maybe(_TIME)),
    **dict.fromkeys(schema.DATES, maybe(DAY)),
    **dict.fromkeys(schema.FLAGS, FLAG),
    **dict.fromkeys(schema.REFERENCES, maybe(_TEXT)),
}
_EVENT = fields(
    id=ID,
    owner=_TEXT,
    attendee=many(_LINE),
    createdDate=MOMENT,
    lastModifiedDate=MOMENT,
    optional={name: known for name, known in _KNOWN.items() if name not in _ALWAYS},
    **{name: _KNOWN[name] for name in _ALWAYS},
)
_ENTITY = fields(
    id=ID,
    name=_TEXT,
    email=_TEXT,
    optional={
        "type": {"enum": ["employee", "contact", "customer", "vendor"]},
        **dict.fromkeys(("phone", "companyname"), _TEXT),
        **dict.fromkeys(("createdDate", "lastModifiedDate"), MOMENT),
    },
)

TABLES: Mapping[str, Table] = {"calendarEvent": Table(_EVENT), "entities": Table(_ENTITY)}
