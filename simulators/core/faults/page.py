"""Something in front of the CRM answers: an HTML page."""

from http import HTTPStatus

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, ARRIVAL, COMMIT
from greenroom.simulators.core.faults.context import FaultContext
from greenroom.simulators.core.faults.status import STATUSES, StatusFault


def page(code: int, trace: str = "") -> Response:
    """Return a page as gateways and proxies write it; ``trace`` is for its maintainers only."""
    title = f"{code} {HTTPStatus(code).phrase if code in set(HTTPStatus) else 'Unknown Error'}"
    head, body = f"<head><title>{title}</title></head>", f"<h1>{title}</h1><hr>gateway<!-- {trace} -->"
    text = f"<!DOCTYPE html>\n<html>{head}<body>{body}</body></html>\n"
    return Response(text, code, content_type="text/html; charset=utf-8")


def fire(context: FaultContext) -> Response:
    """Answer with a page of that status."""
    response = page(int(context.value), context.exchange.world.canary("gateway"))
    if context.armed.retry_after:
        context.armed.retry_after.write(response)
    return response


PAGE = StatusFault(
    "page",
    "an error status as an HTML page",
    (COMMIT, ARRIVAL, ANSWER),
    fire,
    values=(*STATUSES, "501", "520"),
    asks=True,
)
