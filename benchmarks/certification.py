"""Time to certify a reference connector (hold: at most 3 s to level documented, 10 s to resilient)."""

from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.runner import certify


def measure() -> dict[str, str]:
    figures = {}
    for crm in ("clio", "netsuite"):
        for level in ("documented", "resilient"):
            name = f"certify connectors/reference/{crm}.py --level {level}"
            figures[name] = f"{sorted(seconds(crm, level) for _ in range(3))[1]:.2f} s"
    return figures


def seconds(crm: str, level: str) -> float:
    *_, last = certify(RunConfig(f"connectors/reference/{crm}.py", crm, level=level))
    assert isinstance(last, RunFinished)
    return last.certificate.seconds
