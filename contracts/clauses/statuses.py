"""What the statuses of a CRM's responses say, by the facts that a call record holds of it."""

from collections.abc import Mapping
from typing import Any

GONE = 404
"""What a look is told in every CRM of an appointment that was removed. It may hide one, too."""
REMOVED = 410
"""What only some CRMs say of one, and of nothing else, as their facts tell: it is Clio's word for a retired version of
its API."""
AUTHORIZATION = (401, 403)
"""The statuses of a bad credential, where a record does not say which its CRM has."""
LATER = (408, 425, 429)
"""Statuses of a refusal that holds for a while only."""


def of_log_ins(crm: Mapping[str, Any]) -> frozenset[int]:
    """Return the statuses for which the advice to log out and connect again fits."""
    return frozenset(crm.get("log_in_statuses", AUTHORIZATION))


def of_removed(crm: Mapping[str, Any]) -> frozenset[int]:
    """Return the statuses by which a CRM says that there is no such appointment, or no more."""
    return frozenset((GONE, *crm.get("gone", ())))
