"""Reference connector for NetSuite. Each interface is a file of its own beside this one: copy those that you need."""

from netsuite_cancel import CANCELLATION, cancel_appointment
from netsuite_confirm import confirm_appointment
from netsuite_create import create_appointment
from netsuite_list import list_appointments
from netsuite_refresh import refresh_appointment
from netsuite_update import update_appointment

__all__ = [
    "CANCELLATION",
    "cancel_appointment",
    "confirm_appointment",
    "create_appointment",
    "list_appointments",
    "refresh_appointment",
    "update_appointment",
]
