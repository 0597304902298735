"""The language of ``fields``: what is wanted of an entity and of its associations."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.simulators.bullhorn import selector
from greenroom.simulators.bullhorn.entities import ENTITIES, MANY, ONE, Entity, entity
from greenroom.simulators.bullhorn.errors import AllFieldsNotAllowed, BadParameter, BullhornError, InvalidField
from greenroom.simulators.bullhorn.selector import Selected
from greenroom.simulators.core.errors import Unsimulated
from tests.catalogue import examples

APPOINTMENT = ENTITIES["Appointment"]


def wanted(text: str) -> selector.Wanted:
    return selector.parse(text, APPOINTMENT)


def test_names_with_commas_between() -> None:
    assert list(wanted("id, subject ,dateBegin")) == ["id", "subject", "dateBegin"]


def test_associations_have_fields_of_their_own() -> None:
    found = wanted("owner(id,firstName),parentAppointment(owner(id))")

    assert list(found["owner"].inner) == ["id", "firstName"]
    assert list(found["parentAppointment"].inner["owner"].inner) == ["id"]


@pytest.mark.parametrize(
    ("text", "count", "names"),
    [("attendees", 5, []), ("attendees[20](id,attendee)", 20, ["id", "attendee"]), ("attendees[2]", 2, [])],
)
def test_of_many_five_are_wanted_where_no_count_is_named(text: str, count: int, names: list[str]) -> None:
    found = wanted(text)["attendees"]

    assert (found.count, list(found.inner)) == (count, names)


@pytest.mark.parametrize("text", ["*", "id,*", "owner(*)"])
def test_all_fields_are_refused(text: str) -> None:
    with pytest.raises(AllFieldsNotAllowed):
        wanted(text)


@pytest.mark.parametrize(
    ("text", "name", "position"),
    [
        ("id,colour", "colour", 3),
        ("owner(colour)", "colour", 6),
        ("subject(id)", "subject", 0),
        ("id,owner[3]", "owner", 3),
        ("parentAppointment(attendees)", "attendees", 18),
    ],
)
def test_a_name_that_cannot_stand_there_is_told_with_its_position(text: str, name: str, position: int) -> None:
    with pytest.raises(InvalidField) as error:
        wanted(text)

    assert error.value.message == f"Invalid field '{name}' at position {position}."


@pytest.mark.parametrize("text", ["id,", ",id", "id subject", "owner(", "owner()", "attendees[]", "owner)", "(" * 30])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(BadParameter):
        wanted(text)


@pytest.mark.parametrize(
    "text", ["attendees(id){id=1}", "jobOrder(title)", "owner(id),candidateReference(address)", "attendees{id=1}"]
)
def test_what_the_vendor_has_beside_is_not_simulated(text: str) -> None:
    with pytest.raises(Unsimulated):
        wanted(text)


@st.composite
def lists(draw: st.DrawFn, of: Entity = APPOINTMENT, depth: int = 2) -> tuple[str, dict[str, Any]]:
    """Draw a list and what it means."""
    names = draw(st.lists(st.sampled_from(sorted(of.fields)), min_size=1, max_size=4, unique=True))
    texts, meaning = [], {}
    for name in names:
        kind = of.fields[name].kind
        if kind == MANY and depth < 2:
            continue
        count = draw(st.none() | st.integers(0, 30)) if kind == MANY else None
        nests = kind in (ONE, MANY) and depth > 0 and draw(st.booleans())
        inner = draw(lists(entity(of.fields[name].to), depth - 1)) if nests else ("", {})
        size = "" if count is None else f"[{count}]"
        texts.append(f"{name}{size}({inner[0]})" if inner[0] else f"{name}{size}")
        meaning[name] = (5 if count is None else count, inner[1])
    return ",".join(texts), meaning


def meant(found: selector.Wanted) -> dict[str, Any]:
    return {name: (each.count, meant(each.inner)) for name, each in found.items()}


@settings(max_examples=examples(200), deadline=None)
@given(drawn=lists().filter(lambda drawn: bool(drawn[0])))
def test_whatever_is_asked_for_is_wanted(drawn: tuple[str, dict[str, Any]]) -> None:
    assert meant(wanted(drawn[0])) == drawn[1]


@settings(max_examples=examples(300), deadline=None)
@given(text=st.text(alphabet="id,owner()[]5{}* attendees", max_size=30))
def test_nothing_else_is_raised(text: str) -> None:
    with suppress(BullhornError, Unsimulated):
        assert all(isinstance(each, Selected) for each in wanted(text).values())
