"""JSON Schemas (2020-12) of inputs, results, call records and reports; offline, each validator built once."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

REMEMBERED, LONGEST = 1000, 2000
"""Values of which it is remembered what is wrong with them, and their longest text: connectors return alike results."""
_remembered: dict[tuple[str, str, str], str] = {}


@cache
def load(name: str) -> dict[str, Any]:
    """Return the schema of that name, e.g. ``cancelAppointment.result``."""
    schema: dict[str, Any] = json.loads(Path(__file__).with_name(f"{name}.json").read_text("utf-8"))
    return schema


def _other(address: str) -> Resource[Any]:
    return Resource.from_contents(load(address.rpartition("/")[2].removesuffix(".json")))


_OTHERS: Registry[Any] = Registry(retrieve=_other)  # type: ignore[call-arg]
"""Schemas may name parts of each other by file."""


@cache
def validator(name: str) -> Draft202012Validator:
    """Return the validator of the schema of that name, its references resolved: a long list would look each one up."""
    whole = load(name)
    return Draft202012Validator(_resolved(whole, _OTHERS.resolver_with_root(Resource.from_contents(whole))))


def _resolved(part: Any, resolver: Any) -> Any:
    """Return a part of a schema with what it refers to in place of the references. None refers to itself."""
    if isinstance(part, list):
        return [_resolved(each, resolver) for each in part]
    if not isinstance(part, dict):
        return part
    if isinstance(part.get("$ref"), str):
        found = resolver.lookup(part["$ref"])
        return _resolved(found.contents, found.resolver)
    return {name: _resolved(each, resolver) for name, each in part.items() if name not in ("$defs", "$id")}


def problem(name: str, value: Any, whole: str = "result") -> str | None:
    """Return what is wrong with a value by that schema, in one line, or None; ``whole`` is what the line calls it."""
    text = repr(value)  # values of the same text are equal, and of equal types
    if len(text) > LONGEST:
        return _problem(name, value, whole) or None
    found = _remembered.get((name, text, whole))
    if found is None:
        found = _problem(name, value, whole)
        if len(_remembered) >= REMEMBERED:
            _remembered.clear()
        _remembered[name, text, whole] = found
    return found or None


def _problem(name: str, value: Any, whole: str) -> str:
    """Return what is wrong with a value, in one line; empty where nothing is."""
    errors = sorted(validator(name).iter_errors(value), key=lambda e: (len(e.absolute_path), str(e.absolute_path)))
    if not errors:
        return ""
    place = "".join(f"[{part!r}]" if isinstance(part, int) else f".{part}" for part in errors[0].absolute_path)
    return f"{whole}{place}: {_reason(errors[0])}"


def _reason(error: ValidationError) -> str:
    """Return why a part does not fit: in the schema's own words where a pattern says less than they do."""
    form = error.schema.get("title") if error.validator == "pattern" and isinstance(error.schema, dict) else None
    return f"{error.instance!r} is not {form}" if form else str(error.message)


def fields(name: str, value: Any) -> list[str]:
    """Return the names that a schema knows for the object in a value which lacks one of them, or has another one."""
    wrong = [e for e in _alternatives(validator(name).iter_errors(value)) if e.validator in _ABOUT_NAMES]
    same = [e.schema for e in wrong if e.absolute_path == wrong[0].absolute_path and isinstance(e.schema, dict)]
    return list(dict.fromkeys(each for schema in same for each in schema.get("properties", ())))


_ABOUT_NAMES = ("required", "additionalProperties")
"""What a schema says of the names that an object has."""


def _alternatives(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Yield errors, each followed by those of the alternatives of which none fits."""
    for error in errors:
        yield error
        yield from _alternatives(error.context or ())
