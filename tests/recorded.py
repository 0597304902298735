"""The calls of all faulty and correct connectors, recorded once and judged again and again: for mutants of the judge.

python -m tests.recorded record FOLDER     plays them, as the tests do
python -m tests.recorded judge FOLDER      judges the recorded calls; 1 where that is wrong about a connector
"""

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from greenroom.contracts.run.runner import judged
from tests.catalogue import Specimen, correct, faulty
from tests.contracts.runs import configured, run, wrong


def record(specimen: Specimen, folder: Path) -> None:
    """Play one connector and keep its calls."""
    found = run(configured(specimen))
    kept = {"target": dict(found.target), "calls": found.calls}
    (folder / f"{specimen.path.name}.json").write_text(json.dumps(kept), "utf-8")


def again(specimen: Specimen, folder: Path) -> str | None:
    """Judge the recorded calls of one connector; say what is wrong."""
    kept = json.loads((folder / f"{specimen.path.name}.json").read_text("utf-8"))
    return wrong(specimen, judged(configured(specimen), kept["target"], kept["calls"], [], 0.0))


def main(what: str, place: str) -> int:
    """Record, or judge."""
    folder = Path(place)
    if what == "record":
        folder.mkdir(parents=True, exist_ok=True)
        with ProcessPoolExecutor(4 * (os.cpu_count() or 1)) as pool:
            for _ in pool.map(record, *zip(*((each, folder) for each in [*faulty(), *correct()]), strict=True)):
                pass
        return 0
    return next((1 for each in [*faulty(), *correct()] if again(each, folder)), 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
