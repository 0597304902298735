"""Which host a request was meant for."""

import ipaddress
from collections.abc import Sequence
from fnmatch import fnmatchcase

ELSEWHERE = "elsewhere.greenroom.example"
"""A host that is not the CRM's, to which faults redirect; the fake answers there too, to see what is sent."""


def meets(host: str, expected: str | None, vendors: Sequence[str]) -> bool:
    """Tell whether a ``Host`` header (port allowed) may stand for the expected host.

    Among the vendor's own hosts (patterns) only the expected one does; any other name is an address that people gave
    the fake, and stands for every host.
    """
    name = (host if host.endswith("]") else host.rsplit(":", 1)[0]).lower()
    return expected is None or name == expected.lower() or not any(fnmatchcase(name, vendor) for vendor in vendors)


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
