"""Greenroom on Linux, macOS and Windows: what differs stands in few places, and files can be checked out anywhere."""

import ast
import re
import subprocess
from pathlib import Path

from tests.test_architecture import FILES, ROOT, guilty, module, nodes

HOLDERS = {
    "simulators.core.systems",
    "connectors.bridges.systems",
    "connectors.bridges.virtual_time",  # a library that each system has at its own place
    "greenroom.cli.isolation",  # --isolate says itself that it needs Linux
}
WORKERS = "connectors.bridges.workers"
"""Single files inside a connector's process, which import nothing of ours; they ask before they use a name."""
SOME_ONLY = re.compile(
    r"""select\.(e?poll|kqueue|POLL\w+) | SO_REUSE(PORT|ADDR) | SO_LINGER | SO_EXCLUSIVE\w+ | \bkillpg\b | SIG(KILL|HUP|STOP|CONT|USR\d|ALRM)\b
    | pthread_sigmask | os\.(fork|getuid|getgid|geteuid|getpgrp|getpgid|setsid|tcgetpgrp|sched_\w+|mkfifo|waitpid|uname|kill|chown)\b
    | (send|recv)_fds | AF_UNIX | sys\.platform | os\.name\b | /proc\b | /dev/ | /tmp\b""",
    re.VERBOSE,
)
SIGNALS_BY_NAME = {"connectors.bridges.bridge"}  # asks for SIGSTOP and SIGCONT, and is told where there is none
SOME_ONLY_MODULES = {"fcntl", "msvcrt", "resource", "pwd", "grp", "termios", "tty", "pty", "winreg"}


def test_what_only_some_systems_have_is_used_in_few_places() -> None:
    found = guilty(lambda path: set(raw(path)) if module(path) not in HOLDERS | SIGNALS_BY_NAME else ())

    assert {name: what for name, what in found.items() if not name.startswith(WORKERS)} == {}


def raw(path: Path) -> list[str]:
    """Return the names in a file's code that only some systems have; its prose may speak of them."""
    code = [node for node in nodes(path) if isinstance(node, (ast.Attribute, ast.Constant, ast.Import))]
    return [text for node in code for text in hits(node)]


def hits(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name in SOME_ONLY_MODULES]
    text = str(node.value) if isinstance(node, ast.Constant) else ast.unparse(node)
    return [] if "\n" in text or " " in text else [found[0] for found in SOME_ONLY.finditer(text)]


def test_texts_are_read_and_written_as_utf_8() -> None:
    """Windows takes another encoding where none is named."""

    def unnamed(path: Path) -> list[str]:
        calls = [node for node in nodes(path) if isinstance(node, ast.Call)]
        named = [(call, ast.unparse(call.func).rpartition(".")[2]) for call in calls]
        least = {"read_text": 1, "write_text": 2}
        return [
            ast.unparse(call)
            for call, name in named
            if name in least and len(call.args) < least[name] and "encoding" not in {word.arg for word in call.keywords}
        ]

    assert guilty(unnamed) == {}


def test_what_is_written_has_the_same_bytes_everywhere() -> None:
    """Windows writes other line ends where none are named; then a certificate's digest is of another text."""

    def unnamed(path: Path) -> list[str]:
        calls = [node for node in nodes(path) if isinstance(node, ast.Call)]
        writes = [call for call in calls if ast.unparse(call.func).endswith(".write_text")]
        return [ast.unparse(call) for call in writes if "newline" not in {word.arg for word in call.keywords}]

    found = guilty(unnamed)
    assert {name for name in found if name not in LINE_ENDS_OF_THE_SYSTEM} == set()


LINE_ENDS_OF_THE_SYSTEM = {
    "greenroom.suggest.trial",  # a copy of the user's own source
    "greenroom.cli.isolation",  # Linux alone
}


def test_every_file_can_be_checked_out_on_windows() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = listed.splitlines()

    assert FILES
    assert [name for name in names if re.search(r'[<>:"|?*\\]|[. ]$', name)] == []
    assert [name for name in names if len(name) > 150] == []
    assert len({name.lower() for name in names}) == len(names)
