"""A gateway that wants the user to log in: a redirect to a page at another host, which answers 200."""

from flask import Response

from greenroom.simulators.core.arming.fault import ARRIVAL, Fault
from greenroom.simulators.core.faults.context import FaultContext
from greenroom.simulators.core.faults.page import page
from greenroom.simulators.core.hosts import ELSEWHERE

PATH = "/login"
FORM = "<!DOCTYPE html>\n<html><head><title>Log in</title></head><body><form><input name=user></form></body></html>\n"


def fire(context: FaultContext) -> Response:
    """Send the client to the page; nothing was done."""
    return Response(status=int(context.value), headers={"Location": f"https://{ELSEWHERE}{PATH}"})


def external_host(path: str) -> Response:
    """Answer at the other host: with the page at its path, with a failure at any other one."""
    return Response(FORM, 200, content_type="text/html; charset=utf-8") if path == PATH else page(503)


LOGIN_PAGE = Fault(
    "login-page",
    "a redirect to a log-in page at another host, which responds with 200",
    (ARRIVAL,),
    fire,
    values=("302", "301", "303", "307", "308"),
)
