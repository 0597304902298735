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

_NO_ROWS = re.compile(r"(?!)")

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


def _begins(form: str) -> range:
    return range(0, len(form) - _GRAM + 1, _STEP)


class Finder:
    """Finds the pieces that are known, in one text after the other; words that come again and hold none are known.

    As further pieces become known, they are compared with those of the remembered words: these need no second look.
    Only characters in a row that stand in pieces are looked at: a moment or an address has hardly any.
    """

    def __init__(self) -> None:
        self._known: Pieces = {}
        self._seen: set[str] = set()
        self._plain: set[str] = set()
        self._theirs: set[str] = set()
        self._new: list[str] = []
        self._letters: set[str] = set()
        self._rows = _NO_ROWS

    def know(self, spelled: Iterable[Piece]) -> None:
        """Look for parts of further secrets, too, from now on: each form with its label, in small letters."""
        more = [*spelled]
        self._spell("".join([form for _, form in more]))
        for word in self._new:
            self._theirs.update(self._pieces_of(word))
        self._new.clear()
        if self._add(more):
            self._forget_plain()

    def _add(self, more: Iterable[Piece]) -> bool:
        """Know the pieces of forms, and tell whether one of them stands in a remembered word."""
        known, theirs, told = self._known, self._theirs, False
        for each in more:
            alone, form = (each,), each[1]
            for place in _begins(form):
                piece = form[place : place + _GRAM]
                known[piece] = known[piece] + alone if piece in known else alone
                told = told or piece in theirs
        return told

    def _spell(self, letters: str) -> None:
        if not self._letters.issuperset(letters):
            self._letters.update(letters)
            self._rows = re.compile(f"[{re.escape(''.join(sorted(self._letters)))}]{{{_GRAM},}}")
            self._forget_plain()

    def forget(self) -> None:
        """Look for none any more."""
        self._known = {}

    def _forget_plain(self) -> None:
        self._seen, self._plain, self._theirs, self._new = set(), set(), set(), []

    def mask(self, text: str) -> str:
        """Replace parts of secrets: one that gives the secret away by its label, a smaller one as ``<part of …>``."""
        words = [word for word in _WORD.finditer(text) if word[1]]
        runs = [run for word in words for run in _runs(word[1].lower(), word.start(), self._known)]
        for run in reversed(runs):
            label = run.label if _given_away(run, runs, text) else f"part of {run.label}"
            text = f"{text[: run.start]}<{label}>{text[run.end :]}"
        return text

    def forms(self, pieces: Iterable[set[str]]) -> set[str]:
        """Return the forms that have some of these pieces, in small letters: no other form can stand there whole."""
        return {form for piece in set[str]().union(*pieces) for _, form in self._known[piece]}

    def suspects(self, text: str) -> dict[str, set[str]]:
        """Return the words of a text that hold pieces, each with these."""
        words = _words(text) - self._plain
        found = {word: pieces for word in words if (pieces := self._known.keys() & self._pieces_of(word))}
        self._remember([word for word in words if word not in found and len(word) <= _LONGEST][:_REMEMBERED])
        return found

    def _remember(self, words: Sequence[str]) -> None:
        """Remember words that hold none and came before; where they become too many, only these."""
        plain = [word for word in words if word in self._seen]
        if max(len(self._seen), len(self._plain)) + len(words) > _REMEMBERED:
            self._forget_plain()
        self._seen.update(words)
        self._plain.update(plain)
        self._new += plain

    def holds(self, word: str) -> bool:
        """Tell whether a piece stands in a word."""
        return not self._known.keys().isdisjoint(self._pieces_of(word))

    def _pieces_of(self, word: str) -> list[str]:
        """Return what of a word may be a piece, in small letters."""
        rows = self._rows.findall(word.lower())
        return [row[place : place + _GRAM] for row in rows for place in range(len(row) - _GRAM + 1)]


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
