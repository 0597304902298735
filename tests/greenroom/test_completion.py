"""What shells complete, by the protocol of click."""

import os
import subprocess

import pytest

from tests.greenroom.shell import COMMAND


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("greenroom certify --crm net", {"netsuite"}),
        ("greenroom serve cl", {"clio"}),
        ("greenroom certify --level ", {"runtime", "documented", "resilient"}),
        ("greenroom certify --scenario abse", {"absent"}),
        ("greenroom certify --only truth.no-wrong-log", {"truth.no-wrong-logout"}),
        ("greenroom fuzz --only truth.no-wrong-log", {"truth.no-wrong-logout"}),
        ("greenroom clauses truth.no-wrong-log", {"truth.no-wrong-logout"}),
        ("greenroom certify --interface cancel", {"cancelAppointment"}),
        ("greenroom call a.py cancel", {"cancelAppointment"}),
        ("greenroom mc", {"mcp"}),
        ("greenroom init --crm net", {"netsuite"}),
        ("greenroom init --language ty", {"typescript"}),
    ],
)
def test_a_shell_completes(words: str, completed: set[str]) -> None:
    place = len(words.split(" ")) - 1
    asked = {"_GREENROOM_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(place)}
    done = subprocess.run(
        [COMMAND], env={**os.environ, **asked}, capture_output=True, text=True, timeout=60, check=True
    )

    assert completed <= {line.partition(",")[2] for line in done.stdout.splitlines()}
    assert words.endswith(" ") or completed == {line.partition(",")[2] for line in done.stdout.splitlines()}
