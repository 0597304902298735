"""Reference connector for Bullhorn. Each interface is a file of its own beside this one: copy those that you need."""

from bullhorn_cancel import CANCELLATION, cancel_appointment
from bullhorn_create import create_appointment
from bullhorn_list import list_appointments
from bullhorn_refresh import refresh_appointment
from bullhorn_update import update_appointment

__all__ = [
    "CANCELLATION",
    "cancel_appointment",
    "create_appointment",
    "list_appointments",
    "refresh_appointment",
    "update_appointment",
]
