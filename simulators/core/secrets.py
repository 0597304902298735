"""Secrets of a world: each one a canary of its own, so that a leak tells which secret went where; and their masking."""

import base64
import json
import random
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from urllib.parse import quote

from greenroom.simulators.core import parts

SHORTEST = 4
"""Characters of a secret that is masked at least: shorter ones stand in every other word."""
Mask = Callable[[str], str]
"""Replaces the secrets in a text by their labels."""
_URL_SAFE = str.maketrans("+/", "-_")


class Secret:
    """One secret. What it takes to find it in a text is made when a text is first masked."""

    __slots__ = ("_found", "label", "value")

    def __init__(self, value: str, label: str) -> None:
        self.value, self.label = value, label
        self._found: tuple[set[str], set[str]] | None = None

    def _find(self) -> tuple[set[str], set[str]]:
        if self._found is None:
            whole = forms(self.value)
            self._found = whole, parts.spellings(self.value, whole)
        return self._found

    @property
    def forms(self) -> set[str]:
        """How it may appear as a whole."""
        return self._find()[0]

    @property
    def spelled(self) -> set[str]:
        """Those of which parts are looked for, in small letters."""
        return self._find()[1]


class Secrets:
    """Makes secrets and masks them in text as ``<label>``.

    The values look random but follow from the seed, so that a run can be repeated.
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - canaries, not cryptography: a run must be repeatable
        self._labels: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self._lock = threading.Lock()
        self.known: list[Secret] = []
        """Its secrets, as they came to be known: further ones are added at the end."""
        self._masker = Masker()

    def make(self, label: str, shape: Callable[[str], str] = str) -> str:
        """Make a secret called ``label``, e.g. ``ada.accessToken``; ``shape`` turns its random core into its value."""
        with self._lock:
            value = shape(uuid.UUID(int=self._random.getrandbits(128), version=4).hex)
        self.know(value, label)
        return value

    def keep(self, label: str) -> str:
        """Return the secret called ``label``, which is made when it is first asked for."""
        return self._first.get(label) or self.make(label)

    def know(self, value: str, label: str) -> None:
        """Mask a secret that was made elsewhere, from now on; one that is too short to be told from words is not."""
        if len(value) < SHORTEST:
            return
        with self._lock:
            if self._labels.get(value) != label:
                self.known.append(Secret(value, label))
            self._labels[value] = label
            self._first.setdefault(label, value)

    def dump(self) -> dict[str, str]:
        """Return every secret's label by value."""
        with self._lock:
            return dict(self._labels)

    def load(self, labels: Mapping[str, str]) -> None:
        """Know secrets that were made before; new ones differ from them."""
        for value, label in labels.items():
            self.know(value, label)
        self._random.seed(f"{sorted(labels)}")

    def restore(self, labels: Mapping[str, str]) -> None:
        """Know these secrets and no others; new ones go on differing from all that were made."""
        with self._lock:
            self._labels, self._first, self.known = {}, {}, []
        for value, label in labels.items():
            self.know(value, label)

    def mask(self, text: str) -> str:
        """Return the text with every secret of this world replaced by ``<its label>``, and so what is most of one."""
        return self._masker.of([self])(text)

    def labels(self) -> dict[str, str]:
        """Return the label of every form of every secret."""
        return {form: secret.label for secret in list(self.known) for form in secret.forms}


class Masker:
    """Masks the secrets of several worlds at once, in one text after the other.

    It goes on with what it knows as long as the same worlds, and maybe further ones, are asked for: each secret is
    prepared once, and words that hold none are looked at once. Where several have a secret, the first one names it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._finder = parts.Finder()
        self._forget()

    def _forget(self) -> None:
        self._worlds: list[list[Secret]] = []
        self._taken: list[int] = []
        self._labels: dict[str, tuple[int, str]] = {}
        self._short: dict[str, None] = {}
        self._by_letters: dict[str, dict[str, None]] = {}
        self._finder.forget()

    def of(self, worlds: Sequence[Secrets]) -> Mask:
        """Return what masks all that these worlds know by now."""
        known = [world.known for world in worlds]
        with self._lock:
            if any(before is not now for before, now in zip_longest(self._worlds, known[: len(self._worlds)])):
                self._forget()
            self._taken += [0] * (len(known) - len(self._worlds))
            self._worlds = known
            begins, self._taken = self._taken, [*map(len, known)]
            news = [
                (secret, place)
                for place, (begin, end) in enumerate(zip(begins, self._taken, strict=True))
                for secret in known[place][begin:end]
            ]
            self._finder.know((secret.label, form) for secret, _ in news for form in secret.spelled)
            for secret, place in news:
                self._take(secret, place)
        return self._mask

    def _take(self, secret: Secret, place: int) -> None:
        """Look for a secret from now on. Where the forms of one stand in one word, its pieces lead to them."""
        spelled = secret.spelled
        for form in secret.forms:
            if place <= self._labels.get(form, (place, ""))[0]:
                self._labels[form] = place, secret.label
            if form.lower() in spelled and parts.in_one_word(form):
                self._by_letters.setdefault(form.lower(), {})[form] = None
            else:
                self._short[form] = None

    def _mask(self, text: str) -> str:
        with self._lock:
            suspects = self._finder.suspects(text)
            spelled = self._finder.forms(suspects.values())
            here = [form for letters in spelled for form in self._by_letters.get(letters, ())]
            masked = self._replaced(text, (*self._short, *here))
            left = any(self._finder.holds(self._replaced(word, here)) for word in suspects)  # parts, or in another case
            return self._finder.mask(masked) if left else masked

    def _replaced(self, text: str, written: Iterable[str]) -> str:
        for form in sorted(written, key=len, reverse=True):  # none is replaced within a longer one
            text = text.replace(form, f"<{self._labels[form][1]}>")
        return text


def masking(worlds: Sequence[Secrets]) -> Mask:
    """Return what masks the secrets of several worlds at once: it looks for all of them once, not for each world's."""
    return Masker().of(worlds)


def forms(value: str) -> set[str]:
    """Return a secret as it may appear: as it is, in capitals, escaped or percent-encoded, as part of Base64."""
    quoted = value if value.isascii() and value.isalnum() else quote(value, safe="")
    found = {value, value.upper(), quoted, quoted.lower()}
    if quoted != value:
        found.add(json.dumps(value)[1:-1])
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + value.encode()).decode().rstrip("=")
        part = whole[-(-shift * 8 // 6) : -1]
        found |= {part, part.translate(_URL_SAFE)}
    return found
