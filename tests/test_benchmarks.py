"""What benchmarks measured before is kept, and what got worse is told."""

from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import history, requests_cost

GET = "clio GET / plain Flask GET"
FIGURES = {GET: "610 µs / 305 µs = 2.00x", "bridge call over the direct call": "310 µs"}


def test_a_run_is_kept_and_the_last_one_of_this_machine_is_found(tmp_path: Path) -> None:
    file, first, second = tmp_path / "new" / "runs.jsonl", history.noted(FIGURES), history.noted({})
    elsewhere = history.Run("2026-01-01", "another machine", {}, {})

    assert history.keep(first, file) is None
    assert history.keep(elsewhere, file) is None
    assert history.keep(second, file) == first
    assert history.keep(first, file) == second
    assert len(file.read_text("utf-8").splitlines()) == 4


def test_ratios_are_read_from_figures() -> None:
    assert history.noted(FIGURES).ratios == {GET: 2.0}
    assert history.noted(FIGURES).figures == FIGURES


@pytest.mark.parametrize(("ratio", "told"), [(1.2, []), (2.6, []), (2.7, [f"{GET}: 2.70x, was 2.00x"])])
def test_what_got_worse_by_more_than_a_third_is_told(ratio: float, told: list[str]) -> None:
    assert history.worse({GET: ratio, "new": 9.9}, {GET: 2.0, "gone": 1.0}) == told


def test_one_disturbed_measurement_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    factors = iter([1.5, 1.0])

    def measure() -> dict[str, str]:
        factor = next(factors)
        return {name: f"1 µs / 1 µs = {factor * ratio:.2f}x" for name, ratio in history.expected().items()}

    monkeypatch.setattr(requests_cost, "measure", measure)

    assert command.main(["--short"]) == 0


@pytest.mark.parametrize(("factor", "code"), [(1.0, 0), (1.5, 1)])
def test_ci_fails_where_a_ratio_got_worse(
    factor: float, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = {name: f"1 µs / 1 µs = {factor * ratio:.2f}x" for name, ratio in history.expected().items()}
    monkeypatch.setattr(requests_cost, "measure", lambda: figures)

    assert command.main(["--short"]) == code
    was = history.expected()[GET]
    told = f"worse by more than a third: {GET}: {factor * was:.2f}x, was {was:.2f}x"
    assert (told in capsys.readouterr().out) == bool(code)
