"""What a plain calendar is declared by, and what it makes of the declarations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greenroom.simulators.core.describe import Part
from greenroom.simulators.core.documents import TEXT, WHOLE, Schema, Table, fields
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.rest.errors import Errors, Words
from greenroom.simulators.core.rest.fields import Fields
from greenroom.simulators.core.store import Record

DIARY, VERSION = "diary", "version"
"""What a record holds beside the declared fields: whose diary it is in, and how often it changed."""
LIMIT = "rate-limit"
"""The switch with the requests that a token has in a minute; without it there is no limit."""


class CalendarError(ApiError):
    """An error in the vendor's words: a code, and a message."""

    code = ""


def refusals(words: Mapping[int, Words], refusal: Words, failure: Words) -> Errors:
    """Return a vendor's errors, each as a :class:`CalendarError`."""
    return Errors(refused, {}, refusal, failure, words)


def refused(status: int, code: str, message: str) -> CalendarError:
    """Return one error."""
    error = CalendarError(message, status=status)
    error.code = code
    return error


@dataclass(frozen=True)
class Lists:
    """What a list calls its parts: the events, the next page, and the parameters.

    ``since`` and ``until`` choose events that have begun before the one, and end after the other. ``ended`` is the
    parameter with which a list also shows cancelled events, where they are kept (``true``); ``page`` takes the token.
    """

    items: str = "items"
    following: str = "nextPageToken"
    since: str = "from"
    until: str = "until"
    ended: str = "showDeleted"
    page: str = "pageToken"

    @property
    def parameters(self) -> tuple[str, ...]:
        """All parameters."""
        return self.since, self.until, self.ended, self.page


@dataclass(frozen=True)
class Calendar:
    """One vendor's events: facts, fields, errors, and where they are.

    ``path`` is that of the list; an event's goes on with its id. ``token`` is the path at which a refresh token is
    exchanged. ``title`` is a pattern for the titles of drawn worlds. ``changes`` is the method that changes an event.
    """

    profile: Profile
    fields: Fields
    errors: Errors
    path: str
    token: str = "/oauth/token"  # noqa: S105 - a path
    title: str = "Meeting with {one}"
    changes: str = "PATCH"
    lists: Lists = field(default_factory=Lists)

    @property
    def table(self) -> str:
        """The table of the events."""
        return self.profile.table

    @property
    def tables(self) -> dict[str, Table]:
        """What a saved world may hold."""
        key: Schema = {**TEXT, "pattern": rf"^(?:{self.profile.ids.pattern})\Z"}
        return {self.table: Table(fields(id=key, **{DIARY: TEXT, VERSION: WHOLE}, **self.fields.stored))}

    def etag(self, record: Record) -> str:
        """Return the ETag of an event as it is."""
        return f'"{record[VERSION]}"'

    def show(self, record: Record) -> dict[str, Any]:
        """Return an event as it is sent."""
        return {"id": record["id"], "etag": self.etag(record), **self.fields.show(record)}

    def fail(self, status: int) -> ApiError:
        """Return the vendor's error of a status."""
        return self.errors.fail(status)

    @property
    def described(self) -> Part:
        """The schema of an event as it is sent."""
        sent = {"id": {**TEXT}, "etag": {**TEXT}, **self.fields.described}
        return {"type": "object", "required": list(sent), "properties": sent}
