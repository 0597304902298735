"""Changes to a connector in JavaScript or TypeScript: small and textual. The copy's certificate shows if they hold."""

import re
from collections.abc import Iterator

ASKS = re.compile(r"\b(?:axios\s*\.\s*(?P<verb>get|delete|head|post|put|patch)|axios|(?P<fetch>fetch))\s*\(")
OPTIONS_AT = {"get": 1, "delete": 1, "head": 1, "post": 2, "put": 2, "patch": 2}
"""Which argument of axios has the options; ``fetch`` has them in the second, ``axios(…)`` in the first."""
LIMITED = re.compile(r"\b(?:timeout|signal)\b|\.\.\.")
IDS = re.compile(r"\$\{\s*(?:String\()?(appointmentId|appointment_id)\)?\s*\}")
PATH = re.compile(r"`[^`]*/[^`]*`")
MODULE = re.compile(r"^export\s+(?:async\s+)?(?:function|const|let|class|default|\{\s*\w)", re.MULTILINE)
DECLARED = re.compile(r"\bcancellation\s*[=:]")


def declare(source: str, cancellation: str) -> str:
    """Declare what cancelling does to the record, at the end of the file."""
    if DECLARED.search(source):
        return source
    common = "module.exports" if "module.exports" in source else "exports"
    line = (
        f"export const cancellation = '{cancellation}';"
        if MODULE.search(source)
        else f"{common}.cancellation = '{cancellation}';"
    )
    return f"{source.rstrip()}\n{line}\n"


def limit(source: str, seconds: int) -> str:
    """Give each call of axios and fetch a signal that ends it."""
    for found in reversed(list(ASKS.finditer(source))):
        arguments = _arguments(source, found.end())
        verb = "fetch" if found["fetch"] else found["verb"]
        place = OPTIONS_AT.get(str(verb), 1 if verb else 0)
        source = _limited(source, arguments, place, f"signal: AbortSignal.timeout({seconds}_000)")
    return source


def _limited(source: str, arguments: list[tuple[int, int]], place: int, signal: str) -> str:
    if place < len(arguments):
        begin, end = arguments[place]
        options = source[begin:end]
        inside = begin + len(options) - len(options.lstrip()) + 1
        if not options.lstrip().startswith("{") or LIMITED.search(options):
            return source
        comma = "" if not source[inside:end].strip(" \n\t}") else ","
        return f"{source[:inside]} {signal}{comma}{source[inside:]}"
    if place == len(arguments) and place:
        return f"{source[: arguments[-1][1]]}, {{ {signal} }}{source[arguments[-1][1] :]}"
    return source


def encode(source: str) -> str:
    """Percent-encode the id in paths that are template literals."""
    return PATH.sub(lambda found: IDS.sub(r"${encodeURIComponent(\1)}", found[0]), source)


def _arguments(source: str, begin: int) -> list[tuple[int, int]]:
    """Return where the arguments of a call stand; nothing if its end cannot be found."""
    depth, first = 0, begin
    found: list[tuple[int, int]] = []
    for place, each in _code(source, begin):
        if each in ")]}":
            if depth == 0:
                last = [(first, place)] if source[first:place].strip() else []
                return [*found, *last]
            depth -= 1
        elif each in "([{":
            depth += 1
        elif each == "," and depth == 0:
            found.append((first, place))
            first = place + 1
    return []


def _code(source: str, begin: int) -> Iterator[tuple[int, str]]:
    """Return the characters that are code, with their places: no comments, and no texts."""
    skipped = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:\\.|[^`\\])*`", re.DOTALL)
    place = begin
    while place < len(source):
        if found := skipped.match(source, place):
            place = found.end()
            continue
        yield place, source[place]
        place += 1
