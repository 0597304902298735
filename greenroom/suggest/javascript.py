"""Changes to a connector in JavaScript or TypeScript: small and textual. The copy's certificate shows if they hold."""

import re
from collections.abc import Iterator, Sequence
from textwrap import indent

ASKS = re.compile(r"\b(?:axios\s*\.\s*(?P<verb>get|delete|head|post|put|patch)|axios|(?P<fetch>fetch))\s*\(")
OPTIONS_AT = {"get": 1, "delete": 1, "head": 1, "post": 2, "put": 2, "patch": 2}
"""Which argument of axios has the options; ``fetch`` has them in the second, ``axios(…)`` in the first."""
LIMITED = re.compile(r"\b(?:timeout|signal)\b|\.\.\.")
IDS = re.compile(r"\$\{\s*(?:String\()?(appointmentId|appointment_id)\)?\s*\}")
PATH = re.compile(r"`[^`]*/[^`]*`")
MODULE = re.compile(r"^export\s+(?:async\s+)?(?:function|const|let|class|default|\{\s*\w)", re.MULTILINE)
RESULT = re.compile(r"\{\s*successful\s*:\s*(?P<done>true|false)\s*(?P<rest>,[^{}]*)?\}")
TELLS = re.compile(r"\breturnMessage\b|\bappointments?\b|\.\.\.")
SKIPPED = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:\\.|[^`\\])*`", re.DOTALL)
"""Comments and texts."""
REFUSED = """}} catch (error) {{
  const status = error?.response?.status;
  if (status === 401 || !(status >= 400 && status < 500)) throw error;
  const message = status === 404 ? 'Appointment not found in {title}.' : `{title} did not do this (HTTP ${{status}}).`;
  return {{ successful: false, returnMessage: {{ message, messageType: 'warning', ttl: 5000 }} }};
}}
"""
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


def explain(source: str, names: Sequence[str], title: str) -> str:
    """Return a message where a refusal (400 to 499, but not 401) escapes from the functions of some interfaces."""
    for name in names:
        begin, end = _body(source, name)
        if begin < end and not any("\n" in text for text in _templates(source, begin, end)):
            source = source[:begin] + _guarded(source[begin:end], title) + source[end:]
    return source


def _guarded(body: str, title: str) -> str:
    """Return the lines of a function's body in a ``try``."""
    inner, outer = _margin(body.lstrip("\n")), _margin(body.rsplit("\n", 1)[-1])
    step = inner.removeprefix(outer) or "  "
    caught = indent(REFUSED.format(title=title).replace("\n  ", f"\n{step}"), inner)
    return f"\n{inner}try {{{indent(body[: len(body) - len(outer)], step)}{caught}{outer}"


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _body(source: str, name: str) -> tuple[int, int]:
    """Return where the lines of an asynchronous function begin and end; nothing where they cannot be found."""
    head = rf"\basync\s+function\s+{name}\s*\(|\b{name}\s*[=:]\s*async\s*(?:function\s*\w*\s*)?\(|\basync\s+{name}\s*\("
    found = re.search(head, source)
    inputs = _end(source, found.end()) if found else 0
    opened = re.compile(r"\)\s*(?::[^{}=]+)?(?:=>)?\s*\{(?=[ \t]*\n)").match(source, inputs)
    end = _end(source, opened.end()) if opened else 0
    return (opened.end(), end) if opened and end else (0, 0)


def _end(source: str, begin: int) -> int:
    """Return where the bracket closes that was opened before; 0 where it does not."""
    depth = 0
    for place, each in _code(source, begin):
        depth += (each in "([{") - (each in ")]}")
        if depth < 0:
            return place
    return 0


def _templates(source: str, begin: int, end: int) -> Iterator[str]:
    place = begin
    while found := SKIPPED.search(source, place, end):
        place = found.end()
        if found[0].startswith("`"):
            yield found[0]


def tell(source: str, title: str) -> str:
    """Give each result that is written out, and has neither message nor appointment, a message."""

    def told(found: re.Match[str]) -> str:
        if TELLS.search(found["rest"] or ""):
            return found[0]
        done = found["done"] == "true"
        text = f"Done in {title}." if done else f"{title} did not do this. Please try again later."
        kind = "success" if done else "warning"
        message = f"returnMessage: {{ message: '{text}', messageType: '{kind}', ttl: 5000 }}"
        return f"{found[0][:-1].rstrip().rstrip(',')}, {message} }}"

    return RESULT.sub(told, source)


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
    place = begin
    while place < len(source):
        if found := SKIPPED.match(source, place):
            place = found.end()
            continue
        yield place, source[place]
        place += 1
