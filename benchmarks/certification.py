"""Time to certify a reference connector (hold: at most 3 s to level documented)."""

from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.order import Order
from greenroom.contracts.run.runner import certify


def measure() -> dict[str, str]:
    figures = {}
    for crm in ("clio", "netsuite"):
        seconds = []
        for _ in range(3):
            *_, last = certify(Order(f"connectors/reference/{crm}.py", crm, level="documented"))
            assert isinstance(last, RunFinished)
            seconds.append(last.certificate.seconds)
        figures[f"certify connectors/reference/{crm}.py --level documented"] = f"{sorted(seconds)[1]:.2f} s"
    return figures
