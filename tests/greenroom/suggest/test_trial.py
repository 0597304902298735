"""``certify --suggest``: shown is only what holds in a certified copy; the connector itself stays as it is."""

import json
import subprocess
from pathlib import Path

import pytest

from greenroom.suggest.copying import copied
from tests.catalogue import HERE, NEEDS_NODE
from tests.greenroom.shell import greenroom

PYTHON = """
import requests


def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
    response = requests.delete(url, headers={"Authorization": auth_header}, timeout=10)
    if response.status_code in (400, 401, 403, 404, 429):
        return result(False, "Not cancelled.", "warning")
    response.raise_for_status()
    return result(True, "Cancelled.", "success")


def result(successful, message, kind):
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 3000}}
"""
JAVASCRIPT = """
const axios = require('axios');
const told = (successful, message, messageType) => ({ successful, returnMessage: { message, messageType, ttl: 3000 } });

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const url = `https://${user.hostname}/api/v4/calendar_entries/${appointmentId}.json`;
  try {
    await axios.delete(url, { headers: { Authorization: authHeader } });
  } catch (error) {
    return told(false, 'Not cancelled.', 'warning');
  }
  return told(true, 'Cancelled.', 'success');
};
"""
BARE_PYTHON = """
import requests

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{int(appointment_id)}.json"
    response = requests.delete(url, headers={"Authorization": auth_header}, timeout=10)
    response.raise_for_status()
    return {"successful": True}
"""
BARE_JAVASCRIPT = """
const axios = require('axios');

exports.cancellation = 'removed';

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const url = `https://${user.hostname}/api/v4/calendar_entries/${encodeURIComponent(appointmentId)}.json`;
  await axios.delete(url, { headers: { Authorization: authHeader }, timeout: 9000 });
  return { successful: true };
};
"""
BRIEF = ("--crm", "clio", "--scenario", "plain", "--scenario", "odd-ids", "--suggest", "--quiet")


def test_what_holds_in_a_copy_is_shown_as_a_diff_that_applies(tmp_path: Path) -> None:
    (tmp_path / "c.py").write_text(PYTHON)
    said = greenroom("certify", "c.py", *BRIEF, cwd=tmp_path)
    diff = said.out[said.out.index("--- a/c.py") :]

    assert said.code == 1
    assert (tmp_path / "c.py").read_text() == PYTHON
    assert "Suggested change (experimental): an id that is not encoded, a missing declaration" in said.out
    assert "hold where they were broken: safety.odd-ids-stay-inside, effect.declares-behaviour" in said.out
    subprocess.run(["git", "apply", "-"], input=diff, text=True, check=True, cwd=tmp_path)
    again = greenroom("certify", "c.py", *BRIEF, cwd=tmp_path)
    assert again.code == 0
    assert "No change is suggested" in again.out


@pytest.mark.in_turn
@NEEDS_NODE
def test_javascript_finds_its_packages_in_the_copy(tmp_path: Path) -> None:
    (tmp_path / "c.cjs").write_text(JAVASCRIPT)
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules")
    said = greenroom("certify", "c.cjs", *BRIEF, cwd=tmp_path)

    assert (
        "+  const url = `https://${user.hostname}/api/v4/calendar_entries/${encodeURIComponent(appointmentId)}.json`;"
        in said.out
    )
    assert "+exports.cancellation = 'removed';" in said.out


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("name", "source", "told"),
    [
        ("c.py", BARE_PYTHON, '+        return {"successful": True, "returnMessage": {"message": "Done in Clio.",'),
        pytest.param(
            "c.cjs",
            BARE_JAVASCRIPT,
            "+    return { successful: true, returnMessage: { message: 'Done in Clio.',",
            marks=NEEDS_NODE,
        ),
    ],
)
def test_refusals_that_escape_and_missing_messages_are_mended(
    name: str, source: str, told: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(source)
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules")
    selected = ("--crm", "clio", "--scenario", "plain", "--scenario", "absent", "--suggest", "--quiet")
    said = greenroom("certify", name, *selected, cwd=tmp_path)

    assert "Suggested change (experimental): a missing message, a refusal that escapes" in said.out
    assert "truth.no-wrong-logout" in said.out.split("hold where they were broken: ")[1].splitlines()[0]
    assert told in said.out
    subprocess.run(
        ["git", "apply", "-"], input=said.out[said.out.index("--- a/") :], text=True, check=True, cwd=tmp_path
    )
    again = greenroom("certify", name, *selected, cwd=tmp_path)
    assert again.code == 0, again.out


@pytest.mark.in_turn
@NEEDS_NODE
def test_what_could_not_be_judged_before_stands_in_no_ones_way(tmp_path: Path) -> None:
    """An id that is not encoded leads to paths which the fake does not simulate, until its own change is made."""
    source = BARE_JAVASCRIPT.replace("encodeURIComponent(appointmentId)", "appointmentId")
    (tmp_path / "c.cjs").write_text(source.replace(", timeout: 9000", ""))
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules")
    scenarios = [
        word for name in ("plain", "odd-ids", "silent-read", "silent-and-absent") for word in ("--scenario", name)
    ]
    selected = ("--crm", "clio", *scenarios, "--deadline", "6", "--suggest", "--quiet")
    said = greenroom("certify", "c.cjs", *selected, cwd=tmp_path)

    assert "ERRORED" in said.out
    assert "(experimental): a request without a time-out, an id that is not encoded, a missing message" in said.out


@pytest.mark.in_turn
def test_a_change_that_does_not_hold_is_not_shown(tmp_path: Path) -> None:
    """The id is not even sent as it was given, encoded or not."""
    spoilt = PYTHON.replace(
        '    url = f"', '    appointment_id = __import__("urllib.parse").parse.unquote(appointment_id)\n    url = f"'
    )
    (tmp_path / "c.py").write_text(
        spoilt.replace('{appointment_id}.json"', "{appointment_id}.json\".replace('%2F', '/')")
    )
    said = greenroom("certify", "c.py", *BRIEF, "--only", "safety.*", cwd=tmp_path)

    assert said.code == 1
    assert "No change is suggested" in said.out
    assert "---" not in said.out


def test_a_project_is_copied_without_its_packages(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text(json.dumps({}))
    for name in ("node_modules/a/index.js", "src/c.js", "lib/parts.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    with copied(tmp_path / "src" / "c.js") as file:
        top = file.parents[1]

        assert (top / "lib" / "parts.js").is_file()
        assert (top / "node_modules").is_symlink()
        assert file.read_text() == ""
    assert not top.exists()
