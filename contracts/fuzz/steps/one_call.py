"""One call of a story: drawn, made ready, described, made plainer; and what it has made. Calls at once are two."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from greenroom.contracts import schemas
from greenroom.contracts.fuzz.contents import described, passed, plainer
from greenroom.contracts.fuzz.context import ABSENT, FIRST, PEOPLE, StoryContext
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.interfaces.interface import OVER
from greenroom.contracts.fuzz.steps.appears import Place, new, new_name
from greenroom.contracts.fuzz.steps.drawing import Draw, SoFar, creates, makers, one_of
from greenroom.contracts.fuzz.steps.step import APPOINTMENT, WHO, WORLD, Fields, Words
from greenroom.contracts.fuzz.story import Step, StoryError
from greenroom.contracts.interfaces import INTERFACES
from greenroom.simulators.core.faults.spec import parse

CALL: Fields = {"interface": {"enum": list(CALLED)}, **WORLD, **APPOINTMENT, **WHO}
"""The fields of every call, also of those in other steps."""
CALL_MAY: Fields = {"content": {"$ref": "#/$defs/content"}}
"""The field of those that ask for contents."""
NOBODY = {"user": dict.fromkeys(("id", "platform", "hostname", "accessToken"), ""), "authHeader": ""}
"""Inputs that every interface gets, where only its own are looked at."""


def expected(context: StoryContext, call: Step) -> Any:
    """Return what a call is made with: an id, days or contents; what the call may do is expected from here on.

    Raises:
        StoryError: App Connect never passes that.

    """
    if any(map(_by_colleague, call.get("faults", ()))):
        for name in context.appointments:
            context.expect(call["world"], name, (OVER,))
    if creates(call["interface"]):
        context.reserve(call["appointment"])
    else:
        context.expect(call["world"], call["appointment"], _states(context, call))
    return _given(context, call)


@cache
def _by_colleague(fault: str) -> bool:
    return parse(fault).fault.by_colleague


def _states(context: StoryContext, call: Step) -> Sequence[str]:
    """Return the states to which a call may bring its appointment: none where the caller has no right to."""
    interface, place, crm = CALLED[call["interface"]], context.world(call["world"]), context.harness.crm
    person = place.people[call["who"]]
    if creates(interface.name):
        access = "create" if crm.may_create(place, person) else "forbidden"
    else:
        access = crm.access(place, person, context.key(call["appointment"]))
    return interface.states(call.get("content", {})) if access in interface.rights else ()


def _given(context: StoryContext, call: Step) -> Any:
    interface, key, asks = (
        INTERFACES[call["interface"]],
        context.key(call["appointment"]),
        CALLED[call["interface"]].asks,
    )
    if asks is None:
        return context.days(call["world"], call["appointment"]) if interface.lists else key
    found = asks.given(key, passed(context.harness.crm, context.world(call["world"]), call["content"]))
    wrong = schemas.problem(f"{interface.name}.input", {**NOBODY, **interface.example(found)}, interface.name)
    if wrong:
        raise StoryError(f"App Connect never passes the content of '{call['appointment']}': {wrong}")
    return found


def concluded(context: StoryContext, calls: Sequence[Step], before: int) -> None:
    """Let names stand for what calls have made, those of the harness from call ``before`` on."""
    for call, key in zip(calls, context.harness.subjects(before), strict=True):
        if creates(call["interface"]) and key:
            context.made(call["world"], call["appointment"], key, _states(context, call))


def phrase(call: Step, words: Words) -> str:
    """Return who does what to which appointment."""
    interface = CALLED[call["interface"]]
    if call["appointment"] == ABSENT and interface.alone:
        return f"the {call['who']} {interface.alone}{words.place(call)}"
    content = f" ({described(call['content'])})" if call.get("content") else ""
    return f"the {call['who']} {interface.verb} {words.appointment(call)}{content}"


def drawn(
    draw: Draw, so_far: SoFar, interface: str, place: Place, who: str = PEOPLE[0], faults: Sequence[str] = ()
) -> Step:
    """Draw a call about an appointment, with contents where it has some. What it makes has a new name."""
    world, name = place
    asks, named = CALLED[interface].asks, new_name(so_far) if creates(interface) else name
    content = {"content": draw(asks.drawn)} if asks else {}
    under = {"faults": list(faults)} if faults else {}
    return {"interface": interface, "world": world, "appointment": named, "who": who, **content, **under}


def again(so_far: SoFar, call: Step) -> Step:
    """Return the same call once more; what it makes has another name."""
    return {**call, "appointment": new_name(so_far.then(call))} if creates(call["interface"]) else call


def about(so_far: SoFar, interface: str, world: str = FIRST, **more: Any) -> list[Step]:
    """Return the step with which the appointment of a call appears: none where the call makes it."""
    return [] if creates(interface) else [new(so_far, world, **more)]


def begun(draw: Draw, so_far: SoFar) -> Step:
    """Let a new appointment of the owner appear, or be made by a call."""
    maker = one_of(draw, [None, *makers(so_far)])
    name = new_name(so_far)
    return {"do": "calls", **drawn(draw, so_far, maker, (FIRST, name))} if maker else new(so_far)


def plainer_contents(call: Step) -> Iterator[Step]:
    """Yield a call that asks for less, or for something plainer."""
    asks = CALLED[call["interface"]].asks
    for content in plainer(call["content"], asks.needs) if asks and "content" in call else ():
        yield {**call, "content": content}
