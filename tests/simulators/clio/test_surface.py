"""What the surface calls simulated is used: it changes a response or a record, or is refused."""

import pytest

from greenroom.simulators.clio.surface import SURFACE
from greenroom.simulators.core.surface import SIMULATED, Operation
from tests.fakes import Fake

LISTS = [o for o in SURFACE if o.method == "GET" and o.path.count("/") == 3 and o.klass == SIMULATED]
WRITES = [o for o in SURFACE if "calendar_entries" in o.path and o.fields]


@pytest.mark.parametrize("operation", LISTS, ids=str)
def test_every_parameter_of_a_list_is_used(clio: Fake, operation: Operation) -> None:
    """A value that nothing has, or that cannot be read, changes the response."""
    plain = clio.ask("GET", operation.path)
    shown = plain.json()["data"]
    unusual = {"order": "id(up)", "exclude_ids[]": str(shown[0]["id"]) if shown else ""}
    for name, klass in operation.parameters.items():
        if klass == SIMULATED and shown:
            other = clio.ask("GET", operation.path, params={name: unusual.get(name, "~nothing~")})
            assert other.text != plain.text, name


@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_every_field_of_a_write_is_used(clio: Fake, operation: Operation) -> None:
    """A value of another kind is refused, or changes the entry."""
    whole = {
        "summary": "New",
        "start_at": "2028-01-01T10:00:00Z",
        "end_at": "2028-01-01T11:00:00Z",
        "calendar_owner": {"id": 6101},
    }
    for name, klass in operation.fields.items():
        if klass == SIMULATED and "." not in name:
            path = clio.entry() if "{" in operation.path else operation.path
            answer = clio.ask(operation.method, path, json={"data": {**whole, name: [{"id": 7}]}})
            changed = [change.field for change in clio.world.journal.since()[-1].changes]
            assert answer.status_code in (404, 422) or name in changed or "*" in changed, name
