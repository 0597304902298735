"""Secrets of a world: each one a canary of its own, so that a leak tells which secret went where; and their masking."""

import base64
import json
import random
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import quote

from greenroom.simulators.core import parts

SHORTEST = 4
"""Characters of a secret that is masked at least: shorter ones stand in every other word."""
Mask = Callable[[str], str]
"""Replaces the secrets in a text by their labels."""
_URL_SAFE = str.maketrans("+/", "-_")


class Secrets:
    """Makes secrets and masks them in text as ``<label>``.

    The values look random but follow from the seed, so that a run can be repeated.
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - canaries, not cryptography: a run must be repeatable
        self._labels: dict[str, str] = {}
        self._values: set[str] = set()
        self._lock = threading.Lock()
        self._version = 0
        self._mask: tuple[int, Mask] = (-1, str)
        self._pieces: parts.Pieces = {}
        self._unseen: list[tuple[str, str, set[str]]] = []

    def make(self, label: str, shape: Callable[[str], str] = str) -> str:
        """Make a secret called ``label``, e.g. ``ada.accessToken``; ``shape`` turns its random core into its value."""
        with self._lock:
            value = shape(uuid.UUID(int=self._random.getrandbits(128), version=4).hex)
        self.know(value, label)
        return value

    def know(self, value: str, label: str) -> None:
        """Mask a secret that was made elsewhere, from now on; one that is too short to be told from words is not."""
        if len(value) < SHORTEST:
            return
        written = forms(value)
        with self._lock:
            if value not in self._values:
                self._unseen.append((value, label, written))
            self._values.add(value)
            self._labels.update(dict.fromkeys(written, label))
            self._version += 1

    def dump(self) -> dict[str, str]:
        """Return every secret's label by value."""
        with self._lock:
            return {value: label for value, label in self._labels.items() if value in self._values}

    def load(self, labels: Mapping[str, str]) -> None:
        """Know secrets that were made before; new ones differ from them."""
        for value, label in labels.items():
            self.know(value, label)
        self._random.seed(f"{sorted(labels)}")

    def restore(self, labels: Mapping[str, str]) -> None:
        """Know these secrets and no others; new ones go on differing from all that were made."""
        with self._lock:
            self._values, self._labels = set(), {}
            self._version += 1
        for value, label in labels.items():
            self.know(value, label)

    def mask(self, text: str) -> str:
        """Return the text with every secret of this world replaced by ``<its label>``, and so what is most of one."""
        version, mask = self._mask
        if version != self._version:  # what is made known while a mask is made is not in it
            version = self._version
            mask = masking([self])
            self._mask = version, mask
        return mask(text)

    def labels(self) -> dict[str, str]:
        """Return the label of every form of every secret."""
        with self._lock:
            return dict(self._labels)

    def pieces(self) -> parts.Pieces:
        """Return the pieces by which parts of these secrets are found; made when they are first asked for."""
        with self._lock:
            unseen, self._unseen = self._unseen, []
            for value, label, written in unseen:
                parts.join(self._pieces, parts.pieces(value, label, written))
            return self._pieces


def masking(worlds: Sequence[Secrets]) -> Mask:
    """Return what masks the secrets of several worlds at once: it looks for all of them once, not for each world's."""
    known: parts.Pieces = {}
    labels: dict[str, str] = {}
    for world in worlds:
        parts.join(known, dict(world.pieces()))
        labels = world.labels() | labels
    short, by_letters = _by_letters(labels, known)
    finder = parts.Finder(known)

    def replaced(text: str, written: Iterable[str]) -> str:
        for form in sorted(written, key=len, reverse=True):  # none is replaced within a longer one
            text = text.replace(form, f"<{labels[form]}>")
        return text

    def mask(text: str) -> str:
        suspects = finder.suspects(text)
        here = [form for letters in finder.forms(suspects) for form in by_letters.get(letters, ())]
        masked = replaced(text, (*short, *here))
        left = any(finder.holds(replaced(word, here)) for word in suspects)  # parts, or in another case
        return finder.mask(masked) if left else masked

    return mask


def _by_letters(labels: Iterable[str], known: parts.Pieces) -> tuple[list[str], dict[str, list[str]]]:
    """Return the forms that are looked for in every text, and the others by how pieces write them, in small letters."""
    pieced = {form for found in known.values() for _, form in found}
    short: list[str] = []
    by_letters: dict[str, list[str]] = {}
    for form in labels:
        if form.lower() in pieced and parts.in_one_word(form):
            by_letters.setdefault(form.lower(), []).append(form)
        else:
            short.append(form)
    return short, by_letters


def forms(value: str) -> set[str]:
    """Return a secret as it may appear: as it is, in capitals, escaped or percent-encoded, as part of Base64."""
    quoted = quote(value, safe="")
    encoded = {quoted, quoted.lower(), json.dumps(value)[1:-1]} if quoted != value else {value.lower()}
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + value.encode()).decode().rstrip("=")
        part = whole[-(-shift * 8 // 6) : -1]
        encoded |= {part, part.translate(_URL_SAFE)}
    return {value, value.upper(), *encoded}
