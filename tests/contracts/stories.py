"""Steps of stories for tests, and what plays them."""

from pathlib import Path
from typing import Any

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.fuzz.story import Step
from greenroom.contracts.harness.testbed import open_testbed
from greenroom.contracts.interfaces import CANCEL
from greenroom.contracts.run.config import RunConfig
from greenroom.simulators import find_crm

MUSTS = [clause for clause in CLAUSES if clause.strength == "must"]


def appears(name: str = "A", world: str = "first", **more: Any) -> Step:
    return {"do": "appears", "world": world, "appointment": name, "title": "Budget talk", **more}


def cancels(name: str = "A", world: str = "first", who: str = "owner", **more: Any) -> Step:
    return {"do": "calls", "interface": CANCEL.name, "world": world, "appointment": name, "who": who, **more}


def happens(what: str, name: str = "A", world: str = "first") -> Step:
    return {"do": what, "world": world, "appointment": name}


AT_ONCE: Step = {
    "do": "calls at once",
    "hold": "held,on=any",
    "calls": [
        {"interface": CANCEL.name, "world": "first", "appointment": "A", "who": who} for who in ("owner", "viewer")
    ],
}


def opened(path: Path) -> Any:
    crm = next(name for name in ("clio", "netsuite") if name in path.name)
    return open_testbed(RunConfig(str(path), crm), parse(str(path)), find_crm(crm))
