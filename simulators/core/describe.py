"""Words for OpenAPI descriptions of what a simulator answers."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

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
    told: Part = {"operationId": name, "parameters": parameters, "responses": dict(responses)}
    return told | ({"requestBody": body} if body else {})


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
