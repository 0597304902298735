"""What happens between two requests of a connector."""

from greenroom.contracts.situations.situation import Situation, faulted

EXPIRES = Situation(
    "expires-midway",
    "the token expires or is revoked as the connector works",
    "resilient",
    faulted(("expired,on=cancel",), ("revoked,on=cancel",), ("none,on=any", "expired,on=any")),
    "meanwhile",
)
EDITED = Situation(
    "edited-meanwhile",
    "a colleague edits the appointment as the connector works",
    "resilient",
    faulted(("edited",), ("edited,stage=before-commit",)),
    "meanwhile",
)
CANCELLED = Situation(
    "cancelled-meanwhile",
    "a colleague cancels the appointment as the connector works",
    "resilient",
    faulted(("cancelled",), ("cancelled,stage=before-commit",)),
    "meanwhile",
)
REDIRECTED = Situation(
    "redirected",
    "the CRM redirects to another host",
    "resilient",
    faulted(*((f"redirect={status},times=50",) for status in ("301", "302", "303", "307", "308"))),
    "meanwhile",
)
