"""Saved worlds: as documents, and in a file that survives the end of the process."""

import json
import os
import re
import signal
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from greenroom.simulators import CRMS
from greenroom.simulators.core import oauth, snapshot
from greenroom.simulators.core.grants import Code
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.state import StateError, StateFile
from tests.fakes import ENTRIES, EVENTS, Fake
from tests.greenroom.shell import COMMAND

BODY = {
    "data": {
        "summary": "N",
        "start_at": "2027-01-01T10:00:00Z",
        "end_at": "2027-01-01T11:00:00Z",
        "calendar_owner": {"id": 6101},
    }
}


@pytest.mark.parametrize("crm", ["clio", "netsuite"])
def test_a_document_holds_a_whole_world(crm: str, request: pytest.FixtureRequest) -> None:
    """Saved as JSON and loaded into another simulator: records, tokens, gone ids, clock, switches."""
    fake: Fake = request.getfixturevalue(crm)
    fake.ask("DELETE", fake.entry())
    fake.world.clock.advance(600)
    name, switch = next(iter(fake.world.profile.switches.items()))
    fake.world.flip({name: switch.values[1]})
    document = json.loads(json.dumps(snapshot.dump(fake.world)))
    with Simulator(CRMS[crm]) as other:
        world = other.load(document)
        assert snapshot.dump(world) == snapshot.dump(fake.world)
        again = Fake(other)
        again.headers = fake.headers

        assert again.ask("GET", fake.entry()).status_code == 404
        assert again.ask("GET", fake.entry("longer-id")).status_code == 200
        assert other.crm.state(world, fake.world.appointments["target"]) == "removed"
        assert world.secrets.mask(fake.login.token) == "<owner.accessToken>"


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"number": 1, "site": "us"},
        {"number": "1", "site": "us"},
        {"number": 1, "site": "moon"},
        {"number": 1, "site": "us", "format": 9, "crm": "clio"},
    ],
)
def test_other_documents_are_refused_and_change_nothing(clio: Fake, document: Any) -> None:
    with pytest.raises(snapshot.DocumentError, match="no saved world of clio"):
        clio.simulator.load(document)

    assert clio.ask("GET", clio.entry()).status_code == 200


