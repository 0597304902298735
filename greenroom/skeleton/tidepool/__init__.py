"""Tidepool as a fake CRM: what ``facts`` declare. ``simulator`` also takes rules of its own, named as ``Crm`` does."""

from greenroom.simulators.core.rest.calendar.vendor import simulator
from tidepool.facts import CALENDAR, LEDGER, SURFACE

CRM = simulator(CALENDAR, LEDGER, SURFACE)
