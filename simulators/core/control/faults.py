"""The control API's faults: what there is, what is armed, arming and disarming."""

from greenroom.simulators.core.control.guard import RefusalError
from greenroom.simulators.core.control.handlers import Answer, ControlRequest
from greenroom.simulators.core.faults import FAULTS
from greenroom.simulators.core.faults.spec import make


def catalogue(asked: ControlRequest) -> Answer:  # noqa: ARG001 - every handler has the same signature
    """List the faults: their stages and values, the default of each first, and whether they take a Retry-After."""
    return 200, {
        fault.name: {
            "title": fault.title,
            "stages": list(fault.stages),
            "values": list(fault.values),
            "default": fault.default,
            "retryAfter": fault.asks,
        }
        for fault in FAULTS.values()
    }


def listed(asked: ControlRequest) -> Answer:
    """List the faults that are armed in a world, in the order in which requests meet them."""
    return 200, [armed.to_json() for armed in asked.world.faults]


def arm(asked: ControlRequest) -> Answer:
    """Arm a fault, at the end of the world's list; one that can never fire is refused."""
    options = {{"retryAfter": "retry-after"}.get(name, name): value for name, value in asked.body.items()}
    armed = make(asked.body["fault"], options)
    if armed.fault.needs_tls and asked.simulator.tls_port is None:
        raise RefusalError(400, "nothing answers over TLS here, so no certificate is shown: serve with --tls")
    return 201, asked.world.faults.arm(armed).to_json()


def disarm_all(asked: ControlRequest) -> Answer:
    """Disarm every fault of a world."""
    asked.world.faults.disarm()
    return 204, None


def disarm(asked: ControlRequest) -> Answer:
    """Disarm one fault."""
    number = asked.path["number"]
    if number not in {str(armed.number) for armed in asked.world.faults}:
        raise RefusalError(404, f"no fault {number} is armed in {asked.world.name}")
    asked.world.faults.disarm(int(number))
    return 204, None
