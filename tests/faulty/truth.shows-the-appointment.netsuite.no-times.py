"""Takes an event without times of day for a broken response: it cannot be shown. [other-kinds]"""

from parts import failed
from reads import netsuite_appointment, netsuite_read, refreshed


def refresh_appointment(*, user, auth_header, appointment_id):
    response = netsuite_read(user, auth_header, appointment_id)
    if response.ok and "startTime" not in response.json():
        return failed("NetSuite's answer could not be read.")
    return refreshed(response, netsuite_appointment)
