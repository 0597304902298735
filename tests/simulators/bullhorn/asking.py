"""Short ways to ask a fake Bullhorn."""

from typing import Any

import requests

from tests.fakes import Fake

SHOWN = "id,subject,description,dateBegin,dateEnd,isDeleted"
HOUR = 3_600_000


def call(fake: Fake, method: str, path: str, **more: Any) -> requests.Response:
    """Make a call below the account's address."""
    return fake.ask(method, f"{fake.api}/{path}", **more)


def show(fake: Fake, role: str = "target", fields: str = SHOWN) -> requests.Response:
    """Show an appointment of the seed."""
    return fake.ask("GET", fake.entry(role), params={"fields": fields})


def data(fake: Fake, role: str = "target", fields: str = SHOWN) -> Any:
    """Return what is shown of an appointment of the seed."""
    answer = show(fake, role, fields)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def change(fake: Fake, body: Any, role: str = "target") -> requests.Response:
    """Change an appointment of the seed."""
    return fake.ask("POST", fake.entry(role), json=body)


def create(fake: Fake, body: Any, entity: str = "Appointment") -> requests.Response:
    """Make an appointment, or invite somebody."""
    return call(fake, "PUT", f"entity/{entity}", json=body)


def query(fake: Fake, where: str, entity: str = "Appointment", **args: Any) -> requests.Response:
    """Find records by a condition."""
    return call(fake, "GET", f"query/{entity}", params={"where": where, "fields": "id", **args})


def ids(answer: requests.Response) -> list[int]:
    """Return the ids of a list."""
    assert answer.status_code == 200, answer.text
    return [each["id"] for each in answer.json()["data"]]
