import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.fakes import Fake


@contextmanager
def busy(netsuite: Fake, refusal: str) -> Iterator[None]:
    """Let one request run, as many as are allowed at once."""
    netsuite.world.flip({"concurrency": "1", "concurrency-refusal": refusal})
    with netsuite.world.store.commit():  # whoever writes now has to wait
        writer = threading.Thread(
            target=netsuite.ask, args=("PATCH", netsuite.entry()), kwargs={"json": {"title": "x"}}
        )
        writer.start()
        deadline = time.monotonic() + 60
        while not netsuite.world.counters.get("running") and time.monotonic() < deadline:
            time.sleep(0.01)
        yield
    writer.join()


@pytest.mark.parametrize("variant", ["429", "400"])
def test_one_too_many_at_once(netsuite: Fake, variant: str) -> None:
    """While one request runs, another is refused; once it is over, the next is served."""
    with busy(netsuite, variant):
        refused = netsuite.ask("GET", netsuite.entry())
        restlet = netsuite.ask("GET", "/app/site/hosting/restlet.nl?script=customscript_gettimezone&deploy=x")

    assert refused.status_code == int(variant)
    assert refused.json()["o:errorDetails"][0]["o:errorCode"] == "CONCURRENCY_LIMIT_EXCEEDED"
    assert (refused.json()["title"], refused.json()["o:errorCode"]) == ("Bad Request", "USER_ERROR")
    assert "Retry-After" not in refused.headers
    assert (restlet.status_code, restlet.json()["error"]["code"]) == (400, "SSS_REQUEST_LIMIT_EXCEEDED")
    assert netsuite.ask("GET", netsuite.entry()).status_code == 200
    assert netsuite.world.counters["running"] == 0


def test_one_too_many_may_look_like_a_bad_log_in(netsuite: Fake) -> None:
    with busy(netsuite, "401"):
        refused = netsuite.ask("GET", netsuite.entry())

    assert (refused.status_code, refused.json()["o:errorDetails"][0]["o:errorCode"]) == (401, "INVALID_LOGIN")
    assert "invalid_token" in refused.headers["WWW-Authenticate"]
    assert netsuite.ask("GET", netsuite.entry()).status_code == 200
