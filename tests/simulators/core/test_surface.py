"""A surface finds operations by their paths, and names what a request has that is not simulated."""

import json
from pathlib import Path

import pytest

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.surface import Surface, load

ROWS = [
    {
        "method": "PATCH",
        "path": "/things/{id}",
        "class": "simulated",
        "parameters": {"simulated": "fields ids[]", "unsimulated": "custom_values"},
        "headers": {"unsimulated": "Prefer"},
        "fields": {"simulated": "name people people.id", "shape": "color", "unsimulated": "people.role"},
    },
    {"method": "GET", "path": "/others", "class": "unsimulated"},
]


@pytest.fixture
def surface(tmp_path: Path) -> Surface:
    file = tmp_path / "surface.json"
    file.write_text(json.dumps(ROWS), "utf-8")
    return load(file)


@pytest.mark.parametrize("path", ["/things/{id}", "/things/<thing>", "/things/<path:thing>.json"])
def test_an_operation_is_found_whatever_its_variables_are_called(surface: Surface, path: str) -> None:
    assert surface.at("PATCH", path) is surface[0]
    assert surface.at("PUT", path) is None


def test_simulated_names_shapes_and_unknown_names_pass(surface: Surface) -> None:
    body = {"name": "a", "color": "b", "nobody": {"knows": 1}, "people": [{"id": 1}]}

    surface[0].check(["fields", "ids[]", "nonsense"], ["X-Nonsense"], body)


@pytest.mark.parametrize(
    ("sent", "what"),
    [
        ({"parameters": ["custom_values"]}, "the parameter custom_values of PATCH /things/{id}"),
        ({"parameters": ["custom_values[12]"]}, "the parameter custom_values[12] of PATCH /things/{id}"),
        ({"headers": ["prefer"]}, "the header prefer of PATCH /things/{id}"),
        ({"body": {"people": [{"id": 1}, {"role": "x"}]}}, "the field people.role of PATCH /things/{id}"),
    ],
)
def test_a_name_that_is_not_simulated_is_named(surface: Surface, sent: dict[str, object], what: str) -> None:
    with pytest.raises(Unsimulated) as raised:
        surface[0].check(**sent)  # type: ignore[arg-type]

    assert raised.value.what == what


def test_an_operation_that_is_not_simulated_is_named(surface: Surface) -> None:
    with pytest.raises(Unsimulated, match="GET /others"):
        surface[1].check()


def test_shares_count_names_by_class(surface: Surface) -> None:
    shares = surface.shares()

    assert shares["operations"] == {"simulated": 1, "unsimulated": 1}
    assert shares["fields"] == {"simulated": 3, "shape": 1, "unsimulated": 1}
