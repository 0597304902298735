"""Words for OpenAPI descriptions of what a simulator answers."""

import json
import re
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from greenroom.simulators.core.surface import SIMULATED, Operation, Surface, pattern

Part = dict[str, Any]
TEXT: Part = {"type": "string"}
WHOLE: Part = {"type": "integer"}
FLAG: Part = {"type": "boolean"}


def document(title: str, paths: Mapping[str, Part], schemas: Mapping[str, Part]) -> Part:
    """Return a whole description; every operation takes the bearer token."""
    components = {"schemas": dict(schemas), "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}
    info = {"title": title, "version": version("greenroom")}
    head = {"openapi": "3.1.0", "info": info, "security": [{"token": []}]}
    return {**head, "paths": dict(paths), "components": components}


def operation(name: str, parameters: list[Part], responses: Mapping[str, Part], body: Part | None = None) -> Part:
    """Return one operation."""
    described: Part = {"operationId": name, "parameters": parameters, "responses": dict(responses)}
    return described | ({"requestBody": body} if body else {})


def query(schema: Part | None = None, *names: str) -> list[Part]:
    """Return query parameters of one schema."""
    return [{"name": name, "in": "query", "required": False, "schema": schema or TEXT} for name in names]


def header(schema: Part | None = None, *names: str) -> list[Part]:
    """Return header parameters of one schema."""
    return [{"name": name, "in": "header", "required": False, "schema": schema or TEXT} for name in names]


def path(*names: str) -> list[Part]:
    """Return path parameters."""
    return [{"name": name, "in": "path", "required": True, "schema": {**TEXT, "minLength": 1}} for name in names]


def content(media: str, schema: Part, description: str = "as described") -> Part:
    """Return a response with a body."""
    return {"description": description, "content": {media: {"schema": schema}}}


def empty(description: str) -> Part:
    """Return a response without a body."""
    return {"description": description}


def sent(schema: Part, *media: str) -> Part:
    """Return a request body."""
    return {"content": {kind: {"schema": schema} for kind in media or ("application/json",)}}


def ref(name: str) -> Part:
    """Return a reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def thing(required: list[str], **properties: Part) -> Part:
    """Return the schema of an object."""
    return {"type": "object", "required": required, "properties": properties}


def listing(item: Part) -> Part:
    """Return the schema of a list."""
    return {"type": "array", "items": item}


def references(part: Part) -> set[str]:
    """Return the names of the schemas to which a description refers."""
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(part)))


def completed(written: Mapping[str, Part], surface: Surface, loud: Part, suffix: str = "") -> dict[str, Part]:
    """Return descriptions of all operations of a surface: those that were written, and what they do not have yet.

    Each operation, and each parameter, that is not quite simulated says so under ``x-greenroom``; ``loud`` is the
    response to a request for it. ``suffix`` ends the paths that were not written.
    """
    paths = {path: dict(verbs) for path, verbs in written.items()}
    known = {pattern(path): path for path in paths}
    for one in surface:
        place = known.setdefault(pattern(one.path), f"{one.path}{suffix}")
        verbs = paths.setdefault(place, {})
        verbs[one.method.lower()] = _complete(verbs.get(one.method.lower()) or _bare(one), one, loud)
    return paths


def _bare(one: Operation) -> Part:
    return operation(f"{one.method} {one.path}", path(*re.findall(r"{(\w+)}", one.path)), {})


def _complete(described: Part, one: Operation, loud: Part) -> Part:
    """Add what a surface knows of an operation to its description."""
    there = {(each["in"], each["name"].lower()) for each in described["parameters"]}
    more = [(query, one.parameters), (header, one.headers)]
    found = [
        {**each, **_mark(klass)}
        for words, names in more
        for name, klass in names.items()
        for each in words(TEXT, name)
        if (each["in"], name.lower()) not in there
    ]
    return {
        **described,
        **_mark(one.klass),
        "parameters": described["parameters"] + found,
        "responses": {**described["responses"], "501": loud},
    }


def _mark(klass: str) -> Part:
    return {} if klass == SIMULATED else {"x-greenroom": klass}
