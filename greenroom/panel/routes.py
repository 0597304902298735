"""What the panel's page asks beside the control API, as rows of the same table."""

from pathlib import Path

from greenroom.contracts.interfaces import CANCEL, CONFIRM, REFRESH
from greenroom.panel.panel import Panel
from greenroom.simulators.core.control.front import PageSet
from greenroom.simulators.core.control.routes import NUMBER, TEXT, Route, thing

PAGES = Path(__file__).with_name("pages")
CALLS = {"/panel/cancel": CANCEL, "/panel/confirm": CONFIRM, "/panel/refresh": REFRESH}
"""What calls the connector about one appointment."""
APPOINTMENT = thing(("appointmentId",), appointmentId=TEXT)


def front(panel: Panel) -> PageSet:
    """Return the panel as what stands in front of a control API."""
    routes = (
        Route("GET", "/panel", panel.state),
        Route("POST", "/panel/session", panel.connect, body=thing(role=TEXT)),
        Route("GET", "/panel/appointments", panel.appointments, query={"offset": NUMBER, "limit": NUMBER}),
        *(Route("POST", path, panel.calls(interface), body=APPOINTMENT) for path, interface in CALLS.items()),
        Route("GET", "/panel/calls/{number}", panel.look_again),
    )
    return PageSet(PAGES, "panel.html", routes)
