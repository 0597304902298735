"""Mutation testing of the judge: every clause's code is changed in small ways, and its tests must notice.

``make mutants`` works on copies in ``build/mutants``, one per processor (some twenty minutes on two cores), and lists
the changes that no test noticed. The tests are those of calls made by hand, and those of all faulty and correct
connectors: these are played once, and their recorded calls judged again by each mutant.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPIES = ROOT / "build" / "mutants"
CLAUSES = "greenroom/contracts/clauses"
TESTS = "-x -q -p no:cacheprovider " + " ".join(
    f"tests/contracts/test_{name}.py" for name in ("call", "clauses", "doubt", "secrecy", "toast", "judge")
)
CONFIG = f"""
[cosmic-ray]
module-path = {{modules}}
timeout = 30.0
excluded-modules = []
test-command = "sh -c '{sys.executable} -m tests.recorded judge ../calls && {sys.executable} -m pytest {TESTS}'"
distributor.name = "local"
filters.operators-filter.exclude-operators = {{excluded}}
"""
EXCLUDED = [
    "core/ReplaceBinaryOperator_BitOr_.*",  # 'str | None' in annotations
    "core/ReplaceComparisonOperator_(Eq|NotEq)_(Lt|LtE|Gt|GtE|Is|IsNot)",  # of words, whose order says nothing
]


def copy(number: int) -> Path:
    """Copy the project into one real tree, as its import names say."""
    place = COPIES / str(number)
    shutil.rmtree(place, ignore_errors=True)
    caches = shutil.ignore_patterns("__pycache__", "node_modules")
    shutil.copytree(ROOT / "greenroom", place / "greenroom", ignore=caches)
    for folder in ("contracts", "connectors", "simulators"):
        shutil.copytree(ROOT / folder, place / "greenroom" / folder, ignore=caches)
    shutil.copytree(ROOT / "tests", place / "tests", ignore=caches)
    shutil.copy(ROOT / "pyproject.toml", place)
    (place / "connectors").symlink_to("greenroom/connectors")
    return place


def record(folder: Path) -> None:
    """Play all connectors once."""
    subprocess.run([sys.executable, "-m", "tests.recorded", "record", folder], cwd=ROOT, check=True)


def run(place: Path, modules: list[str]) -> list[str]:
    """Try every mutant of some modules; return those that no test noticed, as differences."""
    (place / "mutants.toml").write_text(CONFIG.format(modules=modules, excluded=EXCLUDED), "utf-8")
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    folder = Path(sys.executable).parent
    for command in (
        "cosmic-ray init mutants.toml s",
        "cr-filter-operators s mutants.toml",
        "cosmic-ray exec mutants.toml s",
    ):
        name, *words = command.split()
        subprocess.run([folder / name, *words], cwd=place, env=environment, check=True, capture_output=True)
    with sqlite3.connect(place / "s") as session:
        tried = session.execute("select count(*) from work_results where test_outcome is not null").fetchone()[0]
        query = "select diff from work_results where test_outcome = 'SURVIVED' order by job_id"
        survived = [diff for (diff,) in session.execute(query)]
    sys.stdout.write(f"{', '.join(modules)}: {tried} mutants, {len(survived)} survived\n")
    return survived


def main(modules: list[str]) -> int:
    """Try the mutants of all modules of clauses, or of those named; 1 where one survived."""
    record(COPIES / "calls")
    names = modules or sorted(path.name for path in (ROOT / "contracts" / "clauses").glob("[a-z]*.py"))
    share = max(1, os.cpu_count() or 1)
    parts = [[f"{CLAUSES}/{name}" for name in names[start::share]] for start in range(share)]
    with ThreadPoolExecutor(share) as pool:
        found = list(pool.map(lambda each: run(copy(each[0]), each[1]), [(n, p) for n, p in enumerate(parts) if p]))
    for diff in (diff for survived in found for diff in survived):
        sys.stdout.write("\n" + "\n".join(re.findall(r"^(?:\+\+\+|@@|[-+]).*$", diff, re.MULTILINE)) + "\n")
    return 1 if any(found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
