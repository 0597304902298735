"""An appointment appears: of somebody, of some kind, with some title."""

from collections.abc import Iterable, Iterator
from typing import Any

from greenroom.contracts.fuzz.contents import TITLES, quoted
from greenroom.contracts.fuzz.context import FIRST, PEOPLE, SECOND, StoryContext
from greenroom.contracts.fuzz.interfaces.interface import OVER
from greenroom.contracts.fuzz.steps.drawing import ACCOUNT, Draw, Move, SoFar, creates, one_of
from greenroom.contracts.fuzz.steps.step import APPOINTMENT, NAME, PERSON, WORLD, StepKind, Words
from greenroom.contracts.fuzz.story import Step, StoryError, parts
from greenroom.contracts.interfaces import INTERFACES
from greenroom.simulators.core.errors import ApiError

DO = "appears"
MOST_ALIKE = 10
"""Appointments up to which ids may look alike: so many digits there are to go on with."""
ORDINARY = "ordinary"
Place = tuple[str, str]
"""An account and the name of an appointment in it."""


def _play(context: StoryContext, step: Step) -> None:
    profile, place = context.harness.profile, context.world(step["world"])
    name, kind = step["appointment"], step.get("kind", ORDINARY)
    if kind != ORDINARY and kind not in profile.kinds:
        raise StoryError(f"{profile.title} knows no appointments of kind '{kind}'")
    key = context.new_key(place, name, step.get("like"))
    if context.was_made(place, key):  # the CRM has given that id away by chance: what a call made stays
        return
    if place.store.existed(profile.table, key):
        raise StoryError(f"appointment '{name}' appears twice in the {step['world']} account")
    fields = {profile.title_field: step["title"], **profile.kinds.get(kind, {})}
    try:
        context.harness.crm.add(place, place.people[step.get("whose", PEOPLE[0])], fields, key)
    except ApiError as error:
        raise StoryError(f"appointment '{name}' cannot be made in {profile.title}: {error}") from None
    context.expect(step["world"], name, ("live", OVER))


def _sentence(step: Step, words: Words) -> str:
    kind = "" if step.get("kind", ORDINARY) == ORDINARY else f"{step['kind']} "
    article = "An" if not kind or kind[0] in "aeiou" else "A"
    like = f", whose id is that of {step['like']} and one digit more" if step.get("like") else ""
    what = f"{article} {kind}appointment {step['appointment']} of the {step.get('whose', PEOPLE[0])}"
    return f"{what} appears{words.place(step)} ({quoted(step['title'])}{like})"


def appointments(so_far: SoFar) -> list[str]:
    """Return the names of the appointments that appeared."""
    return _names(_appeared(so_far))


def places(so_far: SoFar) -> list[Place]:
    """Return where which appointments appeared, or were to be made by a call."""
    calls = [part for step in so_far.steps for part in parts(step) if creates(part.get("interface", ""))]
    return [*_appeared(so_far), *((call["world"], call["appointment"]) for call in calls)]


def free_places(so_far: SoFar) -> list[Place]:
    """Return the accounts in which appointments that appeared in the other one did not."""
    there = _appeared(so_far)
    return [(world, name) for name in _names(there) for world in (FIRST, SECOND) if (world, name) not in there]


def foreign_places(so_far: SoFar) -> list[Place]:
    """Return the accounts in which no appointment of a name in the other one is."""
    there = places(so_far)
    return [(world, name) for name in _names(there) for world in (FIRST, SECOND) if (world, name) not in there]


def _appeared(so_far: SoFar) -> list[Place]:
    return [(step["world"], step["appointment"]) for step in so_far.steps if step.get("do") == DO]


def _names(there: Iterable[Place]) -> list[str]:
    return list(dict.fromkeys(name for _, name in there))


def new_name(so_far: SoFar) -> str:
    """Return a name that no appointment of a story has."""
    number = len(_names(places(so_far)))
    return chr(ord("A") + number % 26) * (1 + number // 26)


def new(so_far: SoFar, world: str = FIRST, title: str = TITLES[0], **more: Any) -> Step:
    """Return the step with which another one appears: an ordinary one of the owner, unless it says otherwise."""
    return {"do": DO, "world": world, "appointment": new_name(so_far), "title": title, **_begins(so_far), **more}


def _begins(so_far: SoFar) -> dict[str, str]:
    """Return the kind of appointment that an interface of this story needs, if that is no ordinary one."""
    profile = so_far.crm.profile
    needed = [getattr(profile, premise) for name in so_far.interfaces if (premise := INTERFACES[name].premise)]
    kinds = [kind for kind, fields in profile.kinds.items() if fields and fields in needed]
    return {"kind": kinds[0]} if kinds else {}


def some_kind(draw: Draw, so_far: SoFar) -> dict[str, str]:
    """Draw a kind of appointment: ordinary, or one that the CRM has."""
    kinds = [ORDINARY, *so_far.crm.profile.kinds]
    number = one_of(draw, range(4))
    return {"kind": kinds[number]} if 0 < number < len(kinds) else {}


def _first(_draw: Draw, so_far: SoFar) -> list[Step]:
    return [new(so_far)]


def _another(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let another one appear: of somebody, of some kind, maybe with an id that looks alike."""
    names = appointments(so_far)
    like = one_of(draw, [None, *names]) if len(names) < MOST_ALIKE else None
    whose = one_of(draw, ["owner", "outsider"])
    options = {**({"like": like} if like else {}), **({"whose": whose} if whose != PEOPLE[0] else {})}
    step = new(so_far, draw(ACCOUNT), one_of(draw, TITLES), **some_kind(draw, so_far), **options)
    return [step]


def _elsewhere(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let one of the same id appear in the other account."""
    world, name = one_of(draw, free_places(so_far))
    return [{"do": DO, "world": world, "appointment": name, "title": TITLES[0]}]


def _plainer(step: Step) -> Iterator[list[Step]]:
    """Yield the step without what makes it special, one thing after the other."""
    for special in ("kind", "like", "whose"):
        if special in step:
            yield [{name: value for name, value in step.items() if name != special}]
    if step["title"] != TITLES[0]:
        yield [{**step, "title": TITLES[0]}]


APPEARS = StepKind(
    DO,
    _play,
    _sentence,
    needs={**WORLD, **APPOINTMENT, "title": {"type": "string", "minLength": 1}},
    allows={"whose": PERSON, "kind": {"type": "string"}, "like": NAME},
    moves=(Move(_first, opens=True), Move(_another), Move(_elsewhere, lambda so_far: bool(free_places(so_far)))),
    plainer=_plainer,
)
