"""Somebody calls an interface of the connector about an appointment, maybe under faults."""

from collections.abc import Iterator, Sequence
from typing import Any

from greenroom.contracts.fuzz.contents import TITLES
from greenroom.contracts.fuzz.context import ABSENT, FIRST, SECOND, StoryContext
from greenroom.contracts.fuzz.steps.appears import APPEARS, foreign_places, new_name, places, some_kind
from greenroom.contracts.fuzz.steps.drawing import (
    SOMEBODY,
    Draw,
    Move,
    SoFar,
    creates,
    looks,
    makers,
    one_of,
    others,
    some_interface,
    some_look,
    some_other,
)
from greenroom.contracts.fuzz.steps.fault_words import fault_words
from greenroom.contracts.fuzz.steps.faults import maybe_frequent, some_faults
from greenroom.contracts.fuzz.steps.one_call import (
    CALL,
    CALL_MAY,
    about,
    again,
    concluded,
    drawn,
    expected,
    phrase,
    plainer_contents,
)
from greenroom.contracts.fuzz.steps.step import StepKind, Words
from greenroom.contracts.fuzz.story import Step
from greenroom.contracts.interfaces import INTERFACES

DO = "calls"


def _play(context: StoryContext, step: Step) -> None:
    world, login = context.world(step["world"]), context.login(step["world"], step["who"])
    given, before = expected(context, step), context.harness.calls
    interface = INTERFACES[step["interface"]]
    context.harness.worlds.arm_all(interface, world, step.get("faults", ()))
    context.harness.call(interface, world, given, step["who"], login=login)
    context.harness.worlds.clear_faults(world)
    concluded(context, [step], before)
    world.pace = 0.0


def _sentence(step: Step, words: Words) -> str:
    faults = [fault_words(fault) for fault in step.get("faults", ())]
    under = f"; {', then '.join(faults)}" if faults else ""
    said = phrase(step, words)
    return f"{said[0].upper()}{said[1:]}{under}"


def call(*which: Any, **more: Any) -> Step:
    """Draw the step of a call (:func:`drawn`): the owner's, with nothing in the way, unless it says otherwise."""
    return {"do": DO, **drawn(*which, **more)}


def _anything(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let anybody call about anything that is there, maybe while something is in the way."""
    interface, place = some_interface(draw, so_far), one_of(draw, places(so_far))
    return [call(draw, so_far, interface, place, draw(SOMEBODY), draw(some_faults(interface)))]


def _twice(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let the owner call, and again."""
    once = call(draw, so_far, some_interface(draw, so_far), one_of(draw, places(so_far)))
    return [once, again(so_far, once)]


def _nothing(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let somebody call about what never existed in their account."""
    nowhere = [(FIRST, ABSENT), (SECOND, ABSENT), *foreign_places(so_far)]
    return [call(draw, so_far, some_other(draw, so_far), one_of(draw, nowhere), draw(SOMEBODY))]


def _failing(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let the owner call about a new one while something is in the way."""
    interface, name = some_interface(draw, so_far), new_name(so_far)
    begins = about(so_far, interface, title=one_of(draw, TITLES), **some_kind(draw, so_far))
    return [*begins, call(draw, so_far, interface, (FIRST, name), faults=draw(some_faults(interface, 1)))]


def _in_both_accounts(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let the owners of both accounts call about new ones of the same id."""
    interface, name = some_interface(draw, so_far), new_name(so_far)
    begins = about(so_far, interface)
    first = call(draw, so_far, interface, (FIRST, name), faults=draw(maybe_frequent(interface)))
    second = {key: value for key, value in again(so_far, first).items() if key != "faults"} | {"world": SECOND}
    return [*begins, first, *({**step, "world": SECOND} for step in begins), second]


def _between_two_looks(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let the owner look at a new one, call about it, and look again; at what is there, where the call makes one."""
    look, interface, name = some_look(draw, so_far), some_interface(draw, so_far), new_name(so_far)
    change = call(draw, so_far, interface, (FIRST, name))
    before = call(draw, so_far, look, (FIRST, ABSENT if creates(interface) else name))
    after = call(draw, so_far, look, (FIRST, name))
    return [*about(so_far, interface), before, change, *([before] if creates(interface) else []), after]


def _about_what_was_made(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let the owner make one, and call about it twice."""
    made = call(draw, so_far, one_of(draw, makers(so_far)), (FIRST, ABSENT))
    place, later = (FIRST, made["appointment"]), so_far.then(made)
    return [made, *(call(draw, later, some_other(draw, so_far), place) for _ in range(2))]


def _plainer(step: Step) -> Iterator[Sequence[Step]]:
    """Yield what appears where the call makes it; the call under fewer faults, once, and with plainer contents."""
    if creates(step["interface"]):
        yield [{"do": APPEARS.do, "world": step["world"], "appointment": step["appointment"], "title": TITLES[0]}]
    faults = step.get("faults", [])
    for number in range(len(faults)):
        yield [_under(step, [*faults[:number], *faults[number + 1 :]])]
    once = [each.removesuffix(",times=2") for each in faults]
    if once != faults:
        yield [_under(step, once)]
    yield from ([plain] for plain in plainer_contents(step))


def _under(step: Step, faults: list[str]) -> Step:
    bare = {name: value for name, value in step.items() if name != "faults"}
    return {**bare, "faults": faults} if faults else bare


def _has_others(so_far: SoFar) -> bool:
    return bool(others(so_far))


CALLS = StepKind(
    DO,
    _play,
    _sentence,
    needs=CALL,
    allows={
        **CALL_MAY,
        "faults": {"type": "array", "items": {"type": "string"}, "description": "as greenroom call --fault takes them"},
    },
    moves=(
        Move(_anything),
        Move(_twice),
        Move(_nothing, _has_others),
        Move(_failing),
        Move(_in_both_accounts),
        Move(_between_two_looks, lambda so_far: bool(looks(so_far))),
        Move(_about_what_was_made, lambda so_far: bool(makers(so_far)) and _has_others(so_far)),
    ),
    plainer=_plainer,
)
