"""The CRM refuses, or fails, in its own words."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, ARRIVAL, COMMIT, Fault, FaultError
from greenroom.simulators.core.faults.context import FaultContext

STATUSES = (
    "503", "400", "401", "403", "404", "405", "409", "410", "412", "413", "415", "422", "423", "428", "429", "451",
    "500", "502", "504",
)  # fmt: skip


def fire(context: FaultContext) -> Response:
    """Answer with the vendor's body for that status; after the commit only with a failure of the server."""
    response = context.crm.render(context.crm.fail(int(context.value)))
    if context.armed.retry_after:
        context.armed.retry_after.write(response)
    return response


class StatusFault(Fault[FaultContext]):
    """A status; no CRM refuses what it has done."""

    def check(self, value: str | None, stage: str) -> None:
        """Check a value and a stage."""
        super().check(value, stage)
        if stage == ANSWER and (value or self.values[0]) < "500":
            raise FaultError(f"fault '{self.name}={value}' cannot fire at {stage}: no CRM refuses what it has done")


STATUS = StatusFault(
    "status",
    "an error status in the vendor's own body",
    (COMMIT, ARRIVAL, ANSWER),
    fire,
    values=STATUSES,
    asks=True,
    slow_values=("429",),  # in its own words a CRM asks for half a minute of patience, and polite clients give it
)
