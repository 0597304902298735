"""The Python API: ``greenroom.certify`` and ``greenroom.serve``."""

import pytest
import requests

import greenroom
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.run.events import Event, RunFinished, RunStarted
from tests.catalogue import HERE

RIGHT = HERE.parent / "connectors" / "reference" / "netsuite.py"


def test_a_connector_is_certified() -> None:
    heard: list[Event] = []
    certificate = greenroom.certify(RIGHT, crm="netsuite", level="runtime", seed=5, on_event=heard.append)

    assert (certificate.verdict, certificate.reached, certificate.seed) == ("certified", "runtime", 5)
    assert certificate.calls
    assert (type(heard[0]), type(heard[-1])) == (RunStarted, RunFinished)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [({"crm": "hubspot"}, LookupError), ({"crm": "clio", "level": "golden"}, ConfigError)],
)
def test_what_cannot_be_certified(wrong: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        greenroom.certify(RIGHT, **wrong)  # type: ignore[arg-type]


def test_a_connector_that_is_not_there() -> None:
    with pytest.raises(BridgeError, match="no connector at"):
        greenroom.certify("nothing.py", crm="clio")


@pytest.mark.parametrize("tls", [False, True])
def test_a_crm_is_served_while_the_block_runs(tls: bool) -> None:
    with greenroom.serve("clio", tls=tls, seed=3) as clio:
        base, verify = (clio.tls_url, str(clio.ca)) if tls else (clio.url, True)
        address = f"{base}/api/v4/calendar_entries/{clio.appointment_id}.json"
        asked = requests.get(address, headers={"Authorization": clio.auth_header}, verify=verify, timeout=5)
        gone = requests.delete(address, headers={"Authorization": clio.auth_header}, verify=verify, timeout=5)
        state = clio.state()

    assert (asked.status_code, gone.status_code, state) == (200, 204, "removed")
    assert clio.user["platform"] == "clio"
    assert (clio.tls_url is None) is not tls
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{clio.url}/api", timeout=5)


def test_switches_are_set() -> None:
    with greenroom.serve("netsuite", switches={"concurrency": "1"}) as netsuite:
        assert netsuite.world.switches["concurrency"] == "1"
    with (
        pytest.raises(ValueError, match="netsuite has no switch concurrency=9"),
        greenroom.serve("netsuite", switches={"concurrency": "9"}),
    ):
        pass
