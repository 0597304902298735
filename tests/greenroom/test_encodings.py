"""Windows gives a pipe an encoding of 256 characters. No output fails there, and files are UTF-8 all the same."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from greenroom.cli.commands import NAMES
from greenroom.contracts.reports import FORMATS
from tests.catalogue import sample
from tests.greenroom.shell import COMMAND

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "connectors" / "reference" / "clio.py"
STORY = ROOT / "examples" / "stories" / "reinstated.json"
WORDS = "gelöscht → ✓ 日本"
CONNECTOR = f"""
import sys
import requests

print("loaded {WORDS}")


def cancel_appointment(*, user, auth_header, appointment_id):
    print("called {WORDS}")
    print("warned {WORDS}", file=sys.stderr)
    path = f"https://{{user['hostname']}}/api/v4/calendar_entries/{{appointment_id}}.json"
    requests.delete(path, headers={{"Authorization": auth_header}}, timeout=9)
    return {{"successful": True, "returnMessage": {{"messageType": "success", "message": "{WORDS}", "ttl": 2000}}}}
"""
CERTIFY = ("certify", "connector.py", "--crm", "clio", "--level", "documented", "--scenario", "absent")


def piped(folder: Path, *words: str) -> tuple[int, str, str]:
    """Run a command as under Windows, its output in a pipe. Return what a reader of that encoding reads."""
    env = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run([COMMAND, *words], cwd=folder, env=env, capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout.decode("cp1252"), done.stderr.decode("cp1252")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A connector with texts of many scripts, and every report of a run of it."""
    found = tmp_path_factory.mktemp("texts")
    (found / "connector.py").write_text(CONNECTOR, "utf-8")
    reports = [word for name in FORMATS for word in ("--report", f"{name}:{name}.out")]
    code, out, err = piped(found, *CERTIFY, *reports, "--report", "github")

    assert (code, err) == (1, "")
    assert "gelöscht \\u2192 \\u2713 \\u65e5\\u672c" in out
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_every_report_is_utf_8(name: str, folder: Path) -> None:
    text = (folder / f"{name}.out").read_text("utf-8")

    assert text
    assert name not in ("html", "md", "json") or WORDS in text or json.dumps(WORDS)[1:-1] in text


@pytest.mark.parametrize(
    ("words", "code"),
    sample(
        [
            ("call connector.py cancelAppointment --crm clio", 0),
            ("judge json.out", 1),
            ("compare json.out json.out", 0),
            ("verify intoto.out --report json.out", 0),
            (f"fuzz {REFERENCE} --crm clio --examples 2 --seed 1 --verbose", 0),
            (f"replay {STORY} connector.py", 1),
            ("clauses", 0),
            ("--help", 0),
        ],
        3,
    ),
)
def test_no_command_fails_on_a_character(words: str, code: int, folder: Path) -> None:
    done, _, err = piped(folder, *words.split())

    assert (done, err) == (code, "")


@pytest.mark.in_turn
def test_no_help_fails_on_a_character(folder: Path) -> None:
    """One process shows them all: a start of each would take seconds."""
    code = f"from greenroom.cli import cli\nfor name in {NAMES!r}: cli([name, '--help'], standalone_mode=False)"
    env = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    shown = subprocess.run(
        [COMMAND.replace("greenroom", "python"), "-c", code], env=env, capture_output=True, check=False
    )

    assert shown.stderr == b""
    assert shown.stdout.decode("cp1252").count("Usage:") == len(NAMES)


def test_a_connector_may_print_any_text(folder: Path) -> None:
    """Its output is Greenroom's own pipe. No connector is blamed for how Windows would encode that."""
    _, out, _ = piped(folder, "call", "connector.py", "cancelAppointment", "--crm", "clio")

    for word in ("loaded", "called", "warned"):
        assert f"{word} gelöscht \\u2192 \\u2713 \\u65e5\\u672c" in out
