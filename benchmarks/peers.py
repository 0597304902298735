"""Throughput against moto's server on the same work, each in a process of its own (hold: at least 4x)."""

import contextlib
import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from benchmarks.timing import each
from benchmarks.wire import FIELDS, Wire, clio_requests, serving_clio, written

COUNT = 1500


def measure() -> dict[str, str]:
    moto = shutil.which("moto_server")
    if moto is None:
        return {"moto": "not measured: no moto_server on the PATH (pip install 'moto[server]')"}
    with serving_clio() as (port, told), _moto(moto) as peer:
        ours, theirs = _ours(port, told), _theirs(peer)
        figures = _by_wrk(told, peer) if shutil.which("wrk") else {}
        for name in ("read", "update"):
            first, second = _rate(ours[name]), _rate(theirs[name])
            figures[f"{name}: clio / moto DynamoDB, a Python client"] = (
                f"{first:.0f}/s / {second:.0f}/s = {first / second:.1f}x"
            )
    return figures


def _by_wrk(told: Mapping[str, Any], peer: int) -> dict[str, str]:
    """Measure reads with wrk, whose own cost is next to nothing: medians of three rounds in turn."""
    path = f"/api/v4/calendar_entries/{told['appointmentId']}.json?{FIELDS}"
    ours = ["-H", f"Authorization: {told['authHeader']}", told["url"] + path]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write("".join(f'wrk.headers["{k}"] = "{v}"\n' for k, v in dynamo_headers("GetItem").items()))
        script.write('wrk.method = "POST"; wrk.body = [[{"TableName": "t", "Key": {"id": {"S": "1"}}}]]\n')
        script.flush()
        theirs = ["-s", script.name, f"http://127.0.0.1:{peer}/"]
        pairs = [(_wrk(ours), _wrk(theirs)) for _ in range(3)]
    first, second = (sorted(side)[1] for side in zip(*pairs, strict=True))
    return {"read: clio / moto DynamoDB, by wrk": f"{first:.0f}/s / {second:.0f}/s = {first / second:.1f}x"}


def _wrk(words: list[str]) -> float:
    done = subprocess.run(["wrk", "-t1", "-c1", "-d3s", *words], capture_output=True, text=True, check=True)
    return float(done.stdout.split("Requests/sec:")[1].split()[0])


def _rate(work: Callable[[], object]) -> float:
    each(work, 100)
    return 1 / each(work, COUNT)[COUNT // 2]


def _ours(port: int, told: Mapping[str, Any]) -> dict[str, Callable[[], object]]:
    wire, (get, patch) = Wire(port), clio_requests(told)
    return {"read": lambda: wire.ask(get), "update": lambda: wire.ask(patch)}


def _theirs(port: int) -> dict[str, Callable[[], object]]:
    key = {"id": {"S": "1"}}
    table = {
        "TableName": "t",
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
    }
    text = {name: {"S": "Hearing on motion"} for name in ("summary", "description", "start_at", "end_at")}
    _dynamo(port, "CreateTable", table)
    _dynamo(port, "PutItem", {"TableName": "t", "Item": {**key, **text}})
    values = {":v": {"S": "Room 1"}}
    change = {"TableName": "t", "Key": key, "UpdateExpression": "SET place = :v", "ExpressionAttributeValues": values}
    return {
        "read": lambda: _dynamo(port, "GetItem", {"TableName": "t", "Key": key}),
        "update": lambda: _dynamo(port, "UpdateItem", change),
    }


def _dynamo(port: int, action: str, body: dict[str, Any]) -> int:
    """Call moto on a new connection, as its server closes each one after its answer."""
    wire = Wire(port)
    status = wire.ask(written("POST", "/", dynamo_headers(action), json.dumps(body)))
    wire.close()
    assert status == 200, action
    return status


def dynamo_headers(action: str) -> dict[str, str]:
    signed = "Credential=a/20270101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=x"
    return {
        "X-Amz-Target": f"DynamoDB_20120810.{action}",
        "Content-Type": "application/x-amz-json-1.0",
        "Authorization": f"AWS4-HMAC-SHA256 {signed}",
    }


@contextlib.contextmanager
def _moto(command: str) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([command, "-H", "127.0.0.1", "-p", str(port)], **quiet) as process:  # type: ignore[call-overload]
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield port
        process.terminate()
