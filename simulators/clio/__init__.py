"""Clio Manage, API v4, as far as ``ledger.py`` says."""

from greenroom.simulators.clio import (
    contacts,
    guests,
    limits,
    openapi,
    recurrence,
    render,
    routes,
    rules,
    sample,
)
from greenroom.simulators.clio.entry import ENTRY
from greenroom.simulators.clio.errors import ERRORS, refuse
from greenroom.simulators.clio.ledger import LEDGER
from greenroom.simulators.clio.oauth import BASE
from greenroom.simulators.clio.probes import PROBING
from greenroom.simulators.clio.profile import PROFILE
from greenroom.simulators.clio.records import TABLES
from greenroom.simulators.clio.seed import seed
from greenroom.simulators.clio.surface import SURFACE
from greenroom.simulators.core.rest.vendor import Vendor
from greenroom.simulators.core.starter import Starter

CLIO = Vendor(
    PROFILE,
    routes.GROUPS,
    log_in=BASE,
    carrier=routes.CARRIER,
    pages=rules.PAGES,
    errors=ERRORS,
    ledger=LEDGER,
    surface=SURFACE,
    fields=ENTRY,
    nested=("attendees",),
    loud=openapi.LOUD,
    schemas=openapi.SCHEMAS,
    find=rules.find,
    stored_as=lambda key: recurrence.series_of(key) or key,
)
CRM = CLIO.crm(
    seed=seed,
    render=render.error,
    refuse=refuse,
    exhaust=limits.exhaust,
    finish=routes.finish,
    access=rules.access,
    holdings=rules.holdings,
    may_create=rules.may_create,
    invitable=contacts.invitable,
    attendee=contacts.attendee,
    add_contact=contacts.add_behind,
    add=rules.add_behind,
    guests=guests.guests,
    appointment=render.appointment,
    tables=TABLES,
    probing=PROBING,
    facts=sample.profile,
    example_path="/api/v4/calendar_entries/{id}.json?fields=id,summary,start_at",
    starter=Starter(),
)
