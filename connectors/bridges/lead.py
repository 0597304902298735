"""The environment in which any program's production hosts lead to the fake CRM."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from greenroom.connectors.bridges.bridge import Route
from greenroom.connectors.bridges.node import NODE
from greenroom.connectors.bridges.process import environment
from greenroom.connectors.bridges.python import PYTHON

STARTUP = Path(__file__).with_name("workers") / "startup"


def leading(route: Route, proxy: str, refused: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment: a preload for Node, a start-up hook for Python, a proxy for everything else.

    ``refused`` is the file in which the programs take down which hosts they were refused.
    """
    told = {
        "hosts": route.hosts,
        "ports": route.ports,
        "tls_port": route.tls_port,
        "certificate": str(route.certificate),
        "refused": str(refused),
        "python": str(PYTHON.worker.with_name("python_network.py")),
        "node": str(NODE.worker.with_name("node_network.cjs")),
    }
    proxies = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"), proxy)
    preload = f"--require {json.dumps(str(STARTUP / 'lead.cjs'))}"
    return environment(
        {
            **proxies,
            "NO_PROXY": "localhost,127.0.0.1,::1",
            "no_proxy": "localhost,127.0.0.1,::1",
            **PYTHON.trust(route.certificate),
            **NODE.trust(route.certificate),
            "GREENROOM_ROUTE": json.dumps(told),
            "NODE_OPTIONS": " ".join(filter(None, (os.environ.get("NODE_OPTIONS"), preload))),
            "PYTHONPATH": os.pathsep.join(filter(None, (str(STARTUP), os.environ.get("PYTHONPATH")))),
            **extra,
        }
    )
