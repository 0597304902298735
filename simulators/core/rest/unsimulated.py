"""What a vendor has and its fake has not, by the vendor's surface list: it is refused loudly, whatever names it."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Response, request

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.exchange import exchange
from greenroom.simulators.core.rest.routes import Routes
from greenroom.simulators.core.surface import UNSIMULATED, Operation, Surface


def add(blueprint: Blueprint, routes: Routes, operations: Iterable[Operation]) -> None:
    """Add those of some operations that are not simulated."""
    for each in operations:
        if each.klass == UNSIMULATED:
            place = each.path.replace("{", "<").replace("}", ">")
            routes.add_view(blueprint, each.method, place, f"unsimulated {each.method}", unsimulated)


def unsimulated(**_: str) -> Response:
    """Stand for an operation that the vendor has and the fake has not; :func:`check` lets no request through.

    Raises:
        Unsimulated: always.

    """
    raise Unsimulated(f"{request.method} {request.path}")


def check(surface: Surface, body: Callable[[], Any], rule: Callable[[str], str] = lambda rule: rule) -> bool:
    """See that the request names nothing which the vendor has and the fake has not. Return whether the vendor lists it.

    ``body`` returns the part of the request that holds fields; ``rule`` writes a route as the surface list does.

    Raises:
        Unsimulated: it does.

    """
    asked = exchange().asked
    operation = surface.at(asked.method, rule(asked.url_rule.rule)) if asked.url_rule else None
    if operation is not None:
        lacking = operation.lacking
        parameters = asked.args if "parameters" in lacking and asked.query_string else ()
        headers = asked.headers.keys() if "headers" in lacking else ()
        operation.check(parameters, headers, body() if "fields" in lacking else None)
    return operation is not None
