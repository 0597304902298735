"""A profile that contradicts itself is refused as it is made, and the row is named."""

from dataclasses import replace
from typing import Any

import pytest

from greenroom.simulators import CRMS
from greenroom.simulators.core.cancellation import Flagged
from greenroom.simulators.core.errors import DeclarationError
from greenroom.simulators.core.profile import Site, Switch


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"switches": {"odd": Switch(("1", "2"), "")}}, "switch 'odd' has no reason"),
        ({"switches": {"odd": Switch(("1",), "why")}}, "switch 'odd' needs two values or more, each once"),
        ({"refusals": {"forbidden": ({"odd": "1"},)}}, "refusal 'forbidden': there is no switch odd=1"),
        ({"refusals": {"forbidden": ({"rate-limit": "7"},)}}, "there is no switch rate-limit=7"),
        ({"cancellation": Flagged(field="gone"), "confirmed_status": "C"}, "confirmed_status 'C': cancellation"),
        ({"sites": ()}, "sites: there is none"),
        ({"sites": (Site("eu", "eu.app.clio.com", "eu.example.com"),)}, "site 'eu': eu.example.com matches none"),
    ],
)
def test_a_contradiction_is_named(rows: dict[str, Any], words: str) -> None:
    with pytest.raises(DeclarationError, match=words):
        replace(CRMS["clio"].profile, **rows)


def test_hosts_of_an_account_are_all_those_of_its_site() -> None:
    production, sandbox = CRMS["netsuite"].profile.sites

    assert production.hosts("7") == [
        "7.app.netsuite.com",
        "7.restlets.api.netsuite.com",
        "7.suitetalk.api.netsuite.com",
    ]
    assert not set(production.hosts("7")) & set(sandbox.hosts("7"))
