"""Every interface that stories call: one file and one row each."""

from collections.abc import Mapping

from greenroom.contracts.fuzz.interfaces.cancel_appointment import CANCEL_APPOINTMENT
from greenroom.contracts.fuzz.interfaces.interface import CalledInterface

CALLED: Mapping[str, CalledInterface] = {each.name: each for each in (CANCEL_APPOINTMENT,)}
"""By the name that App Connect gives it."""
