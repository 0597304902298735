"""Running ``greenroom probe`` against a fake, as somebody runs it against an account."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from greenroom.simulators.core.faults.spec import parse
from tests.fakes import Fake
from tests.greenroom.shell import COMMAND, Said, greenroom

TOKEN = "GREENROOM_TEST_TOKEN"
MINE = "--yes-this-is-my-account"


def words(fake: Fake, *more: str, mine: bool = True) -> list[str]:
    """Return a whole command; the token is in the variable."""
    crm = fake.world.profile.crm
    base = f"{fake.url}{fake.api}" if crm == "bullhorn" else fake.url
    return ["probe", crm, "--base-url", base, "--credential-env", TOKEN, *([MINE] if mine else []), *more]


def probe(fake: Fake, monkeypatch: pytest.MonkeyPatch, *more: str, cwd: Path | None = None) -> Said:
    """Probe a fake as its owner, without its rate limit: there is no time to wait for."""
    unlimited(fake)
    monkeypatch.setenv(TOKEN, fake.login.token)
    return greenroom(*words(fake, *more), cwd=cwd)


def unlimited(fake: Fake) -> None:
    """Let a fake take any number of requests a minute."""
    if "rate-limit" in fake.world.profile.switches:
        fake.world.flip({"rate-limit": "off"})


def begun(fake: Fake, fault: str) -> "subprocess.Popen[str]":
    """Begin a run that stays at a fault, and return it once it is there."""
    unlimited(fake)
    armed = fake.world.faults.arm(parse(fault))
    env = {**os.environ, TOKEN: fake.login.token}
    pipes: Mapping[str, int] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen([COMMAND, *words(fake)], env=env, text=True, **pipes)  # type: ignore[call-overload]
    assert armed.reached.wait(60)
    return process  # type: ignore[no-any-return]


def left(fake: Fake) -> list[str]:
    """Return the ids of what stands and was made by a probe."""
    world, crm = fake.world, fake.simulator.crm
    title = world.profile.title_field
    records = world.store.all(world.profile.table)
    made = [str(record["id"]) for record in records if str(record[title]).startswith("Greenroom probe")]
    return [key for key in made if crm.state(world, key) == "live"]


def rows(said: Said, word: str) -> set[str]:
    """Return the behaviours that are said to be so."""
    lines = [line.removeprefix(word).strip() for line in said.out.splitlines() if line.startswith(f"{word} ")]
    return {line.rpartition(" (")[0] for line in lines}
