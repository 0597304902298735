"""Shows the id of the first link as the contact, instead of that of the person."""

import bullhorns  # noqa: F401
import bullhorn_refresh
from bullhorn_appointment import shown
from bullhorn_refresh import refresh_appointment  # noqa: F401


def with_a_link(record, links):
    plain = shown(record, links)
    return {**plain, "contactId": str(links[0]["id"]) if links else plain["contactId"]}


bullhorn_refresh.shown = with_a_link
