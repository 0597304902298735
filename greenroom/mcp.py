"""The server of ``greenroom mcp``: commands as tools of the Model Context Protocol, for coding agents.

Each command runs in a process of its own: nothing that a connector prints can reach the protocol on stdout.
"""

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from fnmatch import fnmatchcase
from functools import wraps
from pathlib import Path
from typing import Any, Protocol

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.run.rejudge import StoredError, load
from greenroom.contracts.run.waivers import like_clause

INSTRUCTIONS = (
    "Greenroom judges App Connect connectors against fake CRMs. Certify the connector, read the broken promises with "
    "the connector's own lines (at), explain a clause where its reason is unclear, change the connector, and certify "
    "again. Never change the connector so that it recognises the test."
)


def server() -> MCPServer[Any]:
    """Return the server with its tools."""
    found: MCPServer[Any] = MCPServer("greenroom", instructions=INSTRUCTIONS)
    for tool in (certify, call, explain_clause, broken_promises, replay):
        found.tool()(_told(tool))
    return found


class _Tool(Protocol):
    __name__: str

    def __call__(self, *words: Any, **options: Any) -> dict[str, Any]: ...


def _told(tool: _Tool) -> _Tool:
    """Return a tool that answers a wrong question with the sentence that says what to do."""

    @wraps(tool)
    def telling(*words: Any, **options: Any) -> dict[str, Any]:
        try:
            return tool(*words, **options)
        except StoredError as error:
            raise ToolError(str(error)) from None

    return telling


def certify(
    target: str,
    crm: str,
    level: str = "resilient",
    interfaces: Sequence[str] = (),
    report: str | None = None,
    runtime: str = "",
) -> dict[str, Any]:
    """Certify a connector: the verdict, the level reached, and each broken promise with the connector's line.

    target: the path of the connector. crm: clio, netsuite, bullhorn or an installed one. level: runtime, documented or
    resilient. report: a .json file to keep the whole report in. runtime: the command that runs the connector.
    """
    with tempfile.TemporaryDirectory(prefix="greenroom-") as folder:
        file = report or str(Path(folder, "report.json"))
        chosen = [word for name in interfaces for word in ("--interface", name)]
        options = ["--crm", crm, "--level", level, "--runtime", runtime, "--report", f"json:{file}", *chosen]
        done = _greenroom("certify", "--quiet", *options, "--", target)
        if done["exit_code"] not in (0, 1):
            raise ToolError(done["errors"])
        stored = load(file)
    found = {name: stored[name] for name in ("verdict", "reached", "seed", "counts")}
    return {**found, "report": report, "broken": _broken(stored, "must")}


def call(
    target: str, interface: str, crm: str, params: str = "{}", faults: Sequence[str] = (), runtime: str = ""
) -> dict[str, Any]:
    """Call one interface of a connector once, with faults if wanted, and show everything that was observed.

    interface: such as cancelAppointment. params: JSON with inputs that replace the prepared ones. faults: such as
    'reset,stage=after-commit'.
    """
    injected = [word for fault in faults for word in ("--fault", fault)]
    return _judged("call", "--crm", crm, f"--params={params}", "--runtime", runtime, *injected, "--", target, interface)


def explain_clause(clause: str) -> dict[str, Any]:
    """Explain a clause (a promise): its title, level, strength, source, reason, and a bad and a good line.

    clause: its id, or a glob such as 'truth.*'.
    """
    found = [each for each in CLAUSES if fnmatchcase(each.id, clause)]
    if not found:
        raise ToolError(f"no clause matches '{clause}'; {like_clause(clause)}")
    told = ("id", "title", "level", "strength", "interfaces", "why", "bad", "good")
    return {
        "clauses": [{**{name: getattr(each, name) for name in told}, "source": asdict(each.source)} for each in found]
    }


def broken_promises(report: str, advice: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - a tool's field
    """Return the broken promises of a stored .json report, each with the connector's own line (at) and the evidence.

    advice: also those that are advice only.
    """
    stored = load(report)
    broken = [*_broken(stored, "must"), *(_broken(stored, "should") if advice else ())]
    return {"verdict": stored["verdict"], "target": stored["target"]["name"], "broken": broken}


def replay(story: str, target: str | None = None) -> dict[str, Any]:
    """Replay a story that 'greenroom fuzz' has kept, with its own connector or with another target.

    The exit code is 1 if a promise still breaks, 0 if all hold.
    """
    return _judged("replay", "--", story, *([target] if target else []))


def _broken(stored: Mapping[str, Any], strength: str) -> list[dict[str, Any]]:
    """Return the violations of a report, each with its promise. Those that are alike are there once."""
    found = {}
    for clause in stored["clauses"]:
        if clause["outcome"] == "failed" and clause["strength"] == strength:
            promise = {name: clause[name] for name in ("id", "interface", "title", "strength")}
            for each in reversed(clause["violations"]):
                shown = {name: each.get(name) for name in ("at", "scenario", "expected", "got", "hint")}
                key = (clause["id"], clause["interface"], each.get("at"), each["expected"], each["got"])
                found[key] = {**promise, **shown, "wire": each["evidence"]["exchange"]}
    return list(found.values())


def _judged(*words: str) -> dict[str, Any]:
    """Run a command that judges.

    Raises:
        ToolError: it could not be judged.

    """
    done = _greenroom(*words)
    if done["exit_code"] not in (0, 1):
        raise ToolError(done["errors"] or done["output"])
    return done


def _greenroom(*words: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "greenroom", *words]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return {"exit_code": done.returncode, "output": done.stdout, "errors": done.stderr.strip()}
