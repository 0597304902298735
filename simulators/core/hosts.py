"""Which host a request was meant for."""

import ipaddress
import re
from fnmatch import fnmatchcase
from functools import lru_cache

ELSEWHERE = "signin.portal.example"
"""A host that is not the CRM's, to which faults redirect; the fake answers there too, to see what is sent."""


@lru_cache(maxsize=256)
def matches(host: str, expected: str | None, vendors: tuple[str, ...]) -> bool:
    """Tell whether a ``Host`` header (port allowed) may stand for the expected host.

    Among the vendor's own hosts (patterns) only the expected one does; any other name is an address that people gave
    the fake, and stands for every host.
    """
    name = bare(host)
    return expected is None or name == expected.lower() or not any(fnmatchcase(name, vendor) for vendor in vendors)


def bare(host: str) -> str:
    """Return the name in a ``Host`` header, without its port, in small letters."""
    return (host if host.endswith("]") else host.rsplit(":", 1)[0]).lower()


@lru_cache(maxsize=256)
def is_nowhere(host: str, vendors: tuple[str, ...], label: str) -> bool:
    """Tell whether a ``Host`` header names a host in the vendor's domains that the vendor does not have.

    ``label`` matches what may stand for the ``*`` of the vendor's patterns.
    """
    name = bare(host)
    own = [re.escape(vendor).replace(r"\*", f"(?:{label})") for vendor in vendors if fnmatchcase(name, vendor)]
    return bool(own) and not any(re.fullmatch(pattern, name) for pattern in own)


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
