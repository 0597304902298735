"""Greenroom: contract tests and faithful fake CRMs for App Connect connectors.

``greenroom.certify(target, crm=…)`` and ``greenroom.serve(crm)`` are what the command line and the pytest plugin use.
They are loaded when they are asked for: a connector in its own process may want the types of an interface only.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greenroom.api import Served, certify, serve

__all__ = ["Served", "certify", "serve"]


def __getattr__(name: str) -> Any:
    """Return a name of :mod:`greenroom.api`.

    Raises:
        AttributeError: it has no such name.

    """
    if name in __all__:
        return getattr(import_module("greenroom.api"), name)
    msg = f"module 'greenroom' has no attribute '{name}'"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))
