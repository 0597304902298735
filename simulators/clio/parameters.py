"""The parameters of a request's query, as Clio reads them."""

from flask import request
from werkzeug.datastructures import MultiDict


def sent() -> MultiDict[str, str]:
    """Return the parameters. Of one that came twice the last counts, as Rack reads it; ``ids[]`` counts each time."""
    return MultiDict({name: values if name.endswith("[]") else values[-1] for name, values in request.args.lists()})
