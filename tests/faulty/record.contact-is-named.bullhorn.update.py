"""Shows no contact after an update: it does not ask for the fields that name one."""

import bullhorns  # noqa: F401
import bullhorn_update
from bullhorn_appointment import shown
from bullhorn_update import update_appointment  # noqa: F401

bullhorn_update.shown = lambda record, links: {**shown(record, links), "contactId": ""}
