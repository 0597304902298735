"""NetSuite's SuiteTalk REST record service, as far as ``ledger.py`` says."""

from greenroom.simulators.core.rest.vendor import Vendor
from greenroom.simulators.core.starter import Starter
from greenroom.simulators.netsuite import (
    assertions,
    attendees,
    drafts,
    guests,
    jobs,
    limits,
    oauth,
    openapi,
    render,
    routes,
    rules,
    sample,
    tba,
)
from greenroom.simulators.netsuite.errors import ERRORS, refuse
from greenroom.simulators.netsuite.ledger import LEDGER
from greenroom.simulators.netsuite.probes import PROBING
from greenroom.simulators.netsuite.profile import PROFILE
from greenroom.simulators.netsuite.records import TABLES
from greenroom.simulators.netsuite.seed import seed
from greenroom.simulators.netsuite.surface import SURFACE

NETSUITE = Vendor(
    PROFILE,
    routes.GROUPS,
    log_in=oauth.BASE,
    carrier=routes.CARRIER,
    pages=rules.PAGES,
    errors=ERRORS,
    ledger=LEDGER,
    surface=SURFACE,
    loud=openapi.LOUD,
    schemas=openapi.SCHEMAS,
    before=routes.options,
)
CRM = NETSUITE.crm(
    state=jobs.state,
    seed=seed,
    render=render.error,
    refuse=refuse,
    exhaust=limits.exhaust,
    finish=routes.finish,
    access=rules.access,
    holdings=rules.holdings,
    may_create=rules.may_create,
    invitable=attendees.invitable,
    attendee=render.invited,
    add_contact=attendees.add_behind,
    add=rules.add_behind,
    drafted=drafts.drafted,
    guests=guests.guests,
    appointment=render.appointment,
    tables=TABLES,
    probing=PROBING,
    settle=jobs.settle,
    credentials=lambda world, role: {**tba.issue(world, role), **assertions.issue(world, role)},
    facts=sample.profile,
    example_path="/services/rest/record/v1/calendarEvent/{id}",
    starter=Starter({"status": {"id": "CANCELLED"}}, ("status", "id")),
)
