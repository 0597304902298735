"""Bullhorn's REST API, as far as ``ledger.py`` says."""

from greenroom.simulators.bullhorn import (
    drafts,
    limits,
    oauth,
    openapi,
    outside,
    people,
    render,
    routes,
    rules,
    sample,
)
from greenroom.simulators.bullhorn.errors import ERRORS, refuse
from greenroom.simulators.bullhorn.ledger import LEDGER
from greenroom.simulators.bullhorn.probes import PROBING
from greenroom.simulators.bullhorn.profile import PROFILE
from greenroom.simulators.bullhorn.records import TABLES
from greenroom.simulators.bullhorn.seed import seed
from greenroom.simulators.bullhorn.surface import SURFACE
from greenroom.simulators.core.rest.vendor import Vendor
from greenroom.simulators.core.starter import Starter

BULLHORN = Vendor(
    PROFILE,
    routes.GROUPS,
    log_in=oauth.BASE,
    carrier=routes.CARRIER,
    pages=outside.PAGES,
    errors=ERRORS,
    ledger=LEDGER,
    surface=SURFACE,
    loud=openapi.LOUD,
    schemas=openapi.SCHEMAS,
)
CRM = BULLHORN.crm(
    seed=seed,
    render=render.error,
    refuse=refuse,
    exhaust=limits.exhaust,
    finish=routes.finish,
    access=rules.access,
    holdings=rules.holdings,
    may_create=rules.may_create,
    invitable=people.invitable,
    add_contact=people.add,
    add=outside.add,
    drafted=drafts.drafted,
    guests=people.guests,
    appointment=render.appointment,
    tables=TABLES,
    probing=PROBING,
    facts=sample.profile,
    example_path="/rest-services/e{account}/entity/Appointment/{id}?fields=id,subject,dateBegin,isDeleted",
    starter=Starter({"isDeleted": True}, ("data", "isDeleted")),
)
