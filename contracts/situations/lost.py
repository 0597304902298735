"""Answers that do not arrive, and what is heard when one asks again."""

from greenroom.contracts.situations.situation import Situation, faulted
from greenroom.contracts.situations.stage import Stage

UNDONE = "reset,stage=before-commit"
LOOKS = "on=GET *,times=50"
"""Reads and lists, however often."""

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
    faulted(
        (f"{UNDONE},times=50",),
        ("closed,stage=before-authentication,times=50",),
        ("none,on=any", "reset,on=any,times=50"),
        sparse=(f"{UNDONE},times=50",),
        afterwards=True,
    ),
    "lost",
)
LOST_AND_BLIND = Situation(
    "lost-and-blind",
    "the answer is lost, and nobody can look",
    "resilient",
    faulted(
        ("reset", f"status=503,{LOOKS}", "reset,times=50"),
        *((f"{UNDONE},times=50", f"{look},{LOOKS}") for look in ("status=503", "status=403", "status=429", "page=404")),
        *(
            (f"{UNDONE},times=50", f"{look},{LOOKS}")
            for look in ("garbage=html", "mistyped=list", "mistyped=wrong", "empty")
        ),
    ),
    "lost",
)
LOST_THEN_REFUSED = Situation(
    "lost-then-refused",
    "the answer is lost before anything is done, and asking again is refused",
    "resilient",
    faulted(*((UNDONE, f"{again},times=50") for again in ("status=403", "status=409", "page=502"))),
    "lost",
)
LOST_THEN_EDITED = Situation(
    "lost-then-edited",
    "the answer is lost before anything is done, and a colleague edits the appointment",
    "resilient",
    faulted(("none,on=read", "edited,on=read", f"{UNDONE},times=50")),
    "lost",
)


def absent(stage: Stage) -> None:
    """Cancel what never existed, with the first answer lost; then, in another tenant, with none lost."""
    for faults in (("reset,stage=before-authentication",), ()):
        stage.call(stage.world(faults=faults), stage.profile.absent_id)


def reinstated(stage: Stage) -> None:
    """Lose an answer, let a colleague reinstate the appointment, where the CRM knows reinstating, and cancel again."""
    if stage.crm.reinstate:
        world = stage.world(faults=("reset",))
        key = world.appointments["target"]
        stage.call(world, key)
        stage.calm(world)
        stage.behind(stage.crm.reinstate, world, key)
        stage.call(world, key)


LOST_ABSENT = Situation(
    "lost-and-absent", "the id was never given, and an answer about it is lost", "resilient", absent, "lost"
)
LOST_REINSTATED = Situation(
    "lost-then-reinstated",
    "the answer is lost, and a colleague reinstates the appointment",
    "resilient",
    reinstated,
    "lost",
)
