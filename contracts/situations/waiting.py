"""Answers that let the connector wait; each in a process of its own, so that the waits pass side by side."""

from greenroom.contracts.situations.situation import Situation, faulted

SILENT_AFTER = Situation(
    "silent-after-commit", "the CRM cancels and never answers", "resilient", faulted(("hang",)), "silent-after"
)
SILENT_BEFORE = Situation(
    "silent-before-commit",
    "the CRM does nothing and never answers",
    "resilient",
    faulted(("hang,stage=before-commit",)),
    "silent-before",
)
SILENT_READ = Situation(
    "silent-read", "reading the appointment is never answered", "resilient", faulted(("hang,on=read",)), "silent-read"
)
SILENT_BODY = Situation(
    "silent-in-body",
    "the CRM cancels, and its answer stops in the middle",
    "resilient",
    faulted(("truncated=hang",)),
    "silent-body",
)
LATE_ANSWER = Situation(
    "late-answer", "the CRM cancels and takes three seconds to say so", "resilient", faulted(("delay=3",)), "late"
)
DRIP = Situation("drip", "the answer's body comes byte by byte", "resilient", faulted(("drip=0.5",)), "drip")
