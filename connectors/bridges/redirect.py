"""How any program's production hosts lead to the fake CRM: what threads and children of a connector need to know."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from greenroom.connectors.bridges.node import NODE
from greenroom.connectors.bridges.process import environment
from greenroom.connectors.bridges.python import PYTHON
from greenroom.connectors.bridges.route import Route

STARTUP = Path(__file__).with_name("workers") / "startup"
IN_PROCESS = STARTUP.with_name("node_fakes.cjs")
"""With this module a Node program leads a CRM's hosts to a fake by itself, such as a test that calls a connector."""
_OTHERS = ("SSL_CERT_FILE", "DENO_CERT", "GIT_SSL_CAINFO")
"""Variables with which programs in other languages trust an authority."""
_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
_QUIET = ("ldconfig", "gcc", "cc", "ld", "objdump", "uname", "lsb_release", "getconf", "hostname", "esbuild")
"""Programs that runtimes, loaders and libraries start by themselves, and that send nothing."""
_LOOPBACK = "localhost,127.0.0.1,::1"


def descendants(route: Route, proxy: str, notes: Path) -> dict[str, Any]:
    """Return what a child or a thread needs to know: where hosts lead, the file of its notes, and its environment.

    ``env`` has a preload for Node, a start-up hook for Python, a proxy and the authority for everything else;
    ``joined`` the variables of it that are put before what a program has already, with what stands between.
    """
    trust = {**PYTHON.trust(route.certificate), **NODE.trust(route.certificate)}
    trust |= dict.fromkeys(_OTHERS, str(route.certificate))
    preload = f"--require {json.dumps(str(STARTUP / 'redirect.cjs'))}"
    return {
        **route.message(),
        "notes": str(notes),
        "env": {
            **dict.fromkeys(_PROXIES, proxy),
            **dict.fromkeys(("NO_PROXY", "no_proxy"), _LOOPBACK),
            **trust,
            "DENO_NO_UPDATE_CHECK": "1",
            "NODE_OPTIONS": preload,
            "PYTHONPATH": str(STARTUP),
        },
        "joined": {"NODE_OPTIONS": " ", "PYTHONPATH": os.pathsep},
        "quiet": list(_QUIET),
        "trust": sorted(PYTHON.trust(route.certificate)),
    }


def starting(order: Mapping[str, Any]) -> dict[str, str]:
    """Return the variables with which a worker starts: those that lead runtimes past which no patch of ours reaches."""
    return {name: value for name, value in order["env"].items() if name not in order["joined"]}


def redirecting(order: Mapping[str, Any], extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a program that is led from its start."""
    joined = {
        name: between.join(filter(None, (order["env"][name], os.environ.get(name))))
        for name, between in order["joined"].items()
    }
    return environment({**order["env"], **joined, "GREENROOM_ROUTE": json.dumps(order), **extra})
