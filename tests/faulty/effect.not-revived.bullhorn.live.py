"""Sends with each update that the appointment is not deleted, and looks at no flag before. [cancelled-by-another]"""

import bullhorns  # noqa: F401
import bullhorn_update
from bullhorn_update import update_appointment  # noqa: F401

read, fields = bullhorn_update.read, bullhorn_update._fields


def as_if_live(session, path):
    record, links = read(session, path)
    return {**record, "isDeleted": False}, links


bullhorn_update.read = as_if_live
bullhorn_update._fields = lambda patch, record: {**fields(patch, record), "isDeleted": False}
