"""A success in JSON of another shape."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, STATUS, Fault
from greenroom.simulators.core.faults.context import JSON, FaultContext

SHAPES = {
    "list": b"[]",
    "null": b"null",
    "text": b'"ok"',
    "wrong": b'{"data": "ok", "status": 7, "id": null}',
    "bare": b"{}",
}


def fire(context: FaultContext) -> Response:
    """Answer 200 with JSON that is not what the CRM documents."""
    return Response(SHAPES[context.value], 200, content_type=JSON)


MISTYPED = Fault("mistyped", "200 with JSON of another shape", (ANSWER,), fire, arrives=STATUS, values=tuple(SHAPES))
