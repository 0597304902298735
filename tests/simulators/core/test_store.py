"""The store: atomic commits, change lists, ids given once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.simulators.core.store import WHOLE, Change, Store

KEYS = st.sampled_from(["1", "2", "3"])
RECORDS = st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 2))
STEPS = st.lists(st.tuples(st.sampled_from(["insert", "update", "remove"]), KEYS, RECORDS), max_size=8)


def apply(commit: Any, step: tuple[str, str, dict[str, int]]) -> None:
    what, key, record = step
    if what == "remove":
        commit.remove("t", key)
    else:
        getattr(commit, what)("t", key, record)


@given(before=STEPS, after=STEPS)
def test_a_commit_that_fails_leaves_no_trace(before: Any, after: Any) -> None:
    """Whatever a commit did, an error in it undoes all, and ids that it made may be made again."""
    store = Store()
    for step in before:
        try:
            with store.commit() as commit:
                apply(commit, step)
        except KeyError:
            continue
    kept = {key: store.get("t", key) for key in "123"}
    existed = {key: store.existed("t", key) for key in "123"}

    with pytest.raises(KeyError), store.commit() as commit:
        for step in after:
            apply(commit, step)
        raise KeyError
    assert {key: store.get("t", key) for key in "123"} == kept
    assert {key: store.existed("t", key) for key in "123"} == existed


def test_the_change_list_tells_what_differs() -> None:
    store = Store()
    with store.commit() as commit:
        commit.insert("t", "1", {"a": 1, "b": 2})
        commit.update("t", "1", {"a": 1, "b": 3, "c": None})
        commit.remove("t", "1")

    assert commit.changes == [
        Change("t", "1", WHOLE, None, {"a": 1, "b": 2}),
        Change("t", "1", "b", 2, 3),
        Change("t", "1", "c", None, None),
        Change("t", "1", WHOLE, {"a": 1, "b": 3, "c": None}, None),
    ]


def test_an_id_is_given_once() -> None:
    store = Store()
    with store.commit() as commit:
        commit.insert("t", "1", {})
        commit.remove("t", "1")

    with pytest.raises(KeyError, match="never reused"), store.commit() as commit:
        commit.insert("t", "1", {})
    assert store.existed("t", "1")
    assert not store.existed("t", "2")
