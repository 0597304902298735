"""Changes to a connector in Python. Each takes a source and returns the changed one, or the same."""

import ast
import re
from collections.abc import Iterator, Sequence
from textwrap import indent

VERBS = ("get", "post", "put", "patch", "delete", "head", "request")
CLIENTS = ("requests", "session", "Session")
IDS = ("appointment_id", "appointmentId")
QUOTE = "from urllib.parse import quote"
ERRORS = {"requests": "requests.HTTPError", "httpx": "httpx.HTTPStatusError"}
"""What the statuses of refusals are raised as, by the package."""
TELLS = {"returnMessage", "appointment", "appointments"}
REFUSED = """except {error} as error:
    status = error.response.status_code
    if status == 401 or not 400 <= status < 500:
        raise
    message = "Appointment not found in {title}." if status == 404 else f"{title} did not do this (HTTP {{status}})."
    return {{"successful": False, "returnMessage": {{"message": message, "messageType": "warning", "ttl": 5000}}}}
"""

Edit = tuple[int, int, str]
"""Where it begins and ends, in bytes, and what stands there then."""


def declare(source: str, cancellation: str) -> str:
    """Declare what cancelling does to the record, below the imports."""
    tree = _parsed(source)
    if tree is None or any(name == "CANCELLATION" for name in _assigned(tree)):
        return source
    return _below_imports(source, tree, f'\n\nCANCELLATION = "{cancellation}"')


def limit(source: str, seconds: int) -> str:
    """Give each call of requests a time-out."""
    calls = (node for node in ast.walk(_parsed(source) or ast.Module([], [])) if isinstance(node, ast.Call))
    return _edited(source, [_limited(source, call, seconds) for call in calls if _asks(call) and not _is_limited(call)])


def encode(source: str) -> str:
    """Percent-encode the id in paths that are f-strings."""
    tree = _parsed(source)
    edits = [edit for node in ast.walk(tree or ast.Module([], [])) for edit in _encoded(source, node)]
    if tree is None or not edits:
        return source
    known = any(isinstance(node, ast.ImportFrom) and ast.unparse(node) == QUOTE for node in tree.body)
    changed = _edited(source, edits)
    after = _parsed(changed)
    return changed if known or after is None else _below_imports(changed, after, f"\n{QUOTE}")


def explain(source: str, names: Sequence[str], title: str) -> str:
    """Return a message where a refusal (400 to 499, but not 401) escapes from the functions of some interfaces."""
    tree = _parsed(source) or ast.Module([], [])
    imported = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    raised = next((ERRORS[name] for name in ERRORS if name in imported), None)
    wanted = {form for name in names for form in (name, re.sub("([A-Z])", r"_\1", name).lower())}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    refused = REFUSED.format(error=raised, title=title)
    return _edited(
        source, [e for node in found if raised and node.name in wanted for e in _guarded(source, node, refused)]
    )


def _guarded(source: str, function: ast.FunctionDef | ast.AsyncFunctionDef, refused: str) -> Iterator[Edit]:
    """Put the lines of a function's body into a ``try``; none where a text has several lines."""
    first = next((each for each in function.body if not _is_text(each)), function.body[0])
    last = function.body[-1].end_lineno or 0
    texts = (
        node for each in function.body for node in ast.walk(each) if isinstance(node, ast.Constant | ast.JoinedStr)
    )
    is_long = any(node.lineno >= first.lineno and node.lineno != node.end_lineno for node in texts)
    if first.lineno <= function.lineno or is_long:
        return
    begin, end, margin = _place(source, first.lineno, 0), _place(source, last + 1, 0), " " * first.col_offset
    body = source.encode()[begin:end].decode()
    if not body.endswith("\n"):
        body += "\n"
    yield begin, end, f"{margin}try:\n{indent(body, '    ')}{indent(refused, margin)}"


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def tell(source: str, title: str) -> str:
    """Give each result that is written out, and has neither message nor appointment, a message."""
    dicts = (node for node in ast.walk(_parsed(source) or ast.Module([], [])) if isinstance(node, ast.Dict))
    return _edited(source, [edit for each in dicts for edit in _told(source, each, title)])


def _told(source: str, result: ast.Dict, title: str) -> Iterator[Edit]:
    items = {getattr(key, "value", None): value for key, value in zip(result.keys, result.values, strict=True)}
    done = getattr(items.get("successful"), "value", None)
    if not isinstance(done, bool) or None in items or TELLS & items.keys():
        return
    text = f"Done in {title}." if done else f"{title} did not do this. Please try again later."
    end = _place(source, result.end_lineno or 0, result.end_col_offset or 0) - 1
    trailing = source.encode()[:end].rstrip().endswith(b",")
    message = f'{{"message": "{text}", "messageType": "{"success" if done else "warning"}", "ttl": 5000}}'
    yield end, end, f'{" " if trailing else ", "}"returnMessage": {message}'


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def _assigned(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _below_imports(source: str, tree: ast.Module, text: str) -> str:
    """Insert a text below the last of the first imports, or below the module's docstring."""
    lines = source.encode().splitlines(keepends=True)
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    doc = tree.body[:1] if ast.get_docstring(tree) else []
    last = (imports or doc or [None])[-1]
    place = sum(map(len, lines[: last.end_lineno])) if last is not None and last.end_lineno else 0
    above, below = source.encode()[:place].decode(), source.encode()[place:].decode()
    return f"{above.rstrip(chr(10))}{text}\n{below}" if place else f"{text.strip()}\n{below}"


def _asks(call: ast.Call) -> bool:
    """Return whether it is a request of the package ``requests``, as far as its name shows."""
    made = call.func
    return (
        isinstance(made, ast.Attribute)
        and made.attr in VERBS
        and isinstance(made.value, ast.Name)
        and made.value.id in CLIENTS
        and bool(call.args)
    )


def _is_limited(call: ast.Call) -> bool:
    return any(keyword.arg in ("timeout", None) for keyword in call.keywords)


def _limited(source: str, call: ast.Call, seconds: int) -> Edit:
    end = _place(source, call.end_lineno or 0, call.end_col_offset or 0) - 1
    trailing = source.encode()[:end].rstrip().endswith(b",")
    return end, end, f"{' ' if trailing else ', '}timeout={seconds}"


def _encoded(source: str, node: ast.AST) -> Iterator[Edit]:
    if not isinstance(node, ast.JoinedStr) or not any(_has_slash(part) for part in node.values):
        return
    begin, end = (
        _place(source, node.lineno, node.col_offset),
        _place(source, node.end_lineno or 0, node.end_col_offset or 0),
    )
    text = source.encode()[begin:end].decode()
    inner = "''" if '"' in text[:2] else '""'
    for name in IDS:
        text = text.replace(f"{{{name}}}", f"{{quote(str({name}), safe={inner})}}")
    if text != source.encode()[begin:end].decode():
        yield begin, end, text


def _has_slash(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and "/" in str(part.value)


def _place(source: str, line: int, column: int) -> int:
    return sum(len(each) for each in source.encode().splitlines(keepends=True)[: line - 1]) + column


def _edited(source: str, edits: Sequence[Edit]) -> str:
    whole = source.encode()
    for begin, end, text in sorted(edits, reverse=True):
        whole = whole[:begin] + text.encode() + whole[end:]
    changed = whole.decode()
    return changed if _parsed(changed) is not None else source
