"""``greenroom certify``: exit codes, reports, and sentences for what cannot be done."""

import base64
import json
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from greenroom.contracts import schemas
from greenroom.simulators import find_crm
from greenroom.simulators.core.simulator import Simulator
from tests.catalogue import HERE
from tests.greenroom.shell import COMMAND, greenroom

REFERENCE = str(HERE.parent / "connectors" / "reference" / "clio.py")
NETSUITE = str(HERE.parent / "connectors" / "reference" / "netsuite.py")
BROKEN = str(HERE / "faulty" / "truth.no-wrong-logout.clio.py")
ADVISED = str(HERE / "faulty" / "shape.message-complete.netsuite.py")
LEVEL = ("--level", "documented")
ONE = ("--interface", "cancelAppointment")
"""For what is the same with one interface and with six."""


def test_a_good_connector_is_certified(tmp_path: Path) -> None:
    report, junit = tmp_path / "r.json", tmp_path / "r.xml"
    said = greenroom(
        "certify", REFERENCE, "--crm", "clio", *LEVEL, *ONE, "--report", str(report), "--report", str(junit)
    )

    assert (said.code, said.err) == (0, "")
    assert "CERTIFIED" in said.out
    assert "for your users: Cancelling an appointment deletes the calendar entry in Clio for good" in said.out
    told = json.loads(report.read_text("utf-8"))
    assert schemas.problem("report", told) is None
    assert (told["verdict"], told["reached"], told["counts"]["failed"]) == ("certified", "documented", 0)
    suites = ET.parse(junit).getroot()
    assert (suites.get("failures"), suites.get("errors")) == ("0", "0")


def test_a_broken_connector_is_refused_with_its_evidence(tmp_path: Path) -> None:
    junit = tmp_path / "r.xml"
    said = greenroom("certify", BROKEN, "--crm", "clio", *LEVEL, "--report", str(junit), "--seed", "0")

    assert said.code == 1
    for piece in (
        "BROKEN truth.no-wrong-logout (must, level documented)",
        "in 'absent', call 1 (site=us)",
        "wire      DELETE https://app.clio.com/api/v4/calendar_entries/1999999999.json -> 404",
        "Please Logout and then Connect your clio account",
        "repeat: greenroom certify",
        "NOT CERTIFIED",
        "level reached: runtime (asked: documented)",
    ):
        assert piece in said.out
    root = ET.parse(junit).getroot()
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("type") == "truth.no-wrong-logout"
    assert "scenario: absent" in str(failure.text)
    assert int(root.get("failures", "0")) == len(root.findall(".//failure")) == 1


def test_advice_does_not_refuse() -> None:
    said = greenroom("certify", ADVISED, "--crm", "netsuite", *LEVEL)

    assert said.code == 0
    assert "advice shape.message-complete (should, level documented)" in said.out


def test_the_repeat_command_repeats_it(tmp_path: Path) -> None:
    """With every option that the run had, quoted; a value that may be a secret is left out."""
    folder = tmp_path / "my connectors"
    folder.mkdir()
    needed = "import os\nassert os.environ['PLAIN'] == 'a b' and 'MY_TOKEN' in os.environ\n"
    (folder / "c.py").write_text(needed + Path(BROKEN).read_text("utf-8"))
    (folder / "parts.py").write_text((HERE / "faulty" / "parts.py").read_text("utf-8"))
    (tmp_path / "w.toml").write_text(
        "[[waiver]]\nclause = 'shape.returns'\nscenario = 'none'\nreason = 'x'\nexpires = 2999-01-01\n"
    )
    more = ("--deadline", "9", "--seed", "3", "--runtime", f"{sys.executable} -X utf8", "--waivers", "w.toml")
    env = ("--env", "PLAIN=a b", "--env", "MY_TOKEN=s3cret", "--interface", "cancelAppointment")
    narrow = ("--only", "truth.no-wrong-logout", "--scenario", "absent")
    kept = ("--report", "r.json")
    said = greenroom(
        "certify", "my connectors/c.py", "--crm", "clio", *LEVEL, *more, *env, *narrow, *kept, cwd=tmp_path
    )
    command = next(line for line in said.out.splitlines() if "repeat:" in line).split("repeat: greenroom ")[1]
    again = greenroom(*shlex.split(command), cwd=tmp_path)

    assert "s3cret" not in (tmp_path / "r.json").read_text("utf-8")
    assert f"repeat: greenroom {command}" in greenroom("judge", "r.json", cwd=tmp_path).out
    assert shlex.split(command)[1:] == [
        *("my connectors/c.py", "--crm", "clio", *LEVEL, "--seed", "3", *narrow, "--interface", "cancelAppointment"),
        *("--deadline", "9", "--runtime", f"{sys.executable} -X utf8", "--env", "PLAIN=a b", "--env", "MY_TOKEN=…"),
        *("--waivers", "w.toml"),
    ]
    assert again.code == 1
    assert "BROKEN truth.no-wrong-logout" in again.out


