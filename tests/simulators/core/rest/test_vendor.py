"""A vendor whose parts contradict each other is refused, and the row is named."""

from dataclasses import replace
from typing import Any

import pytest

from greenroom.simulators.clio import CLIO, rules
from greenroom.simulators.clio.errors import ERRORS, ForbiddenError, NotFoundError
from greenroom.simulators.core.cancellation import Flagged, Tombstoned, Transitioned
from greenroom.simulators.core.describe import references
from greenroom.simulators.core.errors import DeclarationError
from greenroom.simulators.core.ledger import row
from greenroom.simulators.core.rest.people import Pages


def test_a_route_without_a_row_of_the_ledger_is_named() -> None:
    with pytest.raises(
        DeclarationError, match="clio: ledger: no row speaks of DELETE /api/v4/calendar_entries/<entry>"
    ):
        replace(CLIO, ledger=tuple(each for each in CLIO.ledger if "DELETE" not in " ".join(each.routes)))


def test_a_row_of_the_ledger_without_a_route_is_named() -> None:
    with pytest.raises(DeclarationError, match="a row speaks of a route that is not there: GET /nowhere"):
        replace(CLIO, ledger=(*CLIO.ledger, row("what", "likely", "source", "test", "GET /nowhere")))


def test_a_route_that_refers_to_an_unknown_schema_is_named() -> None:
    name = min(set().union(*(references(route.described()) for group in CLIO.groups for route in group.routes)))
    others = {each: schema for each, schema in CLIO.schemas.items() if each != name}

    with pytest.raises(DeclarationError, match=f"clio: route [A-Z]+ /.*: there is no schema '{name}'"):
        replace(CLIO, schemas=others)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"named": {404: NotFoundError, 403: ForbiddenError}, "words": {404: ("x", "y")}}, "status 404 is there twice"),
        ({"words": {200: ("x", "y")}}, "status 200 is no error"),
    ],
)
def test_a_table_of_errors_that_contradicts_itself_is_refused(rows: dict[str, Any], words: str) -> None:
    with pytest.raises(DeclarationError, match=words):
        replace(ERRORS, **rows)


@pytest.mark.parametrize("status", [*range(400, 432), 451, *range(500, 512)])
def test_every_status_has_an_error(status: int) -> None:
    assert ERRORS.fail(status).status == status


@pytest.mark.parametrize(
    ("cancellation", "reinstates", "removes"),
    [
        (CLIO.profile.cancellation, False, False),
        (Transitioned(field="state", value="off"), False, True),
        (Transitioned(field="state", value="off", live="on"), True, True),
        (Flagged(field="isDeleted"), True, True),
        (Flagged(field="isDeleted", deletes=True), True, False),
        (Tombstoned(field="state", value="off", live="on"), True, False),
    ],
)
def test_what_people_can_do_follows_from_the_cancellation(cancellation: Any, reinstates: bool, removes: bool) -> None:
    pages = Pages(
        replace(CLIO.profile, cancellation=cancellation), rules.PAGES.write, rules.PAGES.changed, NotFoundError
    )

    assert (pages.reinstate is not None, pages.remove is not None) == (reinstates, removes)
