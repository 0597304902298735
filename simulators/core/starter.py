"""What a first connector needs to know of a CRM, beside its profile: ``greenroom init`` writes one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Starter:
    """How a plain connector cancels an appointment, and sees that it is cancelled.

    ``body`` is the JSON that the request sends; None where it sends none. ``shown`` leads to the field that cancelling
    sets, in the response to the CRM's ``example_path``: ``("status", "id")``; it is empty where cancelling leaves no
    record. ``messages`` are what users read of statuses that mean something of their own here.
    """

    body: Mapping[str, Any] | None = None
    shown: tuple[str, ...] = ()
    messages: Mapping[int, str] = field(default_factory=dict)
