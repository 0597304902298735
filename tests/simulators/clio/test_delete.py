from tests.fakes import Fake


def test_delete_is_204_and_for_good(clio: Fake) -> None:
    """A deleted entry is gone: for reading, for changing, and in the change list."""
    answer = clio.ask("DELETE", clio.entry())

    assert (answer.status_code, answer.content) == (204, b"")
    assert clio.ask("GET", clio.entry()).status_code == 404
    assert clio.ask("PATCH", clio.entry(), json={"data": {"summary": "back"}}).status_code == 404
    assert [(c.field, c.after) for c in clio.world.journal.since()[0].changes] == [("*", None)]


def test_second_delete_is_404(clio: Fake) -> None:
    clio.ask("DELETE", clio.entry())
    again = clio.ask("DELETE", clio.entry())

    assert again.status_code == 404
    assert again.json() == {"error": {"type": "NotFoundError", "message": "Not Found"}}


def test_only_the_named_entry_goes(clio: Fake) -> None:
    for role in ("shorter-id", "longer-id"):
        assert clio.ask("DELETE", clio.entry(role)).status_code == 204
        assert clio.record(role) is None
    assert clio.record("target") is not None


def test_an_id_is_never_given_twice(clio: Fake) -> None:
    """A new entry never takes the place of a deleted one."""
    body = {
        "data": {
            "summary": "New",
            "start_at": "2027-01-01T10:00:00Z",
            "end_at": "2027-01-01T11:00:00Z",
            "calendar_owner": {"id": 6101},
        }
    }
    ids = []
    for _ in range(3):
        ids.append(clio.ask("POST", "/api/v4/calendar_entries.json", json=body).json()["data"]["id"])
        clio.ask("DELETE", f"/api/v4/calendar_entries/{ids[-1]}.json")

    assert len(set(ids)) == 3
