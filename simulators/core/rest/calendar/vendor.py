"""A whole simulator of a plain calendar."""

from functools import partial

from greenroom.simulators.core.cancellation import Cancellation
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.describe import content, thing
from greenroom.simulators.core.ledger import Row
from greenroom.simulators.core.rest.calendar import routes, seed
from greenroom.simulators.core.rest.calendar.declared import Calendar
from greenroom.simulators.core.rest.calendar.rules import Rules
from greenroom.simulators.core.rest.carriers import at, form, scheme
from greenroom.simulators.core.rest.routes import Route, Routes
from greenroom.simulators.core.rest.vendor import Group, Vendor
from greenroom.simulators.core.starter import Starter
from greenroom.simulators.core.surface import NOTHING, Surface


def simulator(of: Calendar, ledger: tuple[Row, ...], surface: Surface = NOTHING, **odd: object) -> Crm:
    """Return the simulator; ``odd`` are the vendor's own rules, by what :class:`Crm` calls them.

    Raises:
        DeclarationError: the declarations contradict each other; the message names the row.

    """
    rules = Rules(of)
    views = routes.Views(rules)
    vendor = Vendor(
        of.profile,
        _groups(of, views, surface),
        log_in=of.token,
        carrier=at(of.token, form("refresh_token"), scheme("Bearer")),
        pages=rules.pages,
        errors=of.errors,
        ledger=ledger,
        surface=surface,
        loud=routes.FAILURE,
        fields=of.fields,
    )
    return vendor.crm(**{**_rules(of, rules, views), **odd})


def _groups(of: Calendar, views: routes.Views, surface: Surface) -> tuple[Group, ...]:
    issued = content(routes.JSON, thing(["access_token"], access_token={"type": "string"}))
    token = Route("POST", of.token, routes.token, "token", {"200": issued, "4XX": routes.FAILURE}, does="other")
    events = Group("events", views.routes(), (views.authenticate,))
    return Group("log-in", Routes(token), absent=tuple(surface)), events


def _rules(of: Calendar, rules: Rules, views: routes.Views) -> dict[str, object]:
    return {
        "seed": partial(seed.fill, rules),
        "facts": partial(seed.drawn, of),
        "render": routes.error,
        "refuse": of.errors.fail,
        "exhaust": views.exhaust,
        "finish": lambda _, __: None,
        "access": rules.access,
        "holdings": rules.holdings,
        "may_create": rules.may_create,
        "invitable": lambda _: (),
        "add_contact": None,
        "guests": lambda _, __: {},
        "add": rules.add,
        "appointment": rules.appointment,
        "tables": of.tables,
        "example_path": f"{of.path}/{{id}}",
        "starter": _starter(of.profile.cancellation),
    }


def _starter(cancellation: Cancellation) -> Starter:
    """Return how a plain connector cancels: events are sent and shown as they are."""
    marks = cancellation.marks
    return Starter(None if cancellation.method == "DELETE" else marks, tuple(marks))
