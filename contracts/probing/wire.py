"""The requests of a probe: to one address, with one credential, and only so many in so much time.

Redirects are not followed: the credential stays at the address that the user named. No text that leaves here holds it.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase

from greenroom.contracts.errors import ProbeError
from greenroom.simulators.core.hosts import is_loopback
from greenroom.simulators.core.probing import Answer, NotProbedError
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.secrets import Secrets

REQUESTS, SECONDS = 400, 900.0
"""The most requests of a run, and its longest time."""
CLEANING = 150.0
"""Seconds for the removal of what was made, beyond the run's time."""
TIMEOUT = 20.0
LARGEST = 1_000_000
"""Bytes of a response that are read."""
PATIENCE = 90.0
"""The longest wait that a 429 may ask for, in seconds."""
TRIES = 4


@dataclass
class Bounds:
    """What a run may spend; ``clock`` and ``sleep`` are Python's own outside tests."""

    requests: int = REQUESTS
    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    sent: int = 0
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.clock()

    def take(self) -> None:
        """Count a request.

        Raises:
            NotProbedError: it is one too many, or too late.

        """
        if self.sent >= self.requests:
            msg = f"the run has sent its {self.requests} requests"
            raise NotProbedError(msg)
        if self.clock() - self.began > self.seconds:
            msg = f"the run has taken its {self.seconds:.0f} s"
            raise NotProbedError(msg)
        self.sent += 1

    def wait(self, seconds: float) -> None:
        """Wait as a CRM asks.

        Raises:
            NotProbedError: the run would take too long.

        """
        if self.clock() - self.began + seconds > self.seconds:
            msg = f"status 429 asks for a pause of {seconds:.0f} s, and the run has less"
            raise NotProbedError(msg)
        self.sleep(seconds)

    def clean(self, made: int) -> None:
        """Allow what it takes to remove what was made: one deletion each and one look, retries included."""
        self.requests = self.sent + TRIES * (made + 5)
        self.seconds = self.clock() - self.began + CLEANING


class Credential(AuthBase):
    """Puts the credential into the vendor's header, whatever a ``.netrc`` says."""

    def __init__(self, profile: Profile, secret: str | None) -> None:
        self._profile, self._secret = profile, secret

    def other(self, secret: str | None) -> "Credential":
        """Return another one; None sends none."""
        return Credential(self._profile, secret)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the header."""
        name = self._profile.credentials.header
        bare = name != "Authorization" or " " in (self._secret or "")
        if self._secret is not None:
            request.headers[name] = self._secret if bare else f"{self._profile.token_type} {self._secret}"
        return request


class Wire:
    """Sends the requests of one run."""

    def __init__(self, base: str, auth: Credential, bounds: Bounds) -> None:
        self._base, self._auth, self.bounds = base.rstrip("/"), auth, bounds
        self._session = requests.Session()

    def send(self, method: str, path: str, **more: Any) -> Answer:
        """Send a request, again if a 429 says so. ``credential`` takes the place of the user's own.

        Raises:
            NotProbedError: nothing came back, or a bound is reached.

        """
        if "credential" in more:
            more["auth"] = self._auth.other(more.pop("credential"))
        for _ in range(TRIES):
            self.bounds.take()
            answer = self._once(method, path, more)
            if answer.status != 429:
                return answer
            self.bounds.wait(_wait(answer.header("Retry-After")))
        msg = f"{method} got status 429, {TRIES} times"
        raise NotProbedError(msg)

    def _once(self, method: str, path: str, more: Mapping[str, Any]) -> Answer:
        url = path if path.startswith(f"{self._base}/") else f"{self._base}/{path.lstrip('/')}"
        if "://" in path and url != path:
            msg = "a link leads to another address"
            raise NotProbedError(msg)
        try:
            asked = {"auth": self._auth, **more}
            with self._session.request(
                method, url, timeout=TIMEOUT, allow_redirects=False, stream=True, **asked
            ) as response:
                text = response.raw.read(LARGEST, decode_content=True).decode(errors="replace")
        except (requests.RequestException, OSError) as error:
            msg = f"{method} got no response: {type(error).__name__}"
            raise NotProbedError(msg) from None
        return Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()}, text)


def _wait(said: str) -> float:
    return min(float(said), PATIENCE) if re.fullmatch(r"\d{1,6}", said) else 5.0


def checked(base: str, profile: Profile) -> str:
    """Return the address, once it is clear that a credential may go there.

    Raises:
        ProbeError: it may not.

    """
    parts = urlsplit(base)
    host = parts.hostname or ""
    local = is_loopback(host)
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        shown = base.rpartition("@")[2]  # what stands before may be a password
        raise ProbeError(f"--base-url '{shown}' is no address; use a form such as https://{profile.sites[0].api_host}")
    if parts.scheme != "https" and not local:
        raise ProbeError("--base-url must begin with https://; a credential does not travel in the open")
    if not local and not any(fnmatchcase(host, each) for each in profile.hosts):
        raise ProbeError(f"--base-url: '{host}' is no host of {profile.title}'s; use one of {', '.join(profile.hosts)}")
    return base


class Redaction:
    """Takes out of a text what is the user's own: the credential, the address, names, ids and numbers."""

    def __init__(self, base: str, secret: str, mark: str) -> None:
        self._secrets = Secrets("probe")
        for part in {secret, secret.rpartition(" ")[2]}:
            self._secrets.know(part, "credential")
        self._own = {base.rstrip("/"): "<base>", urlsplit(base).netloc: "<host>", mark: "<mark>"}

    def secrets(self, text: str) -> str:
        """Return the text without the credential."""
        return self._secrets.mask(text)

    def __call__(self, text: str) -> str:
        """Return the text without them, and not too long."""
        text = self.secrets(text)
        for own, label in self._own.items():
            text = text.replace(own, label)
        text = re.sub(r"[^\s@<>'\",;]+@[^\s@<>'\",;]+", "<e-mail>", text)
        text = re.sub(r"https?://[^\s'\"<>]+", "<address>", text)
        return re.sub(r"\d{5,}", "<number>", text)[:300]
