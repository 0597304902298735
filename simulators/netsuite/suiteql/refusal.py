"""How NetSuite refuses a query: 400 INVALID_PARAMETER, o:errorQueryParam q, and a text that says why."""

from collections.abc import Mapping

from greenroom.simulators.netsuite.errors import InvalidParameter

_HEAD = "Invalid search query. Detailed unprocessed description follows. "
_GENERAL = "Search error occurred: Invalid or unsupported search."


def invalid(detail: str = _GENERAL) -> InvalidParameter:
    """Return the refusal of a query; NetSuite's general one, unless it says more."""
    return InvalidParameter("q", _HEAD + detail)


def unknown_column(name: str, tables: Mapping[str, str]) -> InvalidParameter:
    """Return the refusal of a column that none of the query's tables has; ``tables`` by their aliases."""
    known = ", ".join(f"{alias}={table}" for alias, table in tables.items())
    return invalid(f"Search error occurred: Unknown identifier '{name}'. Available identifiers are: {{{known}}}.")


def unknown_table(name: str) -> InvalidParameter:
    """Return the refusal of a table that NetSuite has not."""
    return invalid(f"Invalid search type: {name}.")


def hidden_table(name: str) -> InvalidParameter:
    """Return the refusal of a table that the role may not see."""
    return invalid(f"Search error occurred: Record '{name}' was not found.")
