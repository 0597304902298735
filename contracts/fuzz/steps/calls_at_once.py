"""Two call at the same time: the first is held where ``hold`` says, until the second is answered."""

from collections.abc import Iterator, Sequence

from greenroom.contracts.fuzz.context import PEOPLE, StoryContext
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.steps.appears import new_name, places
from greenroom.contracts.fuzz.steps.calls import CALLS
from greenroom.contracts.fuzz.steps.drawing import ACCOUNT, SOMEBODY, Draw, Move, SoFar, creates, one_of, some_interface
from greenroom.contracts.fuzz.steps.fault_words import REQUESTS
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
from greenroom.contracts.harness.recording import CallRecorder
from greenroom.contracts.interfaces import INTERFACES

DO = "calls at once"


def holds(interface: str) -> dict[str, str]:
    """Return the faults that hold the first call, and which of both then comes first."""
    effect = CALLED[interface].effect
    return {
        "held,on=any": "the first is held up at its first request until the second is answered",
        f"held,on={effect}": f"the first is held up at {REQUESTS[effect]} until the second is answered",
        f"none,stage=after-commit,on={effect}": "the second begins as soon as the first one's write is done",
    }


HOLDS = {hold: words for interface in CALLED for hold, words in holds(interface).items()}


def _play(context: StoryContext, step: Step) -> None:
    calls, before = [_ready(context, call) for call in step["calls"]], context.harness.calls
    first, interface = context.world(step["calls"][0]["world"]), INTERFACES[step["calls"][0]["interface"]]
    context.harness.together(*calls, between=context.harness.worlds.arm(interface, first, step["hold"]))
    context.harness.worlds.clear_faults(first)
    concluded(context, step["calls"], before)
    for call in step["calls"]:
        context.world(call["world"]).pace = 0.0


def _ready(context: StoryContext, call: Step) -> CallRecorder:
    login = context.login(call["world"], call["who"])
    interface, world = INTERFACES[call["interface"]], context.world(call["world"])
    return context.harness.at_once(interface, world, expected(context, call), call["who"], login=login)


def _sentence(step: Step, words: Words) -> str:
    first, second = (phrase(call, words) for call in step["calls"])
    return f"At the same time {first} and {second}; {HOLDS.get(step['hold'], step['hold'])}"


def _at_once(draw: Draw, first: Step, second: Step) -> Step:
    return {"do": DO, "calls": [first, second], "hold": one_of(draw, list(holds(first["interface"])))}


def _about_one(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let two call about a new one at the same time."""
    world, interface = draw(ACCOUNT), some_interface(draw, so_far)
    place = world, new_name(so_far)
    first = drawn(draw, so_far, interface, place, draw(SOMEBODY))
    same = creates(interface)  # somebody clicked twice
    second = again(so_far, first) if same else drawn(draw, so_far, interface, place)
    return [*about(so_far, interface, world), _at_once(draw, first, {**second, "who": draw(SOMEBODY)})]


def _about_two(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let two call at the same time, whatever it is about."""
    one, other = (one_of(draw, places(so_far)) for _ in range(2))
    first = drawn(draw, so_far, some_interface(draw, so_far), one, PEOPLE[0])
    second = drawn(draw, so_far.then(first), some_interface(draw, so_far), other, draw(SOMEBODY))
    return [_at_once(draw, first, second)]


def _plainer(step: Step) -> Iterator[Sequence[Step]]:
    """Yield each of both calls by itself; then both with plainer contents."""
    first, second = step["calls"]
    for call in (first, second):
        yield [{"do": CALLS.do, **call}]
    yield from ([{**step, "calls": [plain, second]}] for plain in plainer_contents(first))
    yield from ([{**step, "calls": [first, plain]}] for plain in plainer_contents(second))


CALLS_AT_ONCE = StepKind(
    DO,
    _play,
    _sentence,
    needs={
        "calls": {
            "type": "array",
            "minItems": 2,
            "maxItems": 2,
            "items": {
                "type": "object",
                "required": list(CALL),
                "properties": {**CALL, **CALL_MAY},
                "additionalProperties": False,
            },
        },
        "hold": {"enum": list(HOLDS)},
    },
    moves=(Move(_about_one), Move(_about_two)),
    plainer=_plainer,
)
