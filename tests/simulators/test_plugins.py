"""CRMs of other packages: found by name, and one that does not load harms no other."""

import sys
from pathlib import Path

import pytest

from greenroom.simulators import CRMS, find_crm, known_crms

PROFILE = """
from dataclasses import replace
from greenroom.simulators.clio import CRM as CLIO
from greenroom.simulators.core.cancellation import Flagged, Transitioned
from greenroom.simulators.core.profile import Switch
"""
FINE = PROFILE + "CRM = replace(CLIO, profile=replace(CLIO.profile, crm='fine'))"
BROKEN = {
    "missing": ("import no_such_module", "No module named 'no_such_module'"),
    "wrong": (PROFILE + "CRM = CLIO.profile", "is a Profile"),
    "fieldless": (PROFILE + "CRM = Flagged()", "cancellation 'flagged' names no field"),
    "reasonless": (
        PROFILE + "CRM = replace(CLIO.profile, switches={'odd': Switch(('1', '2'), ' ')})",
        "clio: switch 'odd' has no reason",
    ),
}


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a package with a CRM that works, and several that do not."""
    sources = {"fine": FINE, **{name: source for name, (source, _) in BROKEN.items()}}
    for name, source in sources.items():
        (tmp_path / f"plugged_{name}.py").write_text(source)
    info = tmp_path / "plugged-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plugged\nVersion: 1.0\n")
    points = "\n".join(f"{name} = plugged_{name}:CRM" for name in sources)
    (info / "entry_points.txt").write_text(f"[greenroom.simulators]\n{points}\nclio = plugged_fine:CRM\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])


@pytest.mark.usefixtures("installed")
def test_a_plugin_is_found_by_its_name() -> None:
    assert find_crm("fine").profile.crm == "fine"
    assert find_crm("clio") is CRMS["clio"]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", BROKEN)
def test_one_that_does_not_load_is_named(name: str) -> None:
    with pytest.raises(LookupError, match=f"the CRM '{name}' of plugged") as caught:
        find_crm(name)

    assert BROKEN[name][1] in str(caught.value)


@pytest.mark.usefixtures("installed")
def test_the_others_work() -> None:
    with pytest.warns(RuntimeWarning, match="of plugged") as warned:
        known = known_crms()

    assert set(known) == {*CRMS, "fine"}
    assert len(warned) == len(BROKEN)


@pytest.mark.usefixtures("installed")
def test_an_unknown_name_lists_those_that_exist() -> None:
    with pytest.raises(LookupError, match="use one of: bullhorn, clio, fieldless, fine, missing, netsuite"):
        find_crm("nobody")
