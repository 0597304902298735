"""Where a request carries its credential: vendors differ, and some read several places."""

from typing import Any

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from greenroom.simulators.core.rest.carriers import Carrier, at, cookie, first, form, header, query, scheme

SESSION = first(query("BhRestToken"), header("BhRestToken"), cookie("BhRestToken"))
BEARER = scheme("Bearer")
LOG_IN = at("/oauth/token", form("code", "refresh_token"), BEARER)


@pytest.mark.parametrize(
    ("carrier", "sent", "expected"),
    [
        (BEARER, {"headers": {"Authorization": "bearer  abc "}}, "abc"),
        (BEARER, {"headers": {"Authorization": "Basic abc"}}, None),
        (BEARER, {"headers": {"Authorization": "Bearer"}}, None),
        (BEARER, {}, None),
        (SESSION, {"headers": {"bhresttoken": "abc"}}, "abc"),
        (SESSION, {"query_string": {"BhRestToken": "abc"}, "headers": {"BhRestToken": "other"}}, "abc"),
        (SESSION, {"headers": {"Cookie": "BhRestToken=abc"}}, "abc"),
        (SESSION, {"headers": {"Authorization": "Bearer abc"}}, None),
        (LOG_IN, {"path": "/oauth/token", "data": {"refresh_token": "abc"}}, "abc"),
        (LOG_IN, {"path": "/oauth/token", "headers": {"Authorization": "Bearer abc"}}, None),
        (LOG_IN, {"path": "/events", "headers": {"Authorization": "Bearer abc"}}, "abc"),
    ],
)
def test_what_a_request_carries(carrier: Carrier, sent: dict[str, Any], expected: str | None) -> None:
    method = "POST" if "data" in sent else "GET"

    assert carrier(Request(EnvironBuilder(method=method, **sent).get_environ())) == expected  # type: ignore[arg-type]
