"""Somebody calls an interface of the connector about an appointment, maybe under faults."""

from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

from greenroom.contracts.fuzz.context import ABSENT, FIRST, PEOPLE, SECOND, StoryContext
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.interfaces.interface import OVER
from greenroom.contracts.fuzz.steps.appears import TITLES, free_places, new, places, some_kind
from greenroom.contracts.fuzz.steps.drawing import SOMEBODY, Draw, Move, SoFar, looks, some_interface, some_look
from greenroom.contracts.fuzz.steps.fault_words import fault_words
from greenroom.contracts.fuzz.steps.faults import maybe_frequent, some_faults
from greenroom.contracts.fuzz.steps.step import APPOINTMENT, WHO, WORLD, Fields, StepKind, Words
from greenroom.contracts.fuzz.story import Step
from greenroom.contracts.interfaces import INTERFACES
from greenroom.simulators.core.faults.spec import parse

DO = "calls"
CALL: Fields = {"interface": {"enum": list(CALLED)}, **WORLD, **APPOINTMENT, **WHO}
"""The fields of every call, also of those in other steps."""


def expected(context: StoryContext, call: Step) -> Any:
    """Return what a call is made with: an id, or days; what the call may do is expected from here on."""
    interface, place, key = CALLED[call["interface"]], context.world(call["world"]), context.key(call["appointment"])
    may = context.harness.crm.access(place, place.people[call["who"]], key) in interface.rights
    context.expect(call["world"], call["appointment"], interface.states if may else ())
    if any(parse(fault).fault.by_colleague for fault in call.get("faults", ())):
        for name in (call["appointment"], *context.appointments):
            context.expect(call["world"], name, (OVER,))
    return context.given(INTERFACES[interface.name], call["world"], call["appointment"])


def _play(context: StoryContext, step: Step) -> None:
    world, login = context.world(step["world"]), context.login(step["world"], step["who"])
    given = expected(context, step)
    interface = INTERFACES[step["interface"]]
    context.harness.worlds.arm_all(interface, world, step.get("faults", ()))
    context.harness.call(interface, world, given, step["who"], login=login)
    context.harness.worlds.clear_faults(world)
    world.pace = 0.0


def phrase(call: Step, words: Words) -> str:
    """Return who does what to which appointment."""
    interface = CALLED[call["interface"]]
    if call["appointment"] == ABSENT and interface.alone:
        return f"the {call['who']} {interface.alone}{words.place(call)}"
    return f"the {call['who']} {interface.verb} {words.appointment(call)}"


def _sentence(step: Step, words: Words) -> str:
    faults = [fault_words(fault) for fault in step.get("faults", ())]
    told = f"; {', then '.join(faults)}" if faults else ""
    said = phrase(step, words)
    return f"{said[0].upper()}{said[1:]}{told}"


def call(interface: str, world: str, name: str, who: str = PEOPLE[0], faults: Sequence[str] = ()) -> dict[str, Any]:
    """Return the step of a call: the owner's, with nothing in the way, unless it says otherwise."""
    step = {"do": DO, "interface": interface, "world": world, "appointment": name, "who": who}
    return {**step, "faults": list(faults)} if faults else step


def _anything(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let anybody call about anything that is there, maybe while something is in the way."""
    interface, place = draw(some_interface(so_far)), draw(st.sampled_from(places(so_far)))
    return [call(interface, *place, draw(SOMEBODY), draw(some_faults(interface)))]


def _twice(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let the owner call, and again."""
    return [call(draw(some_interface(so_far)), *draw(st.sampled_from(places(so_far))))] * 2


def _nothing(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let somebody call about what never existed in their account."""
    nowhere = [(FIRST, ABSENT), (SECOND, ABSENT), *free_places(so_far)]
    return [call(draw(some_interface(so_far)), *draw(st.sampled_from(nowhere)), draw(SOMEBODY))]


def _failing(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let the owner call about a new one while something is in the way."""
    appears = new(so_far, FIRST, draw(st.sampled_from(TITLES)), **some_kind(draw, so_far))
    interface = draw(some_interface(so_far))
    return [appears, call(interface, FIRST, appears["appointment"], faults=draw(some_faults(interface, 1)))]


def _in_both_accounts(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let the owners of both accounts call about new ones of the same id."""
    appears, interface = new(so_far), draw(some_interface(so_far))
    first, second = (call(interface, world, appears["appointment"]) for world in (FIRST, SECOND))
    faults = draw(maybe_frequent(interface))
    return [appears, {**first, "faults": faults} if faults else first, {**appears, "world": SECOND}, second]


def _between_two_looks(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let the owner look at a new one, call about it, and look again."""
    appears, look = new(so_far), draw(some_look(so_far))
    place, interface = (FIRST, appears["appointment"]), draw(some_interface(so_far))
    return [appears, call(look, *place), call(interface, *place), call(look, *place)]


def _plainer(step: Step) -> Iterator[list[Step]]:
    """Yield the call under fewer faults, and under those that fire once."""
    faults = step.get("faults", [])
    for number in range(len(faults)):
        yield [_under(step, [*faults[:number], *faults[number + 1 :]])]
    once = [each.removesuffix(",times=2") for each in faults]
    if once != faults:
        yield [_under(step, once)]


def _under(step: Step, faults: list[str]) -> Step:
    bare = {name: value for name, value in step.items() if name != "faults"}
    return {**bare, "faults": faults} if faults else bare


CALLS = StepKind(
    DO,
    _play,
    _sentence,
    needs=CALL,
    allows={
        "faults": {"type": "array", "items": {"type": "string"}, "description": "as greenroom call --fault takes them"}
    },
    moves=(
        Move(_anything),
        Move(_twice),
        Move(_nothing),
        Move(_failing),
        Move(_in_both_accounts),
        Move(_between_two_looks, lambda so_far: bool(looks(so_far))),
    ),
    plainer=_plainer,
)
