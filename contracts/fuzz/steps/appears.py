"""An appointment appears: of somebody, of some kind, with some title."""

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from greenroom.contracts.fuzz.context import FIRST, PEOPLE, SECOND, StoryContext
from greenroom.contracts.fuzz.interfaces.interface import OVER
from greenroom.contracts.fuzz.steps.drawing import ACCOUNT, Draw, Move, SoFar
from greenroom.contracts.fuzz.steps.step import APPOINTMENT, NAME, PERSON, WORLD, StepKind, Words
from greenroom.contracts.fuzz.story import Step, StoryError
from greenroom.contracts.interfaces import INTERFACES
from greenroom.simulators.core.errors import ApiError

DO = "appears"
TITLES = ("Budget talk", "会议 🎭 Ølsen", "<b>Bold meeting</b>", 'O\'Brien; "quoted" -- talk', "Very long talk " * 15)
"""Titles that stand nowhere by chance, some of them odd."""
LONGEST_TITLE = 40
"""Characters of a title that a sentence shows."""
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
    if place.store.existed(profile.table, key):
        raise StoryError(f"appointment '{name}' appears twice in the {step['world']} account")
    fields = {profile.title_field: step["title"], **profile.kinds.get(kind, {})}
    try:
        context.harness.crm.add(place, place.people[step.get("whose", PEOPLE[0])], fields, key)
    except ApiError as error:
        raise StoryError(f"appointment '{name}' cannot be made in {profile.title}: {error}") from None
    context.expect(step["world"], name, ("live", OVER))


def _sentence(step: Step, words: Words) -> str:
    title = step["title"] if len(step["title"]) <= LONGEST_TITLE else f"{step['title'][:LONGEST_TITLE]}…"
    kind = "" if step.get("kind", ORDINARY) == ORDINARY else f"{step['kind']} "
    article = "An" if not kind or kind[0] in "aeiou" else "A"
    like = f", whose id is that of {step['like']} and one digit more" if step.get("like") else ""
    what = f"{article} {kind}appointment {step['appointment']} of the {step.get('whose', PEOPLE[0])}"
    return f"{what} appears{words.place(step)} (“{title}”{like})"


def appointments(so_far: SoFar) -> list[str]:
    """Return the names of the appointments that appeared."""
    return list(dict.fromkeys(name for _, name in places(so_far)))


def places(so_far: SoFar) -> list[Place]:
    """Return where which appointments appeared."""
    return [(step["world"], step["appointment"]) for step in so_far.steps if step["do"] == DO]


def free_places(so_far: SoFar) -> list[Place]:
    """Return the accounts in which appointments of the other one did not appear."""
    there = places(so_far)
    return [(world, name) for name in appointments(so_far) for world in (FIRST, SECOND) if (world, name) not in there]


def new(so_far: SoFar, world: str = FIRST, title: str = TITLES[0], **more: Any) -> Step:
    """Return the step with which another one appears: an ordinary one of the owner, unless it says otherwise."""
    number = len(appointments(so_far))
    name = chr(ord("A") + number % 26) * (1 + number // 26)
    return {"do": DO, "world": world, "appointment": name, "title": title, **_begins(so_far), **more}


def _begins(so_far: SoFar) -> dict[str, str]:
    """Return the kind of appointment that an interface of this story needs, if that is no ordinary one."""
    profile = so_far.crm.profile
    needed = [getattr(profile, premise) for name in so_far.interfaces if (premise := INTERFACES[name].premise)]
    kinds = [kind for kind, fields in profile.kinds.items() if fields and fields in needed]
    return {"kind": kinds[0]} if kinds else {}


def some_kind(draw: Draw, so_far: SoFar) -> dict[str, str]:
    """Draw a kind of appointment: ordinary, or one that the CRM has."""
    kinds = [ORDINARY, *so_far.crm.profile.kinds]
    number = draw(st.integers(0, 3))
    return {"kind": kinds[number]} if 0 < number < len(kinds) else {}


def _first(_draw: Draw, so_far: SoFar) -> list[Step]:
    return [new(so_far)]


def _another(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let another one appear: of somebody, of some kind, maybe with an id that looks alike."""
    names = appointments(so_far)
    like = draw(st.sampled_from([None, *names])) if len(names) < MOST_ALIKE else None
    whose = draw(st.sampled_from(["owner", "outsider"]))
    told = {**({"like": like} if like else {}), **({"whose": whose} if whose != PEOPLE[0] else {})}
    step = new(so_far, draw(ACCOUNT), draw(st.sampled_from(TITLES)), **some_kind(draw, so_far), **told)
    return [step]


def _elsewhere(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let one of the same id appear in the other account."""
    world, name = draw(st.sampled_from(free_places(so_far)))
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
