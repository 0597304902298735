"""Changes to a connector in Python. Each takes a source and returns the changed one, or the same."""

import ast
from collections.abc import Iterator, Sequence

VERBS = ("get", "post", "put", "patch", "delete", "head", "request")
CLIENTS = ("requests", "session", "Session")
IDS = ("appointment_id", "appointmentId")
QUOTE = "from urllib.parse import quote"

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
