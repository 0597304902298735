"""Stories in plain sentences, to be read aloud."""

from collections.abc import Callable, Mapping, Sequence

from greenroom.contracts.fuzz.context import ABSENT
from greenroom.contracts.fuzz.story import Step
from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.faults.spec import parse

LONGEST_TITLE = 40
"""Characters of a title that a sentence shows."""
STAGES = {
    "connection": "as a connection begins",
    "before-authentication": "before the token is looked at",
    "before-commit": "before anything is written",
    "after-commit": "when it is done already",
    "in-body": "in the middle of the answer",
}
REQUESTS = {
    "cancel": "the request that would cancel",
    "read": "a request that reads",
    "look": "a request that only asks",
    "write": "a request that writes",
    "any": "a request",
}
HOLDS = {
    "held,on=any": "the first is held up at its first request until the second is answered",
    "held": "the first is held up at the request that would cancel until the second is answered",
    "none,stage=after-commit": "the second begins as soon as the first one's cancellation is done",
}
"""Which of two calls at once comes first."""


def sentences(steps: Sequence[Step]) -> list[str]:
    """Return a story's steps as sentences, one each."""
    places = {place for step in steps for place in _worlds(step)}
    return [f"{_WORDS[step['do']](step, len(places) > 1)}." for step in steps]


def _worlds(step: Step) -> list[str]:
    return [call["world"] for call in step["calls"]] if "calls" in step else [step["world"]]


def _in(step: Step, several: bool) -> str:  # noqa: FBT001 - one signature for all
    return f" in the {step['world']} account" if several else ""


def _named(step: Step, several: bool) -> str:  # noqa: FBT001
    name = step["appointment"]
    return f"{'an appointment that never existed' if name == ABSENT else name}{_in(step, several)}"


def _appears(step: Step, several: bool) -> str:  # noqa: FBT001
    title = step["title"] if len(step["title"]) <= LONGEST_TITLE else f"{step['title'][:LONGEST_TITLE]}…"
    kind = "" if step.get("kind", "ordinary") == "ordinary" else f"{step['kind']} "
    article = "An" if not kind or kind[0] in "aeiou" else "A"
    like = f", whose id is that of {step['like']} and one digit more" if step.get("like") else ""
    whose = step.get("whose", "owner")
    what = f"{article} {kind}appointment {step['appointment']} of the {whose}"
    return f"{what} appears{_in(step, several)} (“{title}”{like})"


def _cancels(step: Step, several: bool) -> str:  # noqa: FBT001
    faults = [fault_words(parse(fault)) for fault in step.get("faults", ())]
    told = f"; {', then '.join(faults)}" if faults else ""
    return f"The {step['who']} cancels {_named(step, several)}{told}"


def fault_words(armed: Armed) -> str:
    """Return a fault that is armed as a part of a sentence."""
    value = f" {armed.value}" if armed.value else ""
    times = f", {armed.times} times" if armed.times > 1 else ""
    times += f", after {armed.skip} that pass" if armed.skip else ""
    times += f", once {REQUESTS.get(armed.after, repr(armed.after))} came" if armed.after else ""
    if armed.stage == "connection":
        return f"a fault as it connects{times}: {armed.fault.title}{value}"
    request = REQUESTS.get(armed.on, f"'{armed.on}'")
    return f"a fault at {request}, {STAGES[armed.stage]}{times}: {armed.fault.title}{value}"


def _at_once(step: Step, several: bool) -> str:  # noqa: FBT001
    first, second = (f"the {call['who']} cancels {_named(call, several)}" for call in step["calls"])
    return f"At the same time {first} and {second}; {HOLDS.get(step['hold'], step['hold'])}"


def _by_colleague(what: str) -> Callable[[Step, bool], str]:
    return lambda step, several: f"A colleague {what} {_named(step, several)} in the CRM itself"


def _of_token(what: str) -> Callable[[Step, bool], str]:
    return lambda step, several: f"The {step['who']}{_in(step, several)}{what}"


def _slow(step: Step, several: bool) -> str:  # noqa: FBT001
    return f"The CRM{_in(step, several)} takes its time over the next cancellation"


_WORDS: Mapping[str, Callable[[Step, bool], str]] = {
    "appears": _appears,
    "cancels": _cancels,
    "cancel at once": _at_once,
    "is edited": _by_colleague("edits"),
    "is cancelled": _by_colleague("cancels"),
    "is deleted": _by_colleague("deletes"),
    "is reinstated": _by_colleague("reinstates"),
    "token expires": _of_token(" goes on with a token that expired"),
    "token is revoked": _of_token(" goes on with a token that was revoked"),
    "connects anew": _of_token(" connects to the CRM anew, and tokens from before count no more"),
    "gets slow": _slow,
}
