"""A response that goes out as it was made."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Response

AS_MADE = (200, 201)
"""Statuses of answers with a body."""


class Answer(Response):
    """A response with a body, of which the length is known and which leads nowhere: there is nothing to be mended.

    Werkzeug copies the headers of each response, to mend an address or a length in them.
    """

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send the response."""
        if self.status_code not in AS_MADE or environ["REQUEST_METHOD"] == "HEAD" or "Location" in self.headers:
            return super().__call__(environ, start_response)
        start_response(self.status, self.headers.to_wsgi_list())
        return [self.get_data()]
