"""Conditional reads by ETag and date."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from wsgiref.types import WSGIEnvironment

from greenroom.simulators.core.store import Record


def unchanged(record: Record, environ: WSGIEnvironment) -> bool:
    """Tell whether the client's copy is still good: an equal ``If-None-Match``, or not newer than asked."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None:
        return record["etag"] in [tag.strip().removeprefix("W/") for tag in known.split(",")]
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    return since is not None and datetime.fromisoformat(record["updated_at"]) <= _date(since)


def _date(text: str) -> datetime:
    """Read an HTTP date; one that cannot be read is before everything, so that it changes nothing."""
    try:
        parsed = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return datetime.min.replace(tzinfo=UTC)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
