"""What a fault sees as it fires: the request, its world, the CRM, and the answer where there is one already."""

from dataclasses import dataclass

from flask import Response

from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.exchange import Exchange


@dataclass(frozen=True)
class FaultContext:
    """One firing of a fault. ``answer`` is the CRM's own, None before it is made."""

    armed: Armed
    exchange: Exchange
    crm: Crm
    answer: Response | None = None

    @property
    def value(self) -> str:
        """The chosen value, or the fault's own."""
        return self.armed.chosen or ""

    @property
    def seconds(self) -> float:
        """The chosen value as a number of seconds."""
        return float(self.value)

    def sent(self, delivery: Delivery) -> Response:
        """Return the CRM's answer (or a stand-in, of which nothing will arrive) to be delivered in that way."""
        self.exchange.delivery = delivery
        return self.answer or Response(status=503)

    def with_body(self) -> Response:
        """Return the CRM's answer; one without a body gets the body of an acknowledgement, to have something to cut."""
        if self.answer is not None and self.answer.get_data():
            return self.answer
        return Response(b'{"data": {"status": "ok", "note": "' + b"." * 200 + b'"}}', 200, content_type=JSON)


JSON = "application/json"


def go_on(context: FaultContext) -> None:
    """Let a request go on: of a fault that does nothing to requests."""
