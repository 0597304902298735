"""Answers that do not arrive."""

from greenroom.contracts.situations.situation import Situation, faulted

LOST_ANSWERS = Situation(
    "lost-answers",
    "the CRM cancels, and the connection breaks before its answer",
    "resilient",
    faulted(("reset",), ("closed",)),
    "lost",
)
LOST_REQUESTS = Situation(
    "lost-requests",
    "the connection breaks before the CRM has done anything",
    "resilient",
    faulted(("reset,stage=before-commit,times=50",), ("closed,stage=before-authentication,times=50",)),
    "lost",
)
LOST_AND_BLIND = Situation(
    "lost-and-blind",
    "the answer is lost, and nobody can look",
    "resilient",
    faulted(
        ("reset", "status=503,on=read,times=50", "reset,times=50"),
        ("reset,stage=before-commit,times=50", "status=503,on=read,times=50"),
    ),
    "lost",
)
