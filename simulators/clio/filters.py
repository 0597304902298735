"""Which records a list shows: one small reader for each parameter."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from greenroom.simulators.clio.errors import BadRequest, NotFoundError
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.store import Record

Args = MultiDict[str, str]
Test = Callable[[Mapping[str, Any]], bool]
Reader = Callable[[str, str], Test]
"""Reads a parameter, by its name and text, into a test of records; raises BadRequest."""


def moment(name: str, text: str) -> str:
    """Read a date-time parameter into stored form.

    Raises:
        BadRequest: it is none.

    """
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        msg = f"{name} must be a date-time"
        raise BadRequest(msg) from None
    try:
        aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        return timestamp(max(aware, datetime(1900, 1, 1, tzinfo=UTC)))
    except OverflowError:
        msg = f"{name} is out of range"
        raise BadRequest(msg) from None


def flag(name: str, text: str) -> bool:
    """Read a parameter that is true or false.

    Raises:
        BadRequest: it is neither.
        Unsimulated: it is ``True``, as Python writes it; how Clio reads that is unknown.

    """
    if text not in ("true", "false") and text.lower() in ("true", "false"):
        raise Unsimulated(f"the parameter {name} as {text} (write {text.lower()})")
    if text not in ("true", "false"):
        msg = f"{name} must be true or false"
        raise BadRequest(msg)
    return text == "true"


def since(field: str) -> Reader:
    """Let records pass whose field is at a moment or later."""

    def read(name: str, text: str) -> Test:
        start = moment(name, text)
        return lambda record: bool(record[field] >= start)

    return read


def either(test: Test) -> Reader:
    """Let records pass for which a test is as the parameter says: true or false."""

    def read(name: str, text: str) -> Test:
        wanted = flag(name, text)
        return lambda record: bool(test(record)) == wanted

    return read


def only(test: Test) -> Reader:
    """Let only records pass for which a test is true, if the parameter is true; otherwise all."""

    def read(name: str, text: str) -> Test:
        wanted = flag(name, text)
        return lambda record: not wanted or bool(test(record))

    return read


def words(*fields: str) -> Reader:
    """Let records pass that hold a text in one of these fields, in capitals or not; blanks around it do not count.

    A number's ``+`` that was not encoded arrives as a blank.
    """

    def read(_: str, text: str) -> Test:
        sought = text.strip().lower()
        return lambda record: sought in " ".join(str(record.get(field) or "") for field in fields).lower()

    return read


def equal(field: str) -> Reader:
    """Let records pass whose field is what the parameter says, in capitals or not."""
    return lambda _, text: lambda record: str(record.get(field)).lower() == text.lower()


COMMON: Mapping[str, Reader] = {"created_since": since("created_at"), "updated_since": since("updated_at")}


def chosen(records: Iterable[Record], key: str) -> Record:
    """Return the record of that id.

    Raises:
        NotFoundError: there is none.

    """
    found = next((record for record in records if str(record["id"]) == key), None)
    if found is None:
        raise NotFoundError
    return found


def narrowed(records: Iterable[Mapping[str, Any]], args: Args, readers: Mapping[str, Reader]) -> list[Any]:
    """Return the records that a list's parameters let through: ``ids[]``, the two ``…_since``, and the list's own.

    Raises:
        BadRequest: a parameter cannot be read.

    """
    tests = [read(name, args[name]) for name, read in {**COMMON, **readers}.items() if name in args]
    found = [record for record in records if all(test(record) for test in tests)]
    wanted, unwanted = set(args.getlist("ids[]")), set(args.getlist("exclude_ids[]"))
    if "exclude_ids[]" in readers:
        found = [record for record in found if str(record["id"]) not in unwanted]
    return [record for record in found if str(record["id"]) in wanted] if wanted else found
