"""A response that goes out as it was made."""

from collections.abc import Iterable, Mapping
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Response
from werkzeug.datastructures import Headers

WITHOUT_BODY = (204, 304)
"""Statuses, beside those below 200, whose answers have no body: Werkzeug takes away what would say so."""


class Written(Headers):
    """Headers that are checked all at once; Werkzeug checks each by itself, which costs many times as much."""

    def __init__(self, more: Mapping[str, str]) -> None:
        super().__init__()
        self.add_all(more)

    def add_all(self, more: Mapping[str, str]) -> None:
        """Add headers.

        Raises:
            ValueError: a value has more than one line.
            TypeError: a value is no text.

        """
        values = "".join(more.values())
        if "\n" in values or "\r" in values:
            raise ValueError("a header's value has one line only")
        self._list.extend(more.items())


class Answer(Response):
    """A response with a body, of which the length is known and which leads nowhere: there is nothing to be mended.

    Werkzeug copies the headers of each response, to mend an address or a length in them.
    """

    def __init__(
        self, body: str, status: int = 200, headers: Mapping[str, str] | None = None, *, content_type: str
    ) -> None:
        data = body.encode()
        own = {"Content-Type": content_type, "Content-Length": str(len(data))}
        super().__init__([data], status, Written({**(headers or {}), **own}))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send the response."""
        headers, status = self.headers.to_wsgi_list(), self.status_code
        bodiless = status < 200 or status in WITHOUT_BODY or environ["REQUEST_METHOD"] == "HEAD"
        if bodiless or any(name.lower() in ("location", "content-location") for name, _ in headers):
            return super().__call__(environ, start_response)
        start_response(self.status, headers)
        return [self.get_data()]


def add_headers(response: Response, headers: Mapping[str, str]) -> None:
    """Add headers to a response, as cheaply as it can take them."""
    if isinstance(response.headers, Written):
        response.headers.add_all(headers)
    else:
        response.headers.extend(headers)
