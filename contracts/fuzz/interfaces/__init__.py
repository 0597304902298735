"""Every interface that stories call: one file and one row each."""

from collections.abc import Mapping

from greenroom.contracts.fuzz.interfaces.cancel_appointment import CANCEL_APPOINTMENT
from greenroom.contracts.fuzz.interfaces.confirm_appointment import CONFIRM_APPOINTMENT
from greenroom.contracts.fuzz.interfaces.create_appointment import CREATE_APPOINTMENT
from greenroom.contracts.fuzz.interfaces.interface import CalledInterface
from greenroom.contracts.fuzz.interfaces.list_appointments import LIST_APPOINTMENTS
from greenroom.contracts.fuzz.interfaces.refresh_appointment import REFRESH_APPOINTMENT
from greenroom.contracts.fuzz.interfaces.update_appointment import UPDATE_APPOINTMENT

CALLED: Mapping[str, CalledInterface] = {
    each.name: each
    for each in (
        CANCEL_APPOINTMENT,
        LIST_APPOINTMENTS,
        REFRESH_APPOINTMENT,
        CONFIRM_APPOINTMENT,
        CREATE_APPOINTMENT,
        UPDATE_APPOINTMENT,
    )
}
"""By the name that App Connect gives it."""
