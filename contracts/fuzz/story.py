"""A story: the steps of a day as data, so that it can be stored, played again and read aloud."""

import contextlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from greenroom.contracts import schemas
from greenroom.contracts.fuzz.interfaces.cancel_appointment import renewed

Step = Mapping[str, Any]
"""One step: ``do`` says what happens, the other fields where, to what and by whom (``schemas/story.json``)."""


class StoryError(ValueError):
    """What is no story, or cannot be played; the message says which part and why."""


@dataclass(frozen=True)
class Story:
    """What happened in one or two accounts of a CRM, step by step.

    ``history`` are stories that the same process of the connector played before, where the failure depends on them.
    ``clause`` is the promise that broke at the last step, with what was expected and what came; ``told`` is the whole
    in sentences. ``target`` has the connector's ``name`` and ``digest``; ``run`` the other options of the command
    line with which it was found (``level``, ``seed``, ``deadline``, ``runtime``), never the environment's values.
    """

    crm: str
    steps: tuple[Step, ...]
    target: Mapping[str, Any] = field(default_factory=dict)
    run: Mapping[str, Any] = field(default_factory=dict)
    clause: str | None = None
    expected: str = ""
    got: str = ""
    told: Sequence[str] = ()
    history: tuple[tuple[Step, ...], ...] = ()

    def of(self, steps: Sequence[Step]) -> "Story":
        """Return a story of other steps, not played yet."""
        return replace(self, steps=tuple(steps), clause=None, expected="", got="", told=())

    def to_json(self) -> dict[str, Any]:
        """Return it as ``schemas/story.json`` describes it."""
        return {
            "greenroom": version("greenroom"),
            "crm": self.crm,
            "target": dict(self.target),
            "order": dict(self.run),
            "clause": self.clause,
            "expected": self.expected,
            "got": self.got,
            "told": list(self.told),
            "history": [[dict(step) for step in story] for story in self.history],
            "steps": [dict(step) for step in self.steps],
        }

    def write(self, path: Path) -> None:
        """Write it to a file, whole or not at all.

        Raises:
            OSError: it cannot be written.

        """
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.draft")
        try:
            draft.write_text(json.dumps(self.to_json(), indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")
            draft.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise


def parts(step: Step) -> Iterator[Step]:
    """Yield a step and, where it holds calls, each of them: what has an account, an appointment and a person."""
    yield step
    yield from step.get("calls", ())


def read(path: Path) -> Story:
    """Read a story from a file, also one whose steps have the names of Greenroom 0.1.

    Raises:
        StoryError: it cannot be read, or holds no story.

    """
    try:
        found = _renewed(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise StoryError(f"story '{path}' cannot be read: {error}") from None
    wrong = schemas.problem("story", found, "story")
    if wrong:
        raise StoryError(f"'{path}' holds no story: {wrong}")
    return parsed(found)


def parsed(found: Mapping[str, Any]) -> Story:
    """Return the story that a document describes, as :meth:`Story.to_json` writes it."""
    names = ("crm", "target", "order", "clause", "expected", "got", "told")
    history = tuple(map(tuple, found.get("history", ())))
    fields = {"run" if name == "order" else name: found[name] for name in names if name in found}
    return Story(steps=tuple(found["steps"]), history=history, **fields)


def _renewed(found: Any) -> Any:
    """Return a story with its steps as they are written today; what is malformed is the schema's to refuse."""
    try:
        history = [[renewed(step) for step in story] for story in found.get("history", ())]
        return {**found, "history": history, "steps": [renewed(step) for step in found["steps"]]}
    except (AttributeError, KeyError, TypeError):
        return found
