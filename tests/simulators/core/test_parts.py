"""Secrets in part: what gives one away is masked as the whole is; a few characters of it are not."""

import base64
import hashlib
import json
from collections.abc import Callable

import pytest

from greenroom.simulators.core import parts
from greenroom.simulators.core.secrets import Masker, Secrets, masking

TOKEN = "<owner.accessToken>"
WRITTEN: list[tuple[str, Callable[[str], str]]] = [
    ("but for the last four", lambda t: t[:-4]),
    ("but for the first eight", lambda t: t[8:]),
    ("but for both ends", lambda t: f"token={t[4:-4]}&x=1"),
    ("in mixed case", lambda t: t[:16].upper() + t[16:]),
    ("in mixed case, cut", lambda t: t[2:16].upper() + t[16:-2]),
    ("on two lines", lambda t: f"{t[:16]}\n{t[16:]}"),
    ("on two lines, unequal", lambda t: f"{t[:10]}\n  {t[10:]}"),
    ("on two lines, escaped", lambda t: f'{{"a": "{t[:20]}\\n{t[20:]}"}}'),
    ("as Base64 of the header", lambda t: base64.b64encode(f"Bearer {t}".encode()).decode()),
    ("as Base64 of the header, cut", lambda t: base64.b64encode(f"Bearer {t[:-4]}".encode()).decode()),
    ("as Base64, cut", lambda t: base64.b64encode(t.encode()).decode()[:36]),
    ("in hexadecimal", lambda t: t.encode().hex()),
    ("in hexadecimal, cut", lambda t: t.encode().hex().upper()[8:]),
]
HARMLESS: list[tuple[str, Callable[[str], str]]] = [
    ("the first eight", lambda t: f"{t[:8]}…"),
    ("the last four", lambda t: f"…{t[-4:]}"),
    ("both", lambda t: f"{t[:6]}…{t[-4:]}"),
    ("a hash", lambda t: hashlib.sha256(t.encode()).hexdigest()),
    ("the half", lambda t: t[:16]),
    ("the first twenty", lambda t: t[:20]),
]


@pytest.fixture
def secrets() -> Secrets:
    return Secrets("0 clio-1")


@pytest.mark.parametrize(("how", "written"), WRITTEN, ids=[how for how, _ in WRITTEN])
def test_what_gives_a_secret_away_is_the_secret(secrets: Secrets, how: str, written: Callable[[str], str]) -> None:
    del how
    token = secrets.make("owner.accessToken")
    masked = secrets.mask(f"before {written(token)} after")

    assert TOKEN in masked
    assert "part of" not in masked
    assert masked.startswith("before ")
    assert masked.endswith(" after")


@pytest.mark.parametrize(("how", "written"), HARMLESS, ids=[how for how, _ in HARMLESS])
def test_what_opens_nothing_is_no_secret(secrets: Secrets, how: str, written: Callable[[str], str]) -> None:
    token = secrets.make("owner.accessToken")
    text = f"before {written(token)} after"
    masked = secrets.mask(text)

    assert TOKEN not in masked
    assert masked == ("before <part of owner.accessToken> after" if how in ("the half", "the first twenty") else text)


def test_words_of_earlier_texts_hide_no_secret_in_later_ones(secrets: Secrets) -> None:
    """Words that hold nothing are looked at once; what holds something is found each time, also if it is new."""
    token = secrets.make("owner.accessToken")
    texts = ["authorization-of-nobody", f"authorization-of-{token}", "authorization-of-nobody", f"X{token}"]
    masked = [secrets.mask(text) for text in texts]
    later = secrets.make("owner.refreshToken")

    assert masked == [texts[0], f"authorization-of-{TOKEN}", texts[2], f"X{TOKEN}"]
    assert secrets.mask(f"authorization-of-{later}") == "authorization-of-<owner.refreshToken>"


def test_only_so_many_words_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fake that runs for weeks reads many."""
    monkeypatch.setattr(parts, "_REMEMBERED", 3)
    finder = parts.Finder()
    for text in (" ".join(f"some-plain-word-{number}" for number in range(20)), *["another-plain-word"] * 2):
        finder.suspects(text)

    assert 0 < len(finder._plain) <= len(finder._seen) <= 3


def test_escapes_of_json_stay_whole(secrets: Secrets) -> None:
    """Their digits may be by chance the ones that come before in the secret."""
    secret = "6f0a1b9c2d8e3f7a4b5c60d1e2f3a4b5"
    secrets.know(secret, "app.clientSecret")
    text = json.dumps({"said": f"…{secret[1:17]}"})

    assert json.loads(secrets.mask(text)) == {"said": "…<part of app.clientSecret>"}


def test_a_short_secret_is_masked_whole_or_not_at_all(secrets: Secrets) -> None:
    secrets.know("swordfish-swordfish", "app.clientSecret")

    assert secrets.mask("swordfish-swordfish swordfish-swordfis") == "<app.clientSecret> swordfish-swordfis"


def test_secrets_of_several_worlds_and_those_that_come_later(secrets: Secrets) -> None:
    other = Secrets("0 clio-2")
    mine, theirs = secrets.make("owner.accessToken"), other.make("viewer.accessToken")
    assert masking([secrets, other])(f"{mine[:-2]} {theirs[3:]}") == "<owner.accessToken> <viewer.accessToken>"
    later = secrets.make("owner.refreshToken")

    assert masking([other, secrets])(f"{later[:-2]} {mine}") == "<owner.refreshToken> <owner.accessToken>"


def test_a_masker_that_goes_on_masks_as_a_new_one_does(secrets: Secrets) -> None:
    """Whatever came before: further secrets, further worlds, other worlds, and words in which a new secret stands."""
    masker, other = Masker(), Secrets("0 clio-2")
    shared = "6f0a1b9c2d8e3f7a4b5c60d1e2f3a4b5"
    told = [f"authorization-of-{shared}", "authorization-of-nobody"]

    def agree(*worlds: Secrets) -> list[str]:
        goes_on, new = masker.of(worlds), masking(worlds)
        masked = [goes_on(text) for text in told]
        assert masked == [new(text) for text in told]
        return masked

    assert agree(secrets) == told
    told.append(f"{secrets.make('owner.accessToken')[:-2]} {other.make('viewer.accessToken')}")
    assert agree(secrets)[2].startswith("<owner.accessToken> ")
    assert agree(secrets, other)[2] == "<owner.accessToken> <viewer.accessToken>"
    other.know(shared, "viewer.refreshToken")
    assert agree(secrets, other)[0] == "authorization-of-<viewer.refreshToken>"
    secrets.know(shared, "owner.refreshToken")
    assert agree(secrets, other)[0] == "authorization-of-<owner.refreshToken>"
    assert agree(other)[0] == "authorization-of-<viewer.refreshToken>"
    other.restore({})
    assert agree(other) == told


def test_a_masker_knows_no_secret_that_was_taken_back(secrets: Secrets) -> None:
    token = secrets.make("owner.accessToken")
    assert secrets.mask(token) == TOKEN
    kept = secrets.dump()
    later = secrets.make("owner.refreshToken")
    assert secrets.mask(f"{token} {later}") == f"{TOKEN} <owner.refreshToken>"
    secrets.restore(kept)

    assert secrets.mask(f"{token} {later}") == f"{TOKEN} {later}"
