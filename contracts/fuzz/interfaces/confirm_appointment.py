"""``confirmAppointment`` in stories. Of the two CRMs of a twin story only one knows it."""

from greenroom.contracts.fuzz.interfaces.interface import CalledInterface, always
from greenroom.contracts.interfaces import CONFIRM

CONFIRM_APPOINTMENT = CalledInterface(CONFIRM.name, "confirms", "confirm", "confirm", ("cancel",), always("live"), ())
