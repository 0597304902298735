"""``greenroom mcp``: what a coding agent gets, through a real client and a real process."""

import asyncio
import importlib.util
import json
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue import HERE
from tests.greenroom.shell import COMMAND

BROKEN = str(HERE / "faulty" / "truth.no-wrong-logout.clio.py")
Session = tuple[str, list[str], list[Any]]
needs_mcp = pytest.mark.skipif(not importlib.util.find_spec("mcp"), reason="mcp is not installed")


def asked(*questions: tuple[str, Mapping[str, Any]]) -> tuple[list[str], list[Any]]:
    """Return the names of the tools, and what the tools answered: the data, or the sentence of an error.

    In a thread of its own: where a browser is open, the main thread has an event loop of that browser's.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(asyncio.wait_for(_asked(questions), 240))).result()


async def _asked(questions: tuple[tuple[str, Mapping[str, Any]], ...]) -> tuple[list[str], list[Any]]:
    from mcp import Client, StdioServerParameters, stdio_client  # noqa: PLC0415 - only where it is installed

    async with Client(stdio_client(StdioServerParameters(command=COMMAND, args=["mcp"]))) as client:
        tools = [tool.name for tool in (await client.list_tools()).tools]
        return tools, [_answer(await client.call_tool(name, dict(given))) for name, given in questions]


def _answer(result: Any) -> Any:
    return result.content[0].text if result.is_error else json.loads(result.content[0].text)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """One session with a server: the report's place, the tools, and what they answered."""
    report, nowhere = str(tmp_path_factory.mktemp("mcp") / "r.json"), "nowhere.json"
    one = {"target": BROKEN, "interface": "cancelAppointment", "crm": "clio"}
    tools, answers = asked(
        ("certify", {"target": BROKEN, "crm": "clio", "level": "documented", "report": report}),
        ("broken_promises", {"report": report}),
        ("explain_clause", {"clause": "truth.no-wrong-logout"}),
        ("call", {**one, "faults": ["status=503"]}),
        ("explain_clause", {"clause": "truth.no-wrong-logot"}),
        ("broken_promises", {"report": nowhere}),
        ("certify", {"target": "--level", "crm": "clio"}),
        ("replay", {"story": nowhere}),
    )
    return report, tools, answers


@pytest.mark.in_turn("mcp")
@needs_mcp
def test_an_agent_certifies_reads_what_is_broken_and_asks_why(session: Session) -> None:
    report, tools, (certified, broken, explained, *_) = session

    assert tools == ["certify", "call", "explain_clause", "broken_promises", "replay"]
    assert (certified["verdict"], certified["report"]) == ("not-certified", report)
    assert broken["broken"] == certified["broken"]
    assert "truth.no-wrong-logout" in [each["id"] for each in broken["broken"]]
    assert all(Path(BROKEN).name in each["at"] for each in broken["broken"])
    assert explained["clauses"][0]["strength"] == "must"


@pytest.mark.in_turn("mcp")
@needs_mcp
def test_an_agent_calls_with_a_fault_and_is_told_what_is_wrong(session: Session) -> None:
    _, _, (*_, called, unknown, missing, option, story) = session

    assert called["exit_code"] in (0, 1)
    assert "503" in called["output"]
    assert "did you mean 'truth.no-wrong-logout'?" in unknown
    assert "'nowhere.json' cannot be read" in missing
    assert "greenroom: " in option
    assert "nowhere.json" in story


def test_without_the_package_one_sentence_says_what_to_install() -> None:
    without = (
        "import sys; sys.modules['mcp'] = None\n"
        "import importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'mcp' else real(name, *more)\n"
        "sys.argv = ['greenroom', 'mcp']; from greenroom.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", without], capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "greenroom: the server needs the package mcp: pip install 'greenroom[mcp]'\n"
