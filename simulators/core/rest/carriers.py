"""Where a request carries its credential."""

from collections.abc import Callable

from flask import Request

Carrier = Callable[[Request], str | None]
"""Finds the credential that a request carries in one place, or None."""


def scheme(name: str) -> Carrier:
    """Return the carrier of an ``Authorization`` header with a scheme, such as ``Bearer``."""

    def carried(request: Request) -> str | None:
        said, _, value = request.environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        return value.strip() or None if said.lower() == name.lower() else None

    return carried


def header(name: str) -> Carrier:
    """Return the carrier of a header of the vendor's own."""
    return lambda request: request.headers.get(name) or None


def query(name: str) -> Carrier:
    """Return the carrier of a parameter of the address."""
    return lambda request: request.args.get(name) or None


def cookie(name: str) -> Carrier:
    """Return the carrier of a cookie."""
    return lambda request: request.cookies.get(name) or None


def form(*names: str) -> Carrier:
    """Return the carrier of a log-in's form: the first of some fields that came."""
    return lambda request: next((value for name in names if (value := request.form.get(name))), None)


def first(*carriers: Carrier) -> Carrier:
    """Return the carrier of several places, of which the first with a credential counts."""
    return lambda request: next((value for carried in carriers if (value := carried(request))), None)


def at(begins: str, there: Carrier, elsewhere: Carrier) -> Carrier:
    """Return the carrier of a vendor whose log-in, at paths that begin so, takes credentials in another place."""
    return lambda request: (there if request.path.startswith(begins) else elsewhere)(request)
