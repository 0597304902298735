"""A plain Flask application in a process of its own: the least that a fake written by hand would cost.

It is served twice, by a simulator's listener and by cheroot's own server; the first line tells both ports.
"""

import json
import sys
import threading

from cheroot.wsgi import Server
from flask import Flask, Response, jsonify, request

from greenroom.simulators.core.server import Listener

PATH = "/api/v4/calendar_entries/1"
LISTENER, CHEROOT = "the same listener", "cheroot's own server"


def plain() -> Flask:
    """A route that does the least that a handler of such a request must: parse, look up, answer JSON."""
    app = Flask("plain")
    texts = dict.fromkeys(("etag", "summary", "description", "start_at", "end_at"), "Hearing on motion")
    store: dict[str, dict[str, object]] = {"1": {"id": "1", **texts}}

    def show(key: str) -> Response:
        return jsonify({"data": store[key]})

    def change(key: str) -> Response:
        store[key] = {**store[key], **request.get_json()["data"]}
        return jsonify({"data": store[key]})

    app.add_url_rule("/api/v4/calendar_entries/<key>", view_func=show, methods=["GET"])
    app.add_url_rule("/api/v4/calendar_entries/<key>", view_func=change, methods=["PATCH"])
    return app


def main() -> None:
    """Serve until the input ends."""
    listener = Listener(plain(), lambda _: ([], b""), "127.0.0.1", 0, None)
    server = Server(("127.0.0.1", 0), plain())
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    print(json.dumps({LISTENER: listener.port, CHEROOT: server.bind_addr[1]}), flush=True)
    sys.stdin.read()
    server.stop()
    listener.close()


if __name__ == "__main__":
    main()
