"""The commands ``fuzz`` and ``replay``: what they say, how they end, what they keep."""

import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.catalogue import HERE
from tests.greenroom.shell import COMMAND, greenroom

FORGETS = str(HERE / "faulty" / "truth.success-is-backed.netsuite.fire-and-forget.py")
RIGHT = str(HERE.parent / "connectors" / "reference" / "netsuite.py")


def test_a_failure_from_its_discovery_to_its_end(tmp_path: Path) -> None:
    """It is found and told, kept, replayed, tried first the next time, and holds once the connector is mended."""
    said = greenroom("fuzz", FORGETS, "--crm", "netsuite", "--steps", "2", "--only", "effect.cancelled", cwd=tmp_path)
    story = min(tmp_path.glob(".greenroom/stories/*/*.json"))  # on a busy machine it may break in two ways
    path = str(story.relative_to(tmp_path))

    assert (said.code, said.err) == (1, "")
    is_told(said.out.splitlines(), path)
    assert not re.search(r"Bearer [0-9a-f]{8}", said.out + story.read_text("utf-8"))

    replayed = greenroom("replay", path, cwd=tmp_path)
    assert replayed.code == 1
    assert "BROKEN" in replayed.out

    again = greenroom("fuzz", FORGETS, "--crm", "netsuite", cwd=tmp_path)
    assert again.code == 1
    assert re.search(r"[12] kept stor(y|ies) first", again.out)
    assert "judged calls" not in again.out

    mended = greenroom("replay", path, RIGHT, "--deadline", "9", cwd=tmp_path)
    assert mended.code == 0
    assert mended.out.strip() == f"holds: every promise was kept in {path}"


def is_told(lines: list[str], path: str) -> None:
    assert lines[0].startswith(f"Fuzzing {FORGETS} against netsuite (Python 3.")
    assert any(line.startswith("BROKEN ") for line in lines)
    assert "  1. An appointment A of the owner appears (“Budget talk”)." in lines
    for word in ("expected", "got", "hint"):
        assert any(line.startswith(f"    {word} ") for line in lines)
    assert f"    repeat    greenroom replay {path}" in lines
    assert any(
        re.match(r"covered: \d+ circumstances x \d+ faults \(\d+ kinds\) x \d+ outcomes", line) for line in lines
    )
    assert f"FAILED: {FORGETS} on netsuite" in lines
    assert any(re.search(r"\d+ stories, \d+ judged calls in [\d.]+ s, seed \d+", line) for line in lines)


@pytest.mark.in_turn
def test_nothing_found(tmp_path: Path) -> None:
    size = ("--examples", "10", "--steps", "5", "--seed", "4", "--keep", str(tmp_path))
    said = greenroom("fuzz", RIGHT, "--crm", "netsuite", *size)

    assert (said.code, said.err) == (0, "")
    assert f"nothing found: {RIGHT} on netsuite" in said.out
    assert re.search(r"\(\d+ calls/s\), seed 4", said.out)
    assert list(tmp_path.rglob("*.json")) == []


@pytest.mark.in_turn
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_keeps_what_is_known(jobs: str, tmp_path: Path) -> None:
    command = [COMMAND, "fuzz", RIGHT, "--crm", "netsuite", "--examples", "100000", "--jobs", jobs, "--verbose"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, start_new_session=True
    ) as process:
        assert process.stdout is not None
        while "judged calls" not in (line := process.stdout.readline()):
            assert line
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (2, "")
    assert "stopped: interrupted" in out
    assert "covered:" in out


@pytest.mark.in_turn
def test_a_story_that_cannot_be_kept_is_told_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    only = ("--steps", "2", "--only", "effect.cancelled")
    said = greenroom("fuzz", FORGETS, "--crm", "netsuite", *only, "--keep", "file/kept", cwd=tmp_path)

    assert (said.code, said.err) == (1, "")
    assert "BROKEN " in said.out
    assert "  1. An appointment A of the owner appears (“Budget talk”)." in said.out
    assert re.search(r"NOT KEPT: 'file/kept/stories/\S+\.json' cannot be written \(Not a directory\)", said.out)
    assert "repeat " not in said.out
    assert f"FAILED: {FORGETS} on netsuite" in said.out


REMEMBERS = """
from right import cancel_appointment as right

refused, down = 0, False

def cancel_appointment(*, user, auth_header, appointment_id):
    global refused, down
    down = down or WHEN
    if down:
        return {"successful": False, "returnMessage": {"message": "Down.", "messageType": "warning", "ttl": 3000}}
    said = right(user=user, auth_header=auth_header, appointment_id=appointment_id)
    refused += not said["successful"]
    return said
"""
EXAMPLE = HERE.parent / "examples" / "pytest-project" / "connectors" / "clio.py"
SMALL = ("--crm", "clio", "--seed", "0", "--only", "effect.cancelled", "--steps", "2")