@pytest.mark.in_turn
def test_a_seed_is_shown_and_can_be_drawn() -> None:
    """By default it follows from the connector: two runs of one have the same."""
    plain = ("certify", REFERENCE, "--crm", "clio", "--level", "runtime", *ONE)
    runs = [greenroom(*plain, *more).out for more in ((), (), ("--seed", "random"), ("--seed", "random"))]
    shown = [re.findall(r"seed (\d+)", out) for out in runs]

    assert shown[0] == shown[1]
    assert all(len(seeds) == 2 and seeds[0] == seeds[1] for seeds in shown)
    assert len({seeds[0] for seeds in shown}) == 3
    assert "is no seed; use a number, or 'random'" in greenroom(*plain, "--seed", "mine").err


def test_a_selection_that_holds_is_no_certificate(tmp_path: Path) -> None:
    paths = [tmp_path / f"r.{kind}" for kind in ("json", "xml", "md", "html")]
    reports = [word for path in paths for word in ("--report", str(path))]
    narrow = ("--only", "shape.*", "--scenario", "plain")
    said = greenroom("certify", REFERENCE, "--crm", "clio", *LEVEL, *narrow, *reports)
    stored, junit, markdown, html = (path.read_text("utf-8") for path in paths)

    assert said.code == 0
    assert "HOLDS (selection, no certificate)" in said.out
    assert "for a certificate, run without --only and --scenario" in said.out
    assert schemas.problem("report", json.loads(stored)) is None
    assert (json.loads(stored)["verdict"], json.loads(stored)["reached"]) == ("holds", "none")
    assert all("Holds (selection, no certificate)" in text for text in (junit, markdown, html))
    assert greenroom("judge", str(paths[0])).code == 0


@pytest.mark.parametrize(
    ("only", "scenario"), [("truth.races-*", "plain"), ("*", "two-rights-at-once")], ids=["no case", "no call"]
)
def test_a_selection_in_which_nothing_is_judged_says_so(only: str, scenario: str) -> None:
    lists = str(HERE / "correct" / "clio.list_cursor.py")
    target = REFERENCE if scenario == "plain" else lists
    said = greenroom("certify", target, "--crm", "clio", "--only", only, "--scenario", scenario)

    assert said.code == 2
    assert "nothing was judged: no call of these scenarios was a case of these clauses" in said.out


