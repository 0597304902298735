"""A response that goes out as it was made."""

from wsgiref.types import WSGIEnvironment

from flask import Response
from werkzeug.datastructures import Headers

AS_MADE = (200, 201)
"""Statuses of answers with a body."""


class Answer(Response):
    """A response with a body, of which the length is known and which leads nowhere: there is nothing to be mended.

    Werkzeug copies the headers of each response, to mend an address or a length in them.
    """

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """Return the headers."""
        whole = self.status_code in AS_MADE and self.is_sequence
        return self.headers if whole else super().get_wsgi_headers(environ)
