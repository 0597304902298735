"""Bullhorn's REST API, as far as ``ledger.py`` says."""

from greenroom.simulators.bullhorn import (
    drafts,
    limits,
    openapi,
    outside,
    people,
    render,
    routes,
    rules,
    sample,
)
from greenroom.simulators.bullhorn.errors import fail, refuse
from greenroom.simulators.bullhorn.ledger import LEDGER
from greenroom.simulators.bullhorn.profile import PROFILE
from greenroom.simulators.bullhorn.records import TABLES
from greenroom.simulators.bullhorn.seed import seed
from greenroom.simulators.bullhorn.surface import SURFACE
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
    invitable=people.invitable,
    add_contact=people.add,
    cancel=outside.cancel,
    add=outside.add,
    drafted=drafts.drafted,
    guests=people.guests,
    edit=outside.edit,
    reinstate=outside.reinstate,
    remove=None,
    appointment=render.appointment,
    tables=TABLES,
    ledger=LEDGER,
    openapi=openapi.describe,
    facts=sample.profile,
    surface=SURFACE,
    example_path="/rest-services/e{account}/entity/Appointment/{id}?fields=id,subject,dateBegin,isDeleted",
)
