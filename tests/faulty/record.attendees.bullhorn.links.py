"""Shows the ids of the links instead of those of the persons who are invited."""

import bullhorns  # noqa: F401
import bullhorn_refresh
from bullhorn_appointment import shown
from bullhorn_refresh import refresh_appointment  # noqa: F401


def with_link_ids(record, links):
    plain = shown(record, [])
    return {**plain, "attendees": [{**link["shown"], "id": str(link["id"])} for link in links]}


bullhorn_refresh.shown = with_link_ids
