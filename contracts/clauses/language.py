"""Advice as the connector's own language writes it."""

from greenroom.contracts.clauses.call import Call


def written(call: Call, python: str, javascript: str) -> str:
    """Return the form of the connector's language; both where a stored call does not name it."""
    forms = {"python": python, "javascript": javascript}
    return forms.get(str(call.record.get("language")), f"{python} (Python) or {javascript} (JavaScript)")
