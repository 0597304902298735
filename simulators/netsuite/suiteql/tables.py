"""The rows of SuiteQL's tables: what the world holds, as numbers, dates and texts."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.store import Record
from greenroom.simulators.netsuite import formats, rules, schema
from greenroom.simulators.netsuite.suiteql.catalogue import DATE, FLAG, MOMENT, NUMBER, TABLES, TEXT, TIME, Column
from greenroom.simulators.netsuite.suiteql.frame import Row, Value
from greenroom.simulators.netsuite.suiteql.refusal import hidden_table
from greenroom.simulators.netsuite.suiteql.values import TimeOfDay, kept

_NO_DAY = "1970-01-01"


_READERS: Mapping[str, Callable[[Any], Value]] = {
    NUMBER: int,
    TEXT: lambda value: kept(str(value)),
    DATE: datetime.fromisoformat,
    FLAG: lambda value: "T" if value else "F",
}


class Tables:
    """What one person may query; each table is made once."""

    def __init__(self, now: Exchange) -> None:
        self._now = now
        self._made: dict[str, list[Row]] = {}

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table of the catalogue, in the order of their ids.

        Raises:
            InvalidParameter: the role may not see it.

        """
        if name not in self._made:
            readers = [self._reader(column) for column in TABLES[name]]
            self._made[name] = [tuple(read(record) for read in readers) for record in self._records(name)]
        return self._made[name]

    def display(self, key: str) -> str | None:
        """Return the name of a person or company."""
        found = self._now.world.store.get("entities", key)
        return None if found is None else str(found["name"])

    def present(self) -> datetime:
        """Return the present moment as the person's clock shows it."""
        return self._local(self._now.world.clock.now()).replace(microsecond=0)

    def _records(self, name: str) -> list[Record]:
        world = self._now.world
        if name == "dual":
            return [{"dummy": "X"}]
        if name == "calendarevent":
            if self._now.person.rights.get("events", "full") == "none":
                raise hidden_table(name)
            return _by_id(rules.readable(self._now))
        found = [entity for entity in world.store.all("entities") if entity.get("type", "employee") == name]
        return [_entity(entity) for entity in _by_id(found)]

    def _reader(self, column: Column) -> Callable[[Record], Value]:
        """Return the function that reads a column from a record."""
        name = schema.NAMES.get(column.name, column.name)
        if column.kind == TIME:
            return lambda record: None if record.get(name) is None else _time(record, record[name])
        read = self._moment if column.kind == MOMENT else _READERS[column.kind]
        return lambda record: None if (value := record.get(name)) is None else read(value)

    def _moment(self, value: str) -> Value:
        return self._local(datetime.fromisoformat(value))

    def _local(self, moment: datetime) -> datetime:
        """Return a moment in the person's time zone, without it."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(ZoneInfo(self._now.person.timezone)).replace(tzinfo=None)


def _by_id(records: list[Record]) -> list[Record]:
    return sorted(records, key=lambda record: int(record["id"]))


def _time(record: Record, value: str) -> TimeOfDay:
    day = datetime.fromisoformat(record.get("startDate") or _NO_DAY)
    return TimeOfDay.combine(day.date(), formats.clock(value))


def _entity(record: Record) -> Record:
    """Return an entity with its columns: names are split, what nobody can set is as NetSuite makes it."""
    name, company = str(record["name"]), record.get("companyname")
    first, _, last = name.partition(" ")
    made = {
        "entityid": name,
        "entitytitle": name,
        "firstname": None if company else first,
        "lastname": None if company else last,
        "isinactive": False,
        "giveaccess": True,
        "isperson": not company,
        "datecreated": record.get("createdDate"),
        "lastmodifieddate": record.get("lastModifiedDate"),
    }
    return {**record, **made}
