"""Clio Manage, API v4, as far as ``ledger.py`` says."""

from greenroom.simulators.clio import contacts, drafts, guests, limits, openapi, render, routes, rules, sample
from greenroom.simulators.clio.errors import fail, refuse
from greenroom.simulators.clio.ledger import LEDGER
from greenroom.simulators.clio.profile import PROFILE
from greenroom.simulators.clio.records import TABLES
from greenroom.simulators.clio.seed import seed
from greenroom.simulators.clio.surface import SURFACE
from greenroom.simulators.core.crm import Crm

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
    state=rules.state,
    access=rules.access,
    holdings=rules.holdings,
    may_create=rules.may_create,
    invitable=contacts.invitable,
    attendee=contacts.attendee,
    add_contact=contacts.add_behind,
    cancel=rules.cancel_behind,
    add=rules.add_behind,
    drafted=drafts.drafted,
    guests=guests.guests,
    edit=rules.edit_behind,
    reinstate=None,
    remove=None,
    appointment=render.appointment,
    tables=TABLES,
    ledger=LEDGER,
    openapi=openapi.describe,
    facts=sample.profile,
    surface=SURFACE,
    example_path="/api/v4/calendar_entries/{id}.json?fields=id,summary,start_at",
)
