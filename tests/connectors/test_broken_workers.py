"""Workers that break the protocol: exit 2 or the right outcome, never a hang. In both languages."""

import dataclasses
import sys
from pathlib import Path
from typing import Any

import pytest

from greenroom.connectors.bridges import process
from greenroom.connectors.bridges.bridge import Bridge
from greenroom.connectors.bridges.route import Route
from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import ProtocolError, WorkerError
from tests.catalogue import NEEDS_NODE, NODE

PYTHON = """
import json, os, socket, sys, time
port, secret = os.environ["GREENROOM_CHANNEL"].split(":")
how = os.environ["HOW"]
if how == "silent": time.sleep(60)
if how == "dies": sys.exit("no memory")
if how == "noisy": sys.stderr.write("warning\\n" * 100000)
channel = socket.create_connection(("127.0.0.1", int(port)))
def send(**message): channel.sendall((json.dumps(message) + "\\n").encode())
send(type="hello", protocol=9 if how == "version" else 1, secret="x" if how == "stranger" else secret, pid=1, runtime="fake")
for line in channel.makefile():
    asked = json.loads(line)
    if asked["type"] == "load":
        send(type="loaded", seq=asked["seq"], interfaces=["cancelAppointment"], cancellation=None, file=None, nested=[])
        continue
    for name in ("begin", "end"): pass
    if how == "garbage": channel.sendall(b"this is not json\\n")
    elif how == "wrong-seq": send(type="result", seq=asked["seq"] + 7, outcome="returned", value=1)
    elif how == "wrong-shape": send(type="result", seq=asked["seq"])
    elif how == "mid-call": os._exit(4)
    elif how == "mute": pass
    else: send(type="result", seq=asked["seq"], outcome="returned", value="well")
"""
JAVASCRIPT = """
const [port, secret] = process.env.GREENROOM_CHANNEL.split(':');
const how = process.env.HOW;
if (how === 'dies') { console.error('no memory'); process.exit(1); }
if (how === 'noisy') process.stderr.write('warning\\n'.repeat(100000));
if (how === 'silent') setTimeout(() => {}, 60000);
else {
  const channel = require('net').connect(Number(port), '127.0.0.1');
  const send = (message) => channel.write(JSON.stringify(message) + '\\n');
  send({ type: 'hello', protocol: how === 'version' ? 9 : 1, secret: how === 'stranger' ? 'x' : secret, pid: 1, runtime: 'fake' });
  channel.on('close', () => process.exit(0));
  require('readline').createInterface({ input: channel }).on('line', (line) => {
    const { type, seq } = JSON.parse(line);
    if (type === 'load') send({ type: 'loaded', seq, interfaces: ['cancelAppointment'], cancellation: null, file: null, nested: [] });
    else if (how === 'garbage') channel.write('this is not json\\n');
    else if (how === 'wrong-seq') send({ type: 'result', seq: seq + 7, outcome: 'returned', value: 1 });
    else if (how === 'wrong-shape') send({ type: 'result', seq });
    else if (how === 'mid-call') process.exit(4);
    else if (how !== 'mute') send({ type: 'result', seq, outcome: 'returned', value: 'well' });
  });
}
"""


@pytest.fixture(params=["python", pytest.param("node", marks=NEEDS_NODE)])
def open_with(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Return a function that opens a bridge over a worker that is broken in some way."""
    python = request.param == "python"
    worker = tmp_path / ("worker.py" if python else "worker.cjs")
    worker.write_text(PYTHON if python else JAVASCRIPT)
    (tmp_path / "c.py").write_text("")
    target = parse(str(tmp_path / "c.py"))
    command = (sys.executable,) if python else (str(NODE),)
    language = dataclasses.replace(target.language, worker=worker, command=command)
    route = Route(("app.clio.com",), (443,), 1, tmp_path / "ca.pem")
    return lambda how: Bridge(
        dataclasses.replace(target, language=language),
        route,
        {"cancelAppointment": {"required": (), "optional": ()}},
        env={"HOW": how},
    )


@pytest.mark.parametrize(
    ("how", "error", "sentence"),
    [
        ("silent", WorkerError, "did not report within 2 s"),
        ("dies", WorkerError, "no memory"),
        ("version", ProtocolError, "version 9 of the protocol"),
        ("stranger", WorkerError, "before it began"),
    ],
)
def test_workers_that_cannot_be_used(
    open_with: Any, how: str, error: type[Exception], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "silent":
        monkeypatch.setattr(process, "START_LIMIT", 2.0)
    with pytest.raises(error, match=sentence):
        open_with(how)


@pytest.mark.parametrize("how", ["garbage", "wrong-seq", "wrong-shape"])
def test_workers_that_break_the_protocol_in_a_call(open_with: Any, how: str) -> None:
    with open_with(how) as bridge, pytest.raises(ProtocolError, match="the worker"):
        bridge.call("cancelAppointment", {}, 10)


@pytest.mark.parametrize(
    ("how", "kind"), [("mid-call", "crashed"), ("mute", "timed-out"), ("noisy", "returned"), ("well", "returned")]
)
def test_workers_whose_calls_have_an_outcome(open_with: Any, how: str, kind: str) -> None:
    with open_with(how) as bridge:
        assert bridge.call("cancelAppointment", {}, 1 if how == "mute" else 20).outcome["kind"] == kind
