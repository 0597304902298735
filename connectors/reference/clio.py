"""Reference connector for Clio. Each interface is a file of its own beside this one: copy those that you need."""

from clio_cancel import CANCELLATION, cancel_appointment
from clio_refresh import refresh_appointment

__all__ = ["CANCELLATION", "cancel_appointment", "refresh_appointment"]
