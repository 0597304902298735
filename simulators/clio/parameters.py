"""The parameters of a request's query, as Clio reads them."""

from werkzeug.datastructures import MultiDict

from greenroom.simulators.core.exchange import exchange


def sent() -> MultiDict[str, str]:
    """Return the parameters. Of one that came twice the last counts, as Rack reads it; ``ids[]`` counts each time."""
    lists = exchange().asked.args.lists()
    return MultiDict({name: values if name.endswith("[]") else values[-1] for name, values in lists})


def last(name: str) -> str | None:
    """Return one parameter: the last of that name, if any."""
    asked = exchange().asked
    values = asked.args.getlist(name) if asked.query_string else ()
    return values[-1] if values else None
