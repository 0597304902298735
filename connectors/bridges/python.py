"""Python connectors: started with the user's interpreter, this process's own by default."""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from greenroom.connectors.bridges.language import Language


def trust(certificate: Path) -> Mapping[str, str]:
    """Return the variables that OpenSSL, requests, httpx, aiohttp and curl-like clients read."""
    path = str(certificate)
    return {"SSL_CERT_FILE": path, "REQUESTS_CA_BUNDLE": path, "CURL_CA_BUNDLE": path}


def offering(interface: str, fields: Sequence[str]) -> str:
    """Return the line that begins a function which offers an interface."""
    name, *keywords = (re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", each).lower() for each in (interface, *fields))
    return f"def {name}(*, {', '.join(keywords)}): …"


PYTHON = Language(
    name="Python",
    suffixes=(".py",),
    worker=Path(__file__).with_name("workers") / "python_worker.py",
    command=(sys.executable,),
    trust=trust,
    offering=offering,
)
