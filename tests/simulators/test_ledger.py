"""The fidelity ledgers: every row has a mark, a source, and a test that exists; every route has rows."""

import re
from importlib import import_module
from inspect import isfunction
from pathlib import Path

import pytest

from greenroom.simulators import CRMS, find_crm
from greenroom.simulators.core.app import build_app
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.ledger import MARKS, Reason

ROOT = Path(__file__).parents[2]
CASES = pytest.mark.parametrize("crm", CRMS.values(), ids=list(CRMS))


@CASES
def test_every_row_is_marked_sourced_and_pinned(crm: Crm) -> None:
    for row in crm.ledger:
        file, _, name = row.test.partition("::")
        assert row.mark in MARKS
        assert row.source
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), row.test


@CASES
def test_every_row_has_a_probe_or_says_why_not(crm: Crm) -> None:
    """And each probe shows one row: who reads that a row was seen reads of that row alone."""
    probes = [row.probe for row in crm.ledger if not isinstance(row.probe, Reason)]

    assert [row.behaviour for row in crm.ledger if row.probe is None] == []
    assert len(probes) == len(set(probes)) > len(crm.ledger) / 2
    assert len({row.behaviour for row in crm.ledger}) == len(crm.ledger)


@CASES
def test_no_probe_is_forgotten(crm: Crm) -> None:
    """Each public function of the modules of probes belongs to a row."""
    folder = f"greenroom.simulators.{crm.profile.crm}"
    names = [path.stem for path in (ROOT / "simulators" / crm.profile.crm).glob("probes*.py")]
    found = {
        each
        for name in names
        for each in vars(import_module(f"{folder}.{name}")).values()
        if isfunction(each) and each.__module__ == f"{folder}.{name}" and not each.__name__.startswith("_")
    }

    assert found == {row.probe for row in crm.ledger if not isinstance(row.probe, Reason)}


@CASES
def test_every_route_has_a_row(crm: Crm) -> None:
    """And every row speaks of a route that is there. What is not simulated has no behaviour to tell of."""
    told = {route for row in crm.ledger for route in row.routes}
    rules = build_app(crm).url_map.iter_rules()
    real = {
        f"{method} {rule.rule.removesuffix('.json').rstrip('/')}"
        for rule in rules
        if "unsimulated" not in rule.endpoint
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert told == real


@CASES
def test_every_switch_says_why_and_stands_in_the_ledger(crm: Crm) -> None:
    told = " ".join(f"{row.behaviour} {row.source}" for row in crm.ledger)
    for name, switch in crm.profile.switches.items():
        assert len(switch.values) > 1
        assert switch.why
        assert name in told, f"no ledger row speaks of switch {name}"


@CASES
def test_refusals_use_switches_that_exist(crm: Crm) -> None:
    for variants in crm.profile.refusals.values():
        for settings in variants:
            for name, value in settings.items():
                assert value in crm.profile.switches[name].values


def test_an_unknown_crm_is_answered_with_those_that_exist() -> None:
    with pytest.raises(LookupError, match="unknown CRM 'salesforce'; use one of: bullhorn, clio, netsuite"):
        find_crm("salesforce")
