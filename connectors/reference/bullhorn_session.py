"""Reference connector for Bullhorn: the session that all interfaces share. Copy it beside those that you need.

What it takes care of, and why:

* Bullhorn takes no ``Authorization``: a log-in opens a session, and ``BhRestToken`` carries it;
* a session lives ten minutes. A 401 (it is over) or 412 (there is none) leads to one log-in, and one repetition;
* a log-in may name another ``restUrl``: the repetition goes there, and the new values are kept for the next call;
* a session goes to Bullhorn's own hosts only, whatever a response names, and no redirect is followed;
* every exchange has a time-out, because App Connect sets none, and some answers never end.
"""

import json
import time
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

TIMEOUT = (3, 3)
"""Seconds to connect, and for an answer."""
HOME = ".bullhornstaffing.com"
OVER = (401, 412)

Answer = tuple[int, dict[str, Any]]
"""Status and body; the body is empty where it is no JSON object."""


class Session:
    """A user's session with Bullhorn, for one call.

    Args:
        user: App Connect's user; ``platformAdditionalInfo`` has ``restUrl``, ``loginUrl`` and ``bhRestToken``.

    """

    def __init__(self, user: dict[str, Any]) -> None:
        self._user, self._http, self._fresh = user, requests.Session(), False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def send(self, method: str, path: str, body: object = None, **params: str | int) -> Answer | None:
        """Return the answer to a request, or None where it was lost."""
        answer = self._ask(method, path, body, params)
        if answer and answer[0] in OVER and not self._fresh and self._log_in():
            return self._ask(method, path, body, params)
        return answer

    def _ask(self, method: str, path: str, body: object, params: Mapping[str, str | int]) -> Answer | None:
        stored = self._user["platformAdditionalInfo"]
        return self._exchange(
            method,
            f"{stored['restUrl']}{path}",
            json=body,
            params=params,
            headers={"BhRestToken": stored.get("bhRestToken")},
        )

    def _log_in(self) -> bool:
        """Open a new session with the stored access token, once, and keep it."""
        self._fresh = True
        url = f"{self._user['platformAdditionalInfo']['loginUrl']}/login"
        answer = self._exchange("GET", url, params={"version": "2.0", "access_token": self._user["accessToken"]})
        session = answer[1] if answer and answer[0] == 200 else {}
        if not isinstance(session.get("BhRestToken"), str) or not _is_bullhorns(str(session.get("restUrl"))):
            return False
        new = {"bhRestToken": session["BhRestToken"], "restUrl": session["restUrl"]}
        self._user["platformAdditionalInfo"] = {**self._user["platformAdditionalInfo"], **new}
        return True

    def _exchange(self, method: str, url: str, **what: Any) -> Answer | None:
        try:
            with self._http.request(method, url, timeout=TIMEOUT, allow_redirects=False, stream=True, **what) as answer:
                return answer.status_code, _read(answer)
        except (requests.RequestException, HTTPError):
            return None


def _is_bullhorns(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and (parts.hostname or "").endswith(HOME)


def _read(answer: requests.Response) -> dict[str, Any]:
    """Read a body, but not for ever: a byte now and then outlasts any time-out between two reads."""
    limit, received = time.monotonic() + TIMEOUT[1], b""
    while piece := answer.raw.read1(65536, decode_content=True):
        received += piece
        if time.monotonic() > limit:
            msg = "the answer does not come to an end"
            raise requests.Timeout(msg)
    try:
        body = json.loads(received)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def failed(message: str) -> dict[str, Any]:
    """Return what App Connect shows of a failure."""
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}
