"""Reference connector for Clio. Each interface is a file of its own beside this one: copy those that you need."""

from clio_cancel import CANCELLATION, cancel_appointment
from clio_create import create_appointment
from clio_list import list_appointments
from clio_refresh import refresh_appointment
from clio_update import update_appointment

__all__ = [
    "CANCELLATION",
    "cancel_appointment",
    "create_appointment",
    "list_appointments",
    "refresh_appointment",
    "update_appointment",
]
