"""Greenroom: contract tests and faithful fake CRMs for App Connect connectors.

``greenroom.certify(target, crm=…)`` and ``greenroom.serve(crm)`` are what the command line and the pytest plugin use.
They are loaded when they are asked for: a connector in its own process may want the types of an interface only.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greenroom.api import Served, certify, serve
    from greenroom.connectors.errors import BridgeError
    from greenroom.contracts.errors import ConfigError
    from greenroom.contracts.run.waivers import Waiver, WaiverError

_PLACES = {
    "BridgeError": "greenroom.connectors.errors",
    "ConfigError": "greenroom.contracts.errors",
    "Served": "greenroom.api",
    "Waiver": "greenroom.contracts.run.waivers",
    "WaiverError": "greenroom.contracts.run.waivers",
    "certify": "greenroom.api",
    "serve": "greenroom.api",
}
"""The modules of the names."""

__all__ = ["BridgeError", "ConfigError", "Served", "Waiver", "WaiverError", "certify", "serve"]


def __getattr__(name: str) -> Any:
    """Return a name of the Python API.

    Raises:
        AttributeError: it has no such name.

    """
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    msg = f"module 'greenroom' has no attribute '{name}'"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))
