"""Reference connector for Bullhorn. Each interface is a file of its own beside this one: copy those that you need."""

from bullhorn_cancel import CANCELLATION, cancel_appointment
from bullhorn_list import list_appointments
from bullhorn_refresh import refresh_appointment

__all__ = ["CANCELLATION", "cancel_appointment", "list_appointments", "refresh_appointment"]
