"""What the panel's page asks beside the control API, as rows of the same table."""

from collections.abc import Mapping
from pathlib import Path

from greenroom.contracts.harness.requests import CREATED, PATCHED, STATUS
from greenroom.contracts.interfaces import CANCEL, CONFIRM, REFRESH
from greenroom.panel.actions import KEY, Action, about, asking
from greenroom.panel.panel import Panel
from greenroom.simulators.core.control.front import PageSet
from greenroom.simulators.core.control.routes import NUMBER, TEXT, Route, Schema, thing

PAGES = Path(__file__).with_name("pages")
ASKED: Schema = {"type": "object"}
APPOINTMENT = thing((KEY,), **{KEY: TEXT})
CONTENTS = thing((KEY, "asked"), **{KEY: TEXT}, asked=ASKED)
CALLS: Mapping[str, tuple[Action, Schema]] = {
    "/panel/cancel": (about(CANCEL), APPOINTMENT),
    "/panel/confirm": (about(CONFIRM), APPOINTMENT),
    "/panel/refresh": (about(REFRESH), APPOINTMENT),
    "/panel/create": (asking(CREATED), thing(("asked",), asked=ASKED)),
    "/panel/update": (asking(PATCHED), CONTENTS),
    "/panel/status": (asking(STATUS), CONTENTS),
}
"""What calls the connector, and what the page sends for it."""


def front(panel: Panel) -> PageSet:
    """Return the panel as what stands in front of a control API."""
    routes = (
        Route("GET", "/panel", panel.state),
        Route("POST", "/panel/session", panel.connect, body=thing(role=TEXT)),
        Route("GET", "/panel/appointments", panel.appointments, query={"offset": NUMBER, "limit": NUMBER}),
        Route("GET", "/panel/form", panel.form),
        *(Route("POST", path, panel.calls(action), body=body) for path, (action, body) in CALLS.items()),
        Route("GET", "/panel/calls/{number}", panel.look_again),
    )
    return PageSet(PAGES, "panel.html", routes)
