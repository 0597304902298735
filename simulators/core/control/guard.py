"""Who may use the control API: programs on this machine and its own pages, nobody else's pages, nobody elsewhere."""

import hmac
from dataclasses import dataclass

from flask import Request

from greenroom.simulators.core.hosts import is_loopback


class RefusalError(Exception):
    """A request to the control API is refused, with a status and a sentence.

    ``field`` names the part of the body that is refused, where it is one: a form shows the sentence there.
    """

    def __init__(self, status: int, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.field = status, sentence, field


@dataclass(frozen=True)
class Guard:
    """``token``: the one that every request must carry (None: loopback only, no token)."""

    token: str | None = None

    def check(self, request: Request, *, page: bool = False) -> None:
        """Let a request pass. A ``page`` holds no secret: links from elsewhere may lead to it, and it needs no token.

        Raises:
            RefusalError: another host's name (DNS rebinding), another page's origin, no token, or no JSON.

        """
        name = request.host if request.host.endswith("]") else request.host.rsplit(":", 1)[0]
        if self.token is None and not is_loopback(name.strip("[]")):
            raise RefusalError(
                403, f"the control API answers to loopback names only, not to '{name}'; use --control-token"
            )
        if not page:
            self._check_sender(request)

    def _check_sender(self, request: Request) -> None:
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"{request.scheme}://{request.host}":
            raise RefusalError(403, f"a page of {origin} may not use this control API")
        if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise RefusalError(403, "another site's page may not use this control API")
        self._check_token(request)
        if request.content_length and request.mimetype != "application/json":
            raise RefusalError(415, f"send JSON (Content-Type: application/json), not '{request.mimetype}'")

    def _check_token(self, request: Request) -> None:
        if self.token is None:
            return
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), self.token.encode()):
            raise RefusalError(401, "send the control token: Authorization: Bearer TOKEN")
