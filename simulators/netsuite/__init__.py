"""NetSuite's SuiteTalk REST record service, as far as ``ledger.py`` says."""

from greenroom.simulators.core.crm import Crm
from greenroom.simulators.netsuite import (
    assertions,
    attendees,
    drafts,
    guests,
    jobs,
    limits,
    openapi,
    render,
    routes,
    rules,
    sample,
    tba,
)
from greenroom.simulators.netsuite.errors import fail, refuse
from greenroom.simulators.netsuite.ledger import LEDGER
from greenroom.simulators.netsuite.profile import PROFILE
from greenroom.simulators.netsuite.records import TABLES
from greenroom.simulators.netsuite.seed import seed
from greenroom.simulators.netsuite.surface import SURFACE

CRM = Crm(
    profile=PROFILE,
    blueprint=routes.blueprint,
    seed=seed,
    render=render.error,
    refuse=refuse,
    fail=fail,
    exhaust=limits.exhaust,
    credential=routes.credential,
    classify=routes.classify,
    finish=routes.finish,
    state=jobs.state,
    access=rules.access,
    holdings=rules.holdings,
    may_create=rules.may_create,
    invitable=attendees.invitable,
    attendee=render.invited,
    add_contact=attendees.add_behind,
    cancel=rules.cancel_behind,
    add=rules.add_behind,
    drafted=drafts.drafted,
    guests=guests.guests,
    edit=rules.edit_behind,
    reinstate=rules.reinstate_behind,
    remove=rules.remove_behind,
    appointment=render.appointment,
    tables=TABLES,
    surface=SURFACE,
    ledger=LEDGER,
    openapi=openapi.describe,
    settle=jobs.settle,
    credentials=lambda world, role: {**tba.issue(world, role), **assertions.issue(world, role)},
    facts=sample.profile,
    example_path="/services/rest/record/v1/calendarEvent/{id}",
)
