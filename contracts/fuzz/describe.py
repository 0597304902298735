"""Stories in plain sentences, to be read aloud."""

from collections.abc import Sequence

from greenroom.contracts.fuzz.steps import STEPS
from greenroom.contracts.fuzz.steps.step import Words
from greenroom.contracts.fuzz.story import Step, parts


def sentences(steps: Sequence[Step]) -> list[str]:
    """Return a story's steps as sentences, one each."""
    accounts = {part["world"] for step in steps for part in parts(step) if "world" in part}
    words = Words(several=len(accounts) > 1)
    return [f"{STEPS[step['do']].sentence(step, words)}." for step in steps]
