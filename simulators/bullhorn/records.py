"""What Bullhorn's records hold, as its seed and its rules write them: a loaded world must fit."""

from collections.abc import Mapping

from greenroom.simulators.bullhorn import entities
from greenroom.simulators.bullhorn.links import STATUSES
from greenroom.simulators.bullhorn.values import LARGEST, LATEST
from greenroom.simulators.core.documents import FLAG, ID, WHOLE, Schema, Table, fields, many, maybe

_TEXT: Schema = {"type": "string", "format": "text"}
_MOMENT: Schema = {"type": "integer", "minimum": -LATEST, "maximum": LATEST}
_KINDS: Mapping[str, Schema] = {
    entities.TEXT: _TEXT,
    entities.FLAG: FLAG,
    entities.MOMENT: _MOMENT,
    entities.WHOLE: {**WHOLE, "minimum": -LARGEST, "maximum": LARGEST},
    entities.ONE: ID,
    entities.ID: ID,
}


def _of(name: str) -> dict[str, Schema]:
    """Return the schema of each field of an entity that a record holds itself."""
    known = entities.ENTITIES[name].fields.values()
    kept = {field.name: field for field in known if field.kind != entities.MANY}
    schemas = {name: _KINDS[field.kind] for name, field in kept.items()}
    return {name: maybe(schema) if kept[name].nullable and name != "id" else schema for name, schema in schemas.items()}


_LINK = fields(id=ID, attendee=ID, acceptanceStatus={"enum": list(STATUSES)})
_PERSON = {"_subtype": _TEXT}

TABLES: Mapping[str, Table] = {
    "Appointment": Table(fields(attendees=many(_LINK), links={**WHOLE, "minimum": 0}, **_of("Appointment"))),
    **{name: Table(fields(**_PERSON, **_of(name))) for name in ("CorporateUser", "Candidate", "ClientContact", "Lead")},
}
