"""What shells complete, by the protocol of click."""

import pytest

from tests.greenroom.shell import greenroom


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("greenroom certify --crm net", {"netsuite"}),
        ("greenroom serve cl", {"clio"}),
        ("greenroom certify --level ", {"runtime", "documented", "resilient"}),
        ("greenroom certify --scenario abse", {"absent"}),
        ("greenroom certify --only truth.no-wrong-log", {"truth.no-wrong-logout"}),
        ("greenroom fuzz --only truth.no-wrong-log", {"truth.no-wrong-logout"}),
        ("greenroom clauses truth.no-wrong-log", {"truth.no-wrong-logout"}),
        ("greenroom certify --interface cancel", {"cancelAppointment"}),
        ("greenroom call a.py cancel", {"cancelAppointment"}),
        ("greenroom mc", {"mcp"}),
        ("greenroom init --crm net", {"netsuite"}),
        ("greenroom init --language ty", {"typescript"}),
    ],
)
def test_a_shell_completes(words: str, completed: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    place = len(words.split(" ")) - 1
    monkeypatch.setenv("_GREENROOM_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(place))
    done = greenroom()
    shown = {line.partition(",")[2] for line in done.out.splitlines()}

    assert (done.code, done.err) == (0, "")
    assert completed <= shown
    assert words.endswith(" ") or completed == shown
