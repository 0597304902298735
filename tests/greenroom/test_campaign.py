"""``greenroom campaign``: it goes on after kill -9, says what it did not reach, and shows how it stands."""

import json
import signal
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import DESKTOP, NEEDS_BROWSER, PHONE, barriers, opened, overflow
from tests.catalogue import HERE
from tests.greenroom.shell import COMMAND, eventually, greenroom

RIGHT = HERE.parent / "connectors" / "reference" / "clio_cancel.py"
WRONG = HERE / "faulty" / "truth.no-wrong-logout.clio.py"
PLAN = """
name = "A night"
stories = 100
steps = 3

[[connector]]
target = "{target}"
crms = ["clio"]

[cells]
interface = ["cancelAppointment"]
circumstance = ["plain"]
fault = ["no fault"]

[[leave_out]]
outcome = ["raised", "timed-out", "crashed", "unclear", "failure"]
reason = "a connector that is right cancels on a plain day"
"""


def planned(folder: Path, target: Path = RIGHT, text: str = PLAN) -> Path:
    (folder / "night.toml").write_text(text.format(target=target))
    return folder


def parts(folder: Path) -> dict[str, tuple[int, int]]:
    """Return what is kept of each part: its stories and calls."""
    kept = [json.loads(path.read_text("utf-8")) for path in folder.glob(".greenroom/campaigns/night/units/*.json")]
    return {each["key"]: (each["result"]["examples"], each["result"]["calls"]) for each in kept}


@pytest.mark.in_turn
def test_a_campaign_goes_on_after_it_was_killed(tmp_path: Path) -> None:
    planned(tmp_path)
    with subprocess.Popen([COMMAND, "campaign", "night.toml"], cwd=tmp_path, stdout=-3, stderr=-3) as process:
        eventually(lambda: len(parts(tmp_path)) >= 2, seconds=200)
        process.send_signal(signal.SIGKILL)
    before = parts(tmp_path)
    said = greenroom("campaign", "night.toml", "--jobs", "2", cwd=tmp_path)
    after = parts(tmp_path)

    assert (said.code, said.err) == (0, "")
    assert (len(before), len(after)) == (len(before), 4)
    assert len(before) < 4
    assert before.items() <= after.items()
    stories, calls = (sum(numbers) for numbers in zip(*after.values(), strict=True))
    assert f"  4 of 4 parts, {stories} stories, {calls} judged calls, 1 of 1 cells, 0 stories found" in said.out
    assert "All was played: no broken promise; every cell was reached." in said.out

    again = greenroom("campaign", "night.toml", cwd=tmp_path)
    assert (again.code, parts(tmp_path)) == (0, after)


@pytest.mark.in_turn
@NEEDS_BROWSER
def test_the_page_shows_how_it_stands(chromium: Browser, tmp_path: Path) -> None:
    planned(tmp_path, WRONG, PLAN.replace("stories = 100", "stories = 10"))
    said = greenroom("campaign", "night.toml", cwd=tmp_path)
    place = tmp_path / ".greenroom" / "campaigns" / "night"

    assert said.code == 1
    assert f"BROKEN truth.no-wrong-logout: {WRONG} on clio" in said.out
    for size, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
        with opened(chromium, (place / "index.html").as_uri(), size, scheme) as page:  # type: ignore[arg-type]
            for each in page.locator("details").all():
                each.click()
            assert barriers(page) == []
            assert overflow(page) <= 0
            assert page.get_by_role("heading", name="Stories found (1)").is_visible()
            assert page.get_by_text("a connector that is right cancels on a plain day").is_visible()
            repeat = page.get_by_text("greenroom replay ").inner_text()
    assert greenroom(*repeat.split()[1:], cwd=tmp_path).code == 1


@pytest.mark.in_turn
def test_what_was_not_reached_is_said(tmp_path: Path) -> None:
    planned(tmp_path, text=PLAN.replace("stories = 100", "stories = 25").replace('"crashed", ', ""))
    said = greenroom("campaign", "night.toml", "--state", "here", cwd=tmp_path)

    assert said.code == 2
    assert said.err == ("greenroom: 1 cell was not reached; play more stories, or leave them out with a reason\n")
    assert "  not reached: cancelAppointment: plain, no fault, alone, crashed" in said.out
    assert (tmp_path / "here" / "index.html").is_file()
