"""Shows the attendees that come with the appointment, and no more: ten of them. [many-attendees]"""

import bullhorns  # noqa: F401
import bullhorn_appointment
import bullhorn_refresh
from bullhorn_appointment import FEW, FIELDS, asked, checked
from bullhorn_refresh import refresh_appointment  # noqa: F401


def first_ten(session, path):
    record = checked(asked(session, path, fields=f"{FIELDS},{FEW}")["data"])
    return record, [bullhorn_appointment._with_person(each) for each in record["attendees"]["data"]]


bullhorn_refresh.read = first_ten