@pytest.mark.in_turn
def test_a_reader_that_has_enough_changes_no_verdict(tmp_path: Path) -> None:
    """As ``| head -1`` does."""
    command = [
        COMMAND,
        "certify",
        REFERENCE,
        "--crm",
        "clio",
        "--scenario",
        "plain",
        "--report",
        str(tmp_path / "r.md"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert (process.stderr.read(), process.wait(timeout=60)) == ("", 0)
    assert (tmp_path / "r.md").exists()


def test_the_end_of_a_process_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "c.py"
    path.write_text(
        "import os, sys\ndef cancel_appointment(**given):\n    print('out of memory', file=sys.stderr)\n    os._exit(3)\n"
    )
    reports = [tmp_path / f"r.{kind}" for kind in ("md", "xml", "html")]
    words = [word for report in reports for word in ("--report", str(report))]
    said = greenroom("certify", str(path), "--crm", "clio", *LEVEL, "--scenario", "plain", *words)

    assert "    exit code 3\n    stderr    out of memory" in said.out
    assert "hint      no request came: the process ended first; fix the cause" in said.out
    assert all("out of memory" in report.read_text("utf-8") for report in reports)


def test_what_is_waived_whole_says_why_the_exit_code_is_0(tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_text(
        "[[waiver]]\nclause = 'truth.no-wrong-logout'\nscenario = '*'\nreason = 'known'\nexpires = 2999-01-01\n"
    )
    said = greenroom("certify", BROKEN, "--crm", "clio", *LEVEL, *ONE, "--waivers", "w.toml", "--quiet", cwd=tmp_path)

    assert said.code == 0
    assert "NOT CERTIFIED" in said.out
    assert "  every broken promise is waived, so the exit code is 0; it is no certificate\n" in said.out


@pytest.mark.in_turn
def test_several_targets_in_one_run() -> None:
    said = greenroom("certify", REFERENCE, BROKEN, "--crm", "clio", *LEVEL, *ONE)

    assert said.code == 1
    assert said.out.count("Certifying ") == 2


@pytest.mark.in_turn
def test_one_target_that_cannot_be_judged_keeps_no_other_from_it(tmp_path: Path) -> None:
    path = tmp_path / "c.py"
    path.write_text("raise ImportError('first line\\nsecond line')")
    said = greenroom("certify", str(path), REFERENCE, "--crm", "clio", *LEVEL, *ONE)

    assert said.code == 2
    assert "first line\n  second line" in said.err
    assert "CERTIFIED" in said.out


def test_text_that_no_terminal_can_show(tmp_path: Path) -> None:
    """Half a character in an error's text: shown escaped, and the reports are whole."""
    path, report = tmp_path / "c.py", tmp_path / "r.json"
    path.write_text("def cancel_appointment(**given): raise ValueError('\\ud800 <&> \\x00')")
    junit = tmp_path / "r.xml"
    said = greenroom("certify", str(path), "--crm", "clio", *LEVEL, "--report", str(report), "--report", str(junit))

    assert said.code == 1
    assert json.loads(report.read_text("utf-8"))["verdict"] == "not-certified"
    assert ET.parse(junit).getroot().get("errors") == "0"


def test_no_part_of_a_secret_is_shown(tmp_path: Path) -> None:
    """Cut texts, capitals, Base64: the token appears by its label only."""
    path, report = tmp_path / "c.py", tmp_path / "r.json"
    path.write_text(
        "import base64, sys\n"
        "def cancel_appointment(*, user, auth_header, appointment_id):\n"
        "    print(auth_header.upper(), base64.b64encode(auth_header.encode()).decode())\n"
        "    print('y' * 65530 + auth_header, file=sys.stderr)\n"
        "    raise RuntimeError('x' * 3985 + auth_header + 'z' * 10)\n"
    )
    said = greenroom(
        "certify", str(path), "--crm", "clio", "--level", "runtime", "--report", str(report), "--seed", "5"
    )
    world = Simulator(find_crm("clio"), seed=5)
    tokens = [world.new_world().log_in("owner").token for _ in range(2)]
    world.close()
    shown = said.out + report.read_text("utf-8")

    assert "<owner.accessToken>" in shown
    for token in tokens:
        for piece in (
            token[:20],
            token[-20:],
            token.upper(),
            base64.b64encode(f"Bearer {token}".encode()).decode()[12:40],
        ):
            assert piece not in shown


@pytest.mark.in_turn
def test_connections_that_end_in_the_middle_leave_no_traceback() -> None:
    """Python 3.13 tells of errors in ``__del__``, older versions where they are asked to, as here."""
    words = ["-X", "dev", "-W", "ignore", "-m", "greenroom", "certify", REFERENCE, "--crm", "clio"]
    done = subprocess.run(
        [sys.executable, *words, "--scenario", "untrusted-certificate", "--verbose"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "untrusted-certificate" in done.stdout
    assert "ignored" not in done.stderr


def test_a_full_disk_is_one_sentence() -> None:
    done = subprocess.run(["sh", "-c", f"{COMMAND} clauses > /dev/full"], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr == "greenroom: the output cannot be written: No space left on device\n"


@pytest.mark.in_turn
def test_a_request_to_end_ends_everything(tmp_path: Path) -> None:
    """SIGTERM in the middle of a run: the connector's process is gone as well."""
    path, mark = tmp_path / "c.py", tmp_path / "pid"
    path.write_text(
        f"import os, time\ndef cancel_appointment(**given):\n    open({str(mark)!r}, 'w').write(str(os.getpid()))\n    time.sleep(60)\n"
    )
    process = subprocess.Popen([COMMAND, "certify", str(path), "--crm", "clio", *LEVEL], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (mark.exists() and mark.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.terminate()

    assert process.wait(timeout=60) == 143
    assert not Path(f"/proc/{mark.read_text()}").exists()


def test_trouble_of_our_own_is_no_verdict() -> None:
    """Exit code 1 would say that the connector is broken."""
    script = (
        "import sys, greenroom.cli as front\n"
        "from greenroom.cli.commands import load\n"
        "def broken(): raise SystemError('boom')\n"
        "load('clauses').callback = lambda **_: broken()\n"
        "sys.argv = ['greenroom', 'clauses']\n"
        "front.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.startswith(
        "greenroom: Greenroom itself failed. Run it again, and report this: SystemError('boom')"
    )
    assert "Traceback" not in done.stderr


def test_a_connector_for_another_crm_is_refused() -> None:
    assert greenroom("certify", NETSUITE, "--crm", "clio", "--level", "runtime").code == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("missing.py", "--crm", "clio", *LEVEL), "no connector at missing.py"),
        (("missing.module", "--crm", "clio", *LEVEL), "missing.module does not load"),
        ((f"{REFERENCE}:nothing", "--crm", "clio", *LEVEL), "'nothing' is missing"),
        ((REFERENCE, "--crm", "salesforce", *LEVEL), "unknown CRM 'salesforce'; use one of: bullhorn, clio, netsuite"),
        ((REFERENCE, "--crm", "clio", "--level", "best"), "unknown level 'best'"),
        ((REFERENCE, "--crm", "clio", "--scenario", "x"), "no scenario of level resilient matches 'x'"),
        ((REFERENCE, "--crm", "clio", *LEVEL, "--report", "/dev/null/r.json"), "cannot be written"),
        (
            (REFERENCE, "--crm", "clio", *LEVEL, "--report", "r.doc"),
            "unknown format '.doc'; use .json, .xml, .html, .md, .sarif, .intoto.json, or name it: json:FILE",
        ),
        ((REFERENCE, "--crm", "clio", *LEVEL, "--only", "none"), "no clause matches 'none'"),
        ((REFERENCE, "--crm", "clio", *LEVEL, "--env", "NONSENSE"), "--env 'NONSENSE' must have the form NAME=VALUE"),
        ((REFERENCE, "--crm", "clio", *LEVEL, "--runtime", "no-python"), "cannot start 'no-python'"),
        ((REFERENCE, "--crm", "clio", *LEVEL, "--runtime", "'"), "cannot be read"),
        ((REFERENCE, "--crm", "clio", *LEVEL, "--deadline", "inf"), "cannot be kept"),
        ((REFERENCE, "--crm", "clio", *LEVEL, "--waivers", "w.toml"), "waivers 'w.toml' cannot be read"),
        ((REFERENCE, "--crm", "clio", *LEVEL, "--interface", "x"), "interface 'x' is not judged"),
        ((REFERENCE, *LEVEL), "Missing option '--crm'"),
        ((REFERENCE, "--crm", "clio", "--nonsense"), "No such option"),
        ((REFERENCE, "--crm", "clio", "--baseline", "old.json"), "report 'old.json' cannot be read"),
        ((REFERENCE, BROKEN, "--crm", "clio", "--baseline", "old.json"), "--baseline is about one target"),
        (
            (REFERENCE, BROKEN, "--crm", "clio", "--report", "r.json"),
            "a .json report or a badge holds one target",
        ),
        ((), "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_2(words: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    said = greenroom("certify", *words, cwd=tmp_path)

    assert said.code == 2
    assert sentence in said.err
    assert said.err.startswith("greenroom: ")
    assert "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("source", ["1 +", "raise SystemExit", "import nothing_like_this", "x = 1"])
def test_connectors_that_do_not_load(source: str, tmp_path: Path) -> None:
    path = tmp_path / "c.py"
    path.write_text(source)
    said = greenroom("certify", str(path), "--crm", "clio", *LEVEL)

    assert said.code == 2
    assert str(path) in said.err


def test_an_unknown_command_is_answered_too() -> None:
    assert greenroom("certfy").code == 2
