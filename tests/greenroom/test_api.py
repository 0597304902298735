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


def test_a_certificate_is_printed_in_a_few_lines() -> None:
    broken = HERE / "faulty" / "truth.no-wrong-logout.clio.py"
    certificate = greenroom.certify(broken, crm="clio", level="documented", interfaces=("cancelAppointment",))

    assert "BROKEN truth.no-wrong-logout (cancelAppointment): " in str(certificate)
    assert "not-certified, reached " in str(certificate)
    assert len(str(certificate)) < 2000
    assert len(repr(certificate)) < 300


@pytest.mark.parametrize("name", greenroom.__all__)
def test_what_callers_handle_is_exported(name: str) -> None:
    assert getattr(greenroom, name).__name__ == name
    assert name in dir(greenroom)


def test_faults_clock_tokens_and_journal_of_a_served_crm() -> None:
    with greenroom.serve("clio") as clio:
        address = f"{clio.url}/api/v4/calendar_entries/{clio.appointment_id}.json"

        def status() -> int:
            return requests.get(address, headers={"Authorization": clio.auth_header}, timeout=5).status_code

        assert clio.arm("status=503,on=read") == 1
        assert [status(), status()] == [503, 200]
        before = clio.world.clock.now()
        clio.advance(60)
        assert (clio.world.clock.now() - before).total_seconds() >= 60
        clio.expire()
        assert status() == 401
        assert [entry["answer"]["status"] for entry in clio.journal()] == [503, 200, 401]
        assert clio.auth_header.split()[1] not in str(clio.journal())
        with pytest.raises(ValueError, match="no fault"):
            clio.arm("statsu=503")


def test_an_appointment_is_added_with_the_crm_s_own_fields() -> None:
    with greenroom.serve("clio") as clio:
        key = clio.add(summary="Hearing", start_at="2027-01-05T10:00:00Z", end_at="2027-01-05T11:00:00Z")

        assert clio.state(key) == "live"
        assert key != clio.appointment_id
