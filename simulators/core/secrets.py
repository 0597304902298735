"""Secrets of a world: each one a canary of its own, so that a leak tells which secret went where; and their masking."""

import base64
import json
import random
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from urllib.parse import quote

from greenroom.simulators.core import parts

SHORTEST = 4
"""Characters of a secret that is masked at least: shorter ones stand in every other word."""
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
        self._longest: list[tuple[str, str]] = []
        self._pieces: parts.Pieces = {}
        self._unseen: list[tuple[str, str]] = []

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
        with self._lock:
            if value not in self._values:
                self._unseen.append((value, label))
            self._values.add(value)
            self._labels.update(dict.fromkeys(forms(value), label))
            self._longest = []

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
            self._values, self._labels, self._longest = set(), {}, []
        for value, label in labels.items():
            self.know(value, label)

    def mask(self, text: str) -> str:
        """Return the text with every secret of this world replaced by ``<its label>``, and so what is most of one."""
        return parts.mask(self.whole(text), self.pieces())

    def whole(self, text: str) -> str:
        """Return the text with whole secrets replaced."""
        for form, label in self._longest or self._sort():
            if form in text:
                text = text.replace(form, f"<{label}>")
        return text

    def pieces(self) -> parts.Pieces:
        """Return the pieces by which parts of these secrets are found; made when they are first asked for."""
        with self._lock:
            unseen, self._unseen = self._unseen, []
            for value, label in unseen:
                self._pieces |= parts.pieces(value, label, forms(value))
            return self._pieces

    def _sort(self) -> list[tuple[str, str]]:
        """Order the forms of secrets by length, so that none is replaced within a longer one."""
        with self._lock:
            self._longest = sorted(self._labels.items(), key=lambda item: len(item[0]), reverse=True)
            return self._longest


def masking(worlds: Sequence[Secrets]) -> Callable[[str], str]:
    """Return what masks the secrets of several worlds at once: parts of them are looked for once, not for each."""
    known: parts.Pieces = {}
    for world in worlds:
        known |= world.pieces()
    return lambda text: parts.mask(reduce(lambda so_far, world: world.whole(so_far), worlds, text), known)


def forms(value: str) -> set[str]:
    """Return a secret as it may appear: as it is, in capitals, escaped or percent-encoded, as part of Base64."""
    encoded = {quote(value, safe=""), quote(value, safe="").lower(), json.dumps(value)[1:-1]}
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + value.encode()).decode().rstrip("=")
        part = whole[-(-shift * 8 // 6) : -1]
        encoded |= {part, part.translate(_URL_SAFE)}
    return {value, value.upper(), *encoded}
