"""Python connectors: started with the user's interpreter, this process's own by default."""

import sys
from collections.abc import Mapping
from pathlib import Path

from greenroom.connectors.bridges.language import Language


def trust(certificate: Path) -> Mapping[str, str]:
    """Return the variables that OpenSSL, requests, httpx, aiohttp and curl-like clients read."""
    path = str(certificate)
    return {"SSL_CERT_FILE": path, "REQUESTS_CA_BUNDLE": path, "CURL_CA_BUNDLE": path}


PYTHON = Language(
    name="Python",
    suffixes=(".py",),
    worker=Path(__file__).with_name("workers") / "python_worker.py",
    command=(sys.executable,),
    trust=trust,
)