def _broken(name: str, document: dict[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "nothing gone": {k: v for k, v in document.items() if k != "gone"},
        "nobody": {**document, "people": {}},
        "token without zone": {
            **document,
            "tokens": [{**token, "expires_at": "2030-01-01T00:00:00"} for token in document["tokens"]],
        },
        "clock out of range": {**document, "clock": {"offset": 1e300, "frozen": None}},
        "records that are none": {**document, "records": {"calendar_entries": {"1": "text"}}},
    }
    return dict(changes[name])


@pytest.mark.parametrize(
    "name", ["nothing gone", "nobody", "token without zone", "clock out of range", "records that are none"]
)
def test_a_refused_document_leaves_the_world_and_its_file_as_they_were(tmp_path: Path, name: str) -> None:
    """Its tokens lead to the world that is there, and the next start finds that one."""
    path = tmp_path / "state.db"
    with closing(StateFile(path)) as state, Simulator(CRMS["clio"], state=state) as simulator:
        fake = Fake(simulator)
        good = json.loads(json.dumps(snapshot.dump(fake.world)))
        with pytest.raises(snapshot.DocumentError, match="no saved world of clio"):
            simulator.load(_broken(name, good))

        assert fake.ask("GET", fake.entry()).status_code == 200
        assert simulator.worlds == {fake.world.name: fake.world}
    with closing(StateFile(path)) as state:
        assert state.documents("clio") == [good]


def test_a_world_is_replaced_in_one_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever a reset or a load is killed, the file holds the world whole; a late commit of the old one is not in."""
    path = tmp_path / "state.db"
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def remembered(*words: Any, **more: Any) -> sqlite3.Connection:
        made.append(connect(*words, **more))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", remembered)
    with closing(StateFile(path)) as state, Simulator(CRMS["clio"], state=state) as simulator:
        old, seen = simulator.current, []
        with closing(connect(path)) as reader:
            count = "SELECT (SELECT count(*) FROM worlds), (SELECT count(*) FROM records)"
            whole = reader.execute(count).fetchone()
            made[0].set_trace_callback(lambda _: seen.append(reader.execute(count).fetchone()))
            simulator.load(json.loads(json.dumps(snapshot.dump(simulator.reset(old)))))
            made[0].set_trace_callback(None)
        with old.store.commit() as commit:
            commit.insert("calendar_entries", "999999", {"late": True})

        assert len(seen) > 6
        assert set(seen) == {whole}
        assert "999999" not in state.documents("clio")[0]["records"]["calendar_entries"]


@pytest.mark.in_turn
def test_worlds_are_noted_while_they_change(tmp_path: Path) -> None:
    """Many log in at a time: nobody trips over another one, and the last note holds what all of them did."""
    path = tmp_path / "state.db"
    with closing(StateFile(path)) as state, Simulator(CRMS["clio"], state=state) as simulator:
        world = simulator.current

        def enter(number: int) -> str:
            code = oauth.authorize(world, "owner", f"http://127.0.0.1/{number}")
            if number % 2:
                oauth.redeem(world, {"code": code, "redirect_uri": f"http://127.0.0.1/{number}"})
            return code

        with ThreadPoolExecutor(16) as pool:
            codes = list(pool.map(enter, range(400)))
        simulator.note(world)
        kept = state.documents("clio")[0]

        assert set(kept["grants"]["codes"]) == set(codes[::2])
        assert len(kept["tokens"]) == 200


def test_a_world_is_written_out_while_a_code_is_made(clio: Fake) -> None:
    """Another request makes one at the very moment that a code is written."""
    codes = clio.world.grants.codes

    class Meanwhile(datetime):
        def isoformat(self, *words: Any, **more: Any) -> str:
            codes["other"] = Code("owner", "", clio.world.clock.now())
            return super().isoformat(*words, **more)

    codes["one"] = Code("owner", "", Meanwhile(2030, 1, 1, tzinfo=UTC))

    assert list(snapshot.rest(clio.world)["grants"]["codes"]) == ["one"]


def test_the_current_world_stays_the_current_one(tmp_path: Path) -> None:
    """Over a restart, and while another one is reset."""
    path = tmp_path / "state.db"
    with closing(StateFile(path)) as state, Simulator(CRMS["clio"], state=state) as simulator:
        first, second = simulator.current, simulator.new_world()
        simulator.new_world()
        simulator.current = second
        simulator.reset(first)

        assert simulator.current is second
        assert simulator.reset(second) is simulator.current
    with closing(StateFile(path)) as state, Simulator(CRMS["clio"], state=state) as simulator:
        assert simulator.current.name == second.name
        assert list(simulator.worlds) == ["clio-1", "clio-2", "clio-3"]


def test_a_reset_world_is_as_it_was_seeded_and_its_tokens_count_on(clio: Fake) -> None:
    clio.ask("DELETE", clio.entry())
    clio.world.clock.advance(60)
    fresh = clio.simulator.reset(clio.world)

    assert clio.ask("GET", clio.entry()).status_code == 200
    assert len(fresh.journal) == 1
    assert clio.simulator.worlds == {fresh.name: fresh}


def test_the_file_brings_worlds_back(tmp_path: Path) -> None:
    """Several worlds, in order; ids are never given again, tokens go on counting, a revoked one stays revoked."""
    path = tmp_path / "state.db"
    state = StateFile(path)
    with Simulator(CRMS["clio"], state=state) as first:
        fake = Fake(first)
        made = fake.ask("POST", f"{ENTRIES}.json", json=BODY).json()["data"]["id"]
        fake.ask("DELETE", f"{ENTRIES}/{made}.json")
        fake.ask("PATCH", fake.entry(), json={"data": {"location": "kept"}})
        other = first.new_world(site="eu")
        gone = other.log_in("owner")
        bye = {"Authorization": gone.auth_header}
        requests.post(f"{fake.url}/oauth/deauthorize", data={"token": gone.token}, headers=bye, timeout=60)
    state.close()
    state = StateFile(path)
    with Simulator(CRMS["clio"], state=state) as second:
        again = Fake(second)
        again.headers = fake.headers

        assert list(second.worlds) == ["clio-1", "clio-2"]
        assert second.worlds["clio-2"].site.name == "eu"
        assert again.ask("GET", fake.entry(), params={"fields": "location"}).json()["data"] == {"location": "kept"}
        assert again.ask("POST", f"{ENTRIES}.json", json=BODY).json()["data"]["id"] == str(int(made) + 1)
        assert again.ask("GET", fake.entry(), headers=bye).status_code == 401
        assert second.new_world().name == "clio-3"
    state.close()


def test_a_commit_that_cannot_be_kept_is_not_acknowledged(tmp_path: Path) -> None:
    """The disk fails: the client hears of an error, and nothing has changed."""
    state = StateFile(tmp_path / "state.db")
    with Simulator(CRMS["netsuite"], state=state) as simulator:
        fake = Fake(simulator)
        state.close()
        answer = fake.ask("PATCH", fake.entry(), json={"status": "CANCELLED"})

        assert answer.status_code == 503
        assert "cannot be written" in answer.json()["o:errorDetails"][0]["detail"]
        assert fake.record()["status"] == "CONFIRMED"


@pytest.mark.parametrize("content", [b"this is no database, only text that is long enough to be looked at" * 20, None])
def test_files_that_cannot_be_used(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "f" if content else tmp_path
    if content:
        path.write_bytes(content)

    with pytest.raises(StateError, match="cannot be used"):
        StateFile(path)


@pytest.mark.parametrize("made", ["CREATE TABLE worlds (a)", "CREATE TABLE albums (name TEXT)"])
def test_other_databases_are_refused_and_left_alone(tmp_path: Path, made: str) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute(made)
    before = path.read_bytes()
    done = subprocess.run(
        [COMMAND, "serve", "clio", "--state", str(path)], capture_output=True, text=True, timeout=30, check=False
    )

    assert done.returncode == 2
    assert re.fullmatch(r"greenroom: state file .* cannot be used: .*; name another one with --state\n", done.stderr)
    assert path.read_bytes() == before


def test_a_state_file_with_a_damaged_document_is_refused(tmp_path: Path) -> None:
    with closing(StateFile(tmp_path / "f")) as state:
        with closing(sqlite3.connect(tmp_path / "f")) as database, database:
            database.execute("INSERT INTO worlds VALUES ('clio-1', 'clio', 'no JSON')")

        with pytest.raises(StateError, match="cannot be used"):
            state.documents("clio")


def serve(path: Path) -> tuple["subprocess.Popen[str]", Any]:
    command = [COMMAND, "serve", "netsuite", "--json", "--state", str(path), "--switch", "concurrency=off"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, json.loads(process.stdout.readline())


@pytest.mark.in_turn
def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    """Killed in the middle of writing: every event that was answered with 204 is there after the next start."""
    path = tmp_path / "state.db"
    process, told = serve(path)
    headers, acknowledged = {"Authorization": told["authHeader"]}, []
    with requests.Session() as session:
        for number in range(40):
            answer = session.post(told["url"] + EVENTS, json={"title": f"event {number}"}, headers=headers, timeout=60)
            acknowledged.append(answer.headers["Location"].rsplit("/", 1)[1])
        os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    again, told = serve(path)
    try:
        titles = [
            requests.get(f"{told['url']}{EVENTS}/{key}", headers=headers, timeout=60).json()["title"]
            for key in acknowledged
        ]
    finally:
        again.terminate()
        again.communicate(timeout=60)

    assert titles == [f"event {number}" for number in range(40)]
    assert path.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
