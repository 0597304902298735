"""The schema of stories, as it follows from the kinds of steps."""

import json
from collections.abc import Mapping
from typing import Any

from greenroom.contracts import schemas
from greenroom.contracts.fuzz.contents import CONTENT
from greenroom.contracts.fuzz.steps import STEPS
from greenroom.contracts.fuzz.steps.step import StepKind


def story_schema() -> dict[str, Any]:
    """Return ``schemas/story.json`` with the kinds of steps of today; all else is as it is written there."""
    written = schemas.load("story")
    return {**written, "$defs": {**written["$defs"], "content": CONTENT, "step": _step()}}


def story_schema_text() -> str:
    """Return the schema as its file has it."""
    return json.dumps(story_schema(), indent=2, ensure_ascii=False) + "\n"


def _step() -> dict[str, Any]:
    fields = {name: schema for kind in STEPS.values() for name, schema in kind.fields.items()}
    return {
        "type": "object",
        "required": ["do"],
        "properties": {"do": {"enum": list(STEPS)}, **fields},
        "additionalProperties": False,
        "allOf": [_needs(kind) for kind in STEPS.values()],
    }


def _needs(kind: StepKind) -> Mapping[str, Any]:
    return {"if": {"properties": {"do": {"const": kind.do}}}, "then": {"required": list(kind.needs)}}
