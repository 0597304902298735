"""The interfaces of App Connect that Greenroom judges, and the names of their input fields."""

from collections.abc import Mapping

CANCEL = "cancelAppointment"

INTERFACES: Mapping[str, tuple[str, ...]] = {CANCEL: ("user", "authHeader", "appointmentId")}
"""More come with later versions; what a connector exports beyond these is not judged yet."""

LIST = "listAppointments"
READING = (LIST,)
"""Interfaces that change nothing."""
SHOWN: Mapping[str, tuple[str, ...]] = {**INTERFACES, LIST: ("user", "authHeader", "range")}
"""The interfaces that the appointment panel calls, with what App Connect's core passes to each."""
