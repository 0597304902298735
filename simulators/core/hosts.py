"""Which host a request was meant for."""

import ipaddress


def meets(host: str, expected: str | None) -> bool:
    """Tell whether a ``Host`` header (port allowed) names the expected host.

    Loopback names count for every host, since people call a fake by its own address.
    """
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return expected is None or name.lower() == expected.lower() or is_loopback(name.strip("[]"))


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
