"""Two call at the same time: the first is held where ``hold`` says, until the second is answered."""

from collections.abc import Iterator

from hypothesis import strategies as st

from greenroom.contracts.fuzz.context import PEOPLE, StoryContext
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.steps.appears import new, places
from greenroom.contracts.fuzz.steps.calls import CALL, CALLS, expected, phrase
from greenroom.contracts.fuzz.steps.drawing import ACCOUNT, SOMEBODY, Draw, Move, SoFar, some_interface
from greenroom.contracts.fuzz.steps.fault_words import REQUESTS
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
    calls = [_ready(context, call) for call in step["calls"]]
    first, interface = context.world(step["calls"][0]["world"]), INTERFACES[step["calls"][0]["interface"]]
    context.harness.together(*calls, between=context.harness.worlds.arm(interface, first, step["hold"]))
    context.harness.worlds.clear_faults(first)
    for call in step["calls"]:
        context.world(call["world"]).pace = 0.0


def _ready(context: StoryContext, call: Step) -> CallRecorder:
    login = context.login(call["world"], call["who"])
    interface, world = INTERFACES[call["interface"]], context.world(call["world"])
    return context.harness.at_once(interface, world, expected(context, call), call["who"], login=login)


def _sentence(step: Step, words: Words) -> str:
    first, second = (phrase(call, words) for call in step["calls"])
    return f"At the same time {first} and {second}; {HOLDS.get(step['hold'], step['hold'])}"


def _call(interface: str, world: str, name: str, who: str) -> Step:
    return {"interface": interface, "world": world, "appointment": name, "who": who}


def _at_once(draw: Draw, first: Step, second: Step) -> Step:
    return {"do": DO, "calls": [first, second], "hold": draw(st.sampled_from(list(holds(first["interface"]))))}


def _about_one(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let two call about a new one at the same time."""
    world, interface = draw(ACCOUNT), draw(some_interface(so_far))
    appears = new(so_far, world)
    calls = [_call(interface, world, appears["appointment"], draw(SOMEBODY)) for _ in range(2)]
    return [appears, _at_once(draw, *calls)]


def _about_two(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let two call at the same time, whatever it is about."""
    first, second = (draw(st.sampled_from(places(so_far))) for _ in range(2))
    interface = draw(some_interface(so_far))
    other = _call(draw(some_interface(so_far)), *second, draw(SOMEBODY))
    return [_at_once(draw, _call(interface, *first, PEOPLE[0]), other)]


def _plainer(step: Step) -> Iterator[list[Step]]:
    """Yield each of both calls by itself."""
    for call in step["calls"]:
        yield [{"do": CALLS.do, **call}]


CALLS_AT_ONCE = StepKind(
    DO,
    _play,
    _sentence,
    needs={
        "calls": {
            "type": "array",
            "minItems": 2,
            "maxItems": 2,
            "items": {"type": "object", "required": list(CALL), "properties": CALL, "additionalProperties": False},
        },
        "hold": {"enum": list(HOLDS)},
    },
    moves=(Move(_about_one), Move(_about_two)),
    plainer=_plainer,
)
