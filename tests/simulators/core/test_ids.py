"""Ids of several forms: their neighbours, their look-alikes, and those that are never given."""

import pytest

from greenroom.simulators.core.errors import DeclarationError
from greenroom.simulators.core.ids import Guids, Ids, Numbers, Opaque

NUMBERS = Numbers("999999", "[1-9][0-9]{0,18}", long="9007199254740993017")
GUIDS = Guids("7d3c6f2a-0f1e-4b8a-9c55-ffffffffffff")
OPAQUE = Opaque("0q8v7k2mtpe4rb1c9dj6")
ALL = [(NUMBERS, "12346"), (GUIDS, "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"), (OPAQUE, "7tq2m0kvd1")]


@pytest.mark.parametrize(("ids", "key"), ALL)
def test_each_one_is_an_id_of_that_crm(ids: Ids, key: str) -> None:
    near = [ids.after(key, 1), ids.after(key, 100), *(ids.alike(key, number) for number in range(10))]
    never = ids.never(8)

    assert len({key, *near, *never}) == 1 + len(near) + 8
    assert all(map(ids.issues, (key, *near, *never)))
    assert never[0] == ids.absent


@pytest.mark.parametrize(("ids", "key"), ALL)
def test_the_next_one_is_not_taken(ids: Ids, key: str) -> None:
    taken = {key, ids.after(key, 1), ids.after(key, 2)}

    assert ids.next_to(taken) not in taken


def test_look_alikes() -> None:
    assert NUMBERS.alike("12346", 3) == "123463"
    assert OPAQUE.alike("7tq2m", 9) == "7tq2m9"
    assert GUIDS.alike(ALL[1][1], 0)[1:] == ALL[1][1][1:]


def test_only_numbers_are_numbers() -> None:
    assert NUMBERS.as_number("12346") == 12346
    assert [ids.as_number(key) for ids, key in ALL[1:]] == [key for _, key in ALL[1:]]


@pytest.mark.parametrize("absent", ["0", "x", "١٢"])
def test_a_pattern_that_its_own_ids_do_not_match_is_refused(absent: str) -> None:
    with pytest.raises(DeclarationError, match=f"ids: '{absent}' does not match the pattern"):
        Numbers(absent)


def test_the_order_is_that_of_lists() -> None:
    assert NUMBERS.in_order(["100", "20", "3"]) == ["3", "20", "100"]
    assert OPAQUE.in_order(["b1000", "a2000", "a20"]) == ["a20", "a2000", "b1000"]


@pytest.mark.parametrize(("ids", "_key"), ALL)
def test_there_is_room_to_draw_from(ids: Ids, _key: str) -> None:
    assert ids.issues(ids.after(ids.absent, -ids.room + 1))
