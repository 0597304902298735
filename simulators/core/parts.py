"""Parts of secrets in a text: cut at an end, in another case, split over two lines."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

LEAST = 24
"""Characters of a secret of which parts are looked for."""
RUN = 12
"""Characters in a row that nobody writes by chance. Less of a secret stays as it is: the first eight, the last four."""
WHOLE = 0.75
"""The share of a secret that gives it away: what is missing of it can be guessed, or is shown elsewhere."""
_GRAM, _STEP = 8, 5
"""Every run has one of the short pieces whole that begin at each fifth character: _GRAM + _STEP - 1 is RUN."""
_REST = 4
"""Characters of what is missing of a secret that are looked for, too."""
_WORD = re.compile(rf"\\(?:u[0-9a-fA-F]{{4}}|.)|([!-\[\]-~]{{{RUN},}})")
"""Printable characters in a row; those of JSON's escapes belong to no word."""

Piece = tuple[str, str]
"""The label of a secret, and one of its forms that holds a short piece."""
Pieces = dict[str, tuple[Piece, ...]]
"""What may be meant by short pieces."""
_REMEMBERED, _LONGEST = 5_000, 200
"""Words that are remembered at most, and their characters: names of headers and keys stand in every text."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a text, ``start`` to ``end``, that are those of a secret's form from ``place`` on."""

    start: int
    end: int
    label: str
    form: str
    place: int

    @property
    def covers(self) -> set[int]:
        """Which characters of the form it shows."""
        return set(range(self.place, self.place + self.end - self.start))


def spellings(value: str, forms: Iterable[str]) -> set[str]:
    """Return the forms of a secret, in small letters, of which parts are looked for; none of a short secret."""
    return {each.lower() for each in (*forms, value.encode().hex())} if len(value) >= LEAST else set()


def pieces(label: str, spelled: Iterable[str]) -> Pieces:
    """Return the pieces by which parts of a secret are found, whatever their case."""
    found: Pieces = {}
    for form in spelled:
        join(found, dict.fromkeys([form[place : place + _GRAM] for place in _begins(form)], ((label, form),)))
    return found


def join(known: Pieces, more: Pieces) -> None:
    """Add pieces to those that are known; one may be a piece of several secrets."""
    both = {piece: (*known[piece], *more[piece]) for piece in more if piece in known}
    known.update(more)
    known.update(both)


def _begins(form: str) -> range:
    return range(0, len(form) - _GRAM + 1, _STEP)


class Finder:
    """Finds the pieces that are known, in one text after the other; words that hold none are looked at once.

    As further pieces become known, they are compared with those of the remembered words: these need no second look.
    """

    def __init__(self) -> None:
        self._known: Pieces = {}
        self._plain: set[str] = set()
        self._theirs: set[str] = set()
        self._new: list[str] = []

    def know(self, more: Pieces) -> None:
        """Look for these pieces, too, from now on."""
        self._theirs.update(piece for word in self._new for piece in _pieces_of(word))
        self._new.clear()
        if not self._theirs.isdisjoint(more):
            self._plain, self._theirs = set(), set()
        join(self._known, more)

    def forget(self) -> None:
        """Look for none any more."""
        self._known = {}

    def mask(self, text: str) -> str:
        """Replace parts of secrets: one that gives the secret away by its label, a smaller one as ``<part of …>``."""
        words = [word for word in _WORD.finditer(text) if word[1]]
        runs = [run for word in words for run in _runs(word[1].lower(), word.start(), self._known)]
        for run in reversed(runs):
            label = run.label if _given_away(run, runs, text) else f"part of {run.label}"
            text = f"{text[: run.start]}<{label}>{text[run.end :]}"
        return text

    def forms(self, words: Iterable[str]) -> set[str]:
        """Return the forms of which a piece stands in words, in small letters: no other form can stand there whole."""
        known = self._known
        pieces = {piece for word in words for piece in _pieces_of(word) if piece in known}
        return {form for piece in pieces for _, form in known[piece]}

    def suspects(self, text: str) -> set[str]:
        """Return the words of a text that hold a piece."""
        words = _words(text) - self._plain
        found = {word for word in words if self.holds(word)}
        self._remember([word for word in words - found if len(word) <= _LONGEST][:_REMEMBERED])
        return found

    def _remember(self, plain: Sequence[str]) -> None:
        """Remember words that hold none; where they become too many, only these."""
        if len(self._plain) + len(plain) > _REMEMBERED:
            self._plain, self._theirs, self._new = set(), set(), []
        self._plain.update(plain)
        self._new += plain

    def holds(self, word: str) -> bool:
        """Tell whether a piece stands in a word."""
        return not self._known.keys().isdisjoint(_pieces_of(word))


def in_one_word(form: str) -> bool:
    """Tell whether a form stands in one word wherever it stands whole."""
    return len(form) >= RUN and form.isascii() and form.isprintable() and " " not in form and "\\" not in form


def _words(text: str) -> set[str]:
    """Return the words of a text, and what of them touches other characters; quickly where its escapes are common."""
    plain = text.replace("\\\\", " ").replace('\\"', " ").replace("\\n", " ")
    return set(_WORD.findall(text)) if "\\" in plain else {word for word in plain.split() if len(word) >= RUN}


def _pieces_of(word: str) -> list[str]:
    word = word.lower()
    return [word[place : place + _GRAM] for place in range(len(word) - _GRAM + 1)]


def _runs(word: str, offset: int, known: Mapping[str, tuple[Piece, ...]]) -> Iterator[Run]:
    """Yield the runs of secrets in a word, in order."""
    end = 0
    for place, piece in enumerate(_pieces_of(word)):
        if place >= end and piece in known:
            found = [_grown(word, place, *each) for each in _places(piece, known[piece])]
            run = max(found, key=lambda run: run.end - run.start)
            if run.end - run.start >= RUN:
                yield replace(run, start=run.start + offset, end=run.end + offset)
                end = run.end


def _places(piece: str, meant: Iterable[Piece]) -> Iterator[tuple[str, str, int]]:
    """Yield where in the forms of secrets a piece stands."""
    for label, form in meant:
        yield from ((label, form, place) for place in _begins(form) if form.startswith(piece, place))


def _grown(word: str, place: int, label: str, form: str, begin: int) -> Run:
    """Return the run around a piece, as far as the word goes on like the form on both sides."""
    back, ahead = 0, _GRAM
    while back < min(place, begin) and word[place - back - 1] == form[begin - back - 1]:
        back += 1
    most = min(len(word) - place, len(form) - begin)
    while ahead < most and word[place + ahead] == form[begin + ahead]:
        ahead += 1
    return Run(place - back, place + ahead, label, form, begin - back)


def _given_away(run: Run, runs: list[Run], text: str) -> bool:
    """Tell whether a text shows so much of a form, by this run or by all of them together, that nothing is hidden."""
    form, enough = run.form, WHOLE * len(run.form)
    if run.end - run.start >= enough:
        return True
    small = [other.covers for other in runs if other.form == form and other.end - other.start < enough]
    shown, lower = set[int]().union(*small), text.lower()
    for rest in (range(min(shown)), range(max(shown) + 1, len(form))):
        if len(rest) >= _REST and form[rest.start : rest.stop] in lower:
            shown |= set(rest)
    return len(shown) >= enough
