"""Cost of a simulator's request against a plain Flask route on the same server (hold: at most 1.4x; growth 1.2x)."""

from collections.abc import Callable

from flask import Flask, Response, jsonify, request

from benchmarks.timing import Client, each, median_ratio, micro, quiet_ratio
from greenroom.simulators import CRMS
from greenroom.simulators.core.server import Listener
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import World

COUNT = 400


def plain() -> Flask:
    """A route that does the least that a handler of such a request must: parse, look up, answer JSON."""
    app = Flask("plain")
    store: dict[str, dict[str, object]] = {"1": {"id": "1", "etag": "x"}}

    def show(key: str) -> Response:
        return jsonify({"data": store[key]})

    def change(key: str) -> Response:
        store[key] = {**store[key], **request.get_json()["data"]}
        return jsonify({"data": store[key]})

    app.add_url_rule("/api/v4/calendar_entries/<key>", view_func=show, methods=["GET"])
    app.add_url_rule("/api/v4/calendar_entries/<key>", view_func=change, methods=["PATCH"])
    return app


def measure() -> dict[str, str]:
    listener = Listener(plain(), lambda _: ([], b""), "127.0.0.1", 0, None)
    figures: dict[str, str] = {}
    with Simulator(CRMS["clio"]) as simulator:
        world = simulator.current
        world.flip({"rate-limit": "off"})
        fake = Client(simulator.port or 0, {"Authorization": world.log_in("owner").auth_header})
        bare = Client(listener.port, {"Content-Type": "application/json"})
        path = f"/api/v4/calendar_entries/{world.appointments['target']}"
        figures |= _compare("GET", lambda: fake.ask("GET", path), lambda: bare.ask("GET", "/api/v4/calendar_entries/1"))
        body = '{"data": {"location": "Room 1"}}'
        patch = lambda: fake.ask("PATCH", path, body)  # noqa: E731
        figures |= _compare("PATCH", patch, lambda: bare.ask("PATCH", "/api/v4/calendar_entries/1", body))
        times = each(lambda: fake.ask("GET", path), 2000)
        figures["clio GET, 99th percentile of 2,000"] = micro(times[-20])
        figures |= _growth(simulator)
        fake.close()
        bare.close()
    listener.close()
    return figures


def _compare(name: str, fake: Callable[[], object], bare: Callable[[], object]) -> dict[str, str]:
    ours, theirs, ratio = quiet_ratio(fake, bare, COUNT)
    return {f"clio {name} / plain Flask {name}": f"{micro(ours)} / {micro(theirs)} = {ratio:.2f}x"}


def _growth(simulator: Simulator) -> dict[str, str]:
    def cancelling(world: World, first: int) -> Callable[[], object]:
        ids = iter(range(first, first + 10_000))
        simulator.current = world
        token = world.log_in("owner").auth_header
        client = Client(simulator.port or 0, {"Authorization": token})
        return lambda: client.ask("DELETE", f"/api/v4/calendar_entries/{next(ids)}")

    worlds = [filled(simulator, number) for number in (2_900, 12_800)]
    small, large, _ = median_ratio(cancelling(worlds[0], 0), cancelling(worlds[1], 0), 400)
    told = f"{micro(large)} / {micro(small)} = {large / small:.2f}x"
    return {"clio DELETE among 10,000 to 12,800 / among 100 to 2,900": told, **_many_worlds(simulator)}


def _many_worlds(simulator: Simulator) -> dict[str, str]:
    """Compare a read with 1,000 worlds in the server to one with few."""
    world = simulator.current
    client = Client(simulator.port or 0, {"Authorization": world.log_in("owner").auth_header})
    path = f"/api/v4/calendar_entries/{world.appointments['target']}"
    few = each(lambda: client.ask("GET", path), 1000)[500]
    for _ in range(1000):
        simulator.new_world()
    many = each(lambda: client.ask("GET", path), 1000)[500]
    return {"clio GET with 1,000 worlds / with few": f"{micro(many)} / {micro(few)} = {many / few:.2f}x"}


def filled(simulator: Simulator, records: int) -> World:
    """Return a world of so many entries with the ids 0, 1, 2 and so on, without the rate limit."""
    world = simulator.new_world(switches={"rate-limit": "off"})
    template = world.store.get("calendar_entries", world.appointments["target"]) or {}
    with world.store.commit() as commit:
        for key in range(records):
            commit.insert("calendar_entries", str(key), {**template, "id": str(key)})
    return world