def remembers(place: Path, when: str) -> None:
    (place / "right.py").write_text(EXAMPLE.read_text("utf-8"))
    (place / "c.py").write_text(REMEMBERS.replace("WHEN", when))


@pytest.mark.in_turn
def test_what_depends_on_earlier_calls_is_a_finding_with_its_history(tmp_path: Path) -> None:
    """A circuit breaker counts refusals, and never closes again: no story is long enough to open it."""
    remembers(tmp_path, "refused >= 2")
    said = greenroom("fuzz", "c.py", *SMALL, cwd=tmp_path)
    (story,) = tmp_path.glob(".greenroom/stories/*/*.json")
    kept = json.loads(story.read_text("utf-8"))

    assert (said.code, said.err) == (1, "")
    assert "It depends on earlier calls: in a fresh process it holds, after these it fails each time." in said.out
    assert kept["history"]
    assert kept["clause"] == "effect.cancelled"
    assert greenroom("replay", str(story), cwd=tmp_path).code == 1
    assert greenroom("replay", str(story), str(EXAMPLE), cwd=tmp_path).code == 0
    without = tmp_path / "without.json"
    without.write_text(json.dumps({**kept, "history": []}))
    assert greenroom("replay", str(without), cwd=tmp_path).code == 0


@pytest.mark.in_turn
def test_what_does_not_happen_again_is_counted(tmp_path: Path) -> None:
    """Neither in a fresh process nor with its history: it is no finding."""
    remembers(
        tmp_path, "refused >= 2 and (lambda p: not p.exists() and not p.mkdir())(__import__('pathlib').Path('once'))"
    )
    said = greenroom("fuzz", "c.py", *SMALL, "--examples", "60", cwd=tmp_path)

    assert (tmp_path / "once").exists()
    assert (said.code, said.err) == (0, "")
    assert "  1 story failed once and held when played again" in said.out
    assert list(tmp_path.glob(".greenroom/stories/*/*.json")) == []


LIES = """
import pathlib
from right import answer, cancel_appointment as right

def cancel_appointment(*, user, auth_header, appointment_id):
    said = right(user=user, auth_header=auth_header, appointment_id=appointment_id)
    if "did not answer" in said["returnMessage"]["message"]:
        pathlib.Path("lied").touch()
        return answer(True, "Deleted, surely.")
    if pathlib.Path("lied").exists():
        print(auth_header)
    return said
"""


@pytest.mark.in_turn
def test_what_was_announced_is_told(tmp_path: Path) -> None:
    """Also where the shortest story is about another promise: here each call without a fault breaks one, by then."""
    (tmp_path / "right.py").write_text(EXAMPLE.read_text("utf-8"))
    (tmp_path / "c.py").write_text(LIES)
    said = greenroom("fuzz", "c.py", "--crm", "clio", "--seed", "2", "--steps", "2", cwd=tmp_path)
    announced = re.findall(r"a story of \d+ steps broke (\S+);", said.out)
    reported = re.findall(r"^BROKEN (\S+):", said.out, re.MULTILINE)

    assert announced == ["truth.lost-is-not-done"]
    assert set(reported) == {"truth.lost-is-not-done", "safety.output-holds-no-secret"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("fuzz", "nothing.py", "--crm", "clio"), "no connector at"),
        (("fuzz", RIGHT, "--crm", "hubspot"), "hubspot"),
        (("fuzz", RIGHT, "--crm", "netsuite", "--examples", "0"), "--examples 0 cannot be; use 1 or more"),
        (("fuzz", RIGHT, "--crm", "netsuite", "--only", "nothing.*"), "no clause matches 'nothing.*'"),
        (("fuzz", "broken.py", "--crm", "netsuite", "--jobs", "2"), "does not load"),
        (("replay", "nothing.json"), "story 'nothing.json' cannot be read"),
        (("replay", "nameless.json"), "names no connector: add TARGET"),
        (("replay", "strange.json", RIGHT), "appointment 'A' is spoken of before it appears"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    steps = [{"do": "calls", "interface": "cancelAppointment", "world": "first", "appointment": "A", "who": "owner"}]
    for name in ("nameless.json", "strange.json"):
        (tmp_path / name).write_text(json.dumps({"crm": "netsuite", "steps": steps}))
    (tmp_path / "broken.py").write_text("1 +")
    said = greenroom(*words, cwd=tmp_path)

    assert said.code == 2
    assert told in said.err
    assert len(said.err.splitlines()) == 1
