"""Greenroom: contract tests and faithful fake CRMs for App Connect connectors.

``greenroom.certify(target, crm=…)`` and ``greenroom.serve(crm)`` are what the command line and the pytest plugin use.
"""

from greenroom.api import Served, certify, serve

__all__ = ["Served", "certify", "serve"]
