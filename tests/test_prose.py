"""The pages are plain: no sentence above 25 words, 16 on average; what is no prose is not measured."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 25
AVERAGE = 16
RESULTS = {"kill-matrix.md"}
"""Tables of results; nobody writes or reads them as prose."""

USERS = [ROOT / "README.md", *sorted(page for page in (ROOT / "docs").rglob("*.md") if page.name not in RESULTS)]
CONTRIBUTORS = [ROOT / name for name in ("ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES = [*USERS, *CONTRIBUTORS]

BLOCKS = re.compile(r"<!--.*?-->|^ *```.*?^ *```|^<picture>.*?^</picture>", re.DOTALL | re.MULTILINE)
"""What stands for itself: HTML comments, code blocks, pictures."""
NO_PROSE = re.compile(r"^\s*(\||#|>|---)")
"""The start of a line of a table, of a heading, of another author's words, of a rule."""
ITEM = re.compile(r"^\s*([-*+]|\d+\.)\s+")
CODE = re.compile(r"(`+).+?\1", re.DOTALL)
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
ABBREVIATION = re.compile(r"\b(e\.g|i\.e|etc|vs|cf|approx)\.")
END = re.compile(r"(?<=[.!?])[\"”’)*_]*\s+(?=[\"“‘(*_]*[A-Z0-9…])")
"""A full stop, a blank, a capital: a dot in a version or a file name has no blank behind it."""


def sentences(page: Path) -> list[str]:
    return [sentence for text in paragraphs(page.read_text("utf-8")) for sentence in split(text)]


def paragraphs(markdown: str) -> Iterator[str]:
    """Yield each paragraph and each item of a list as one line; lists of links are left out."""
    lines: list[str] = []
    for line in [*BLOCKS.sub("\n\n", markdown).splitlines(), ""]:
        ends, begins = not line.strip() or bool(NO_PROSE.match(line)), ITEM.match(line)
        if lines and (ends or begins):
            text = " ".join(lines)
            lines = []
            if not lists_links(text):
                yield text
        if not ends:
            lines.append(line[begins.end() :] if begins else line.strip())


def lists_links(text: str) -> bool:
    """Whether more words are links than stand between them, in several links."""
    links = LINK.findall(text)
    return len(links) > 1 and 2 * count(" ".join(links)) > count(plain(text))


def split(paragraph: str) -> list[str]:
    return [sentence for sentence in END.split(plain(paragraph)) if count(sentence)]


def plain(text: str) -> str:
    """Return a text without marks; a piece of code is one word, and a link is the text that is read."""
    text = LINK.sub(r"\1", IMAGE.sub("", CODE.sub("Code", text)))
    return ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)


def count(sentence: str) -> int:
    """Return the number of words; a dash or an arrow is none."""
    return sum(any(character.isalnum() for character in word) for word in sentence.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_sentence_is_long(page: Path) -> None:
    assert [f"{count(s)} words: {s}" for s in sentences(page) if count(s) > LONGEST] == []


@pytest.mark.parametrize("pages", [USERS, CONTRIBUTORS], ids=["for users", "for contributors"])
def test_sentences_are_short_on_average(pages: list[Path]) -> None:
    lengths = [count(sentence) for page in pages for sentence in sentences(page)]

    assert sum(lengths) / len(lengths) <= AVERAGE


def test_what_is_measured() -> None:
    """Headings, tables, code, comments, quotations and lists of links are no sentences; dots in names end none."""
    markdown = """<!-- Generated. -->
# A heading. It has two.

Run `make x. Y` on Python 3.11 or newer, e.g. in CI. It
reads [clio.py](connectors/clio.py) (once). "Done." Then it stops

- one item – of a list
- another

| a table. | Row |

> Another author's words. They stay.

```console
$ greenroom. Output.
```

[One page](a.md) · [another page](b.md) · and [more](c.md)
"""
    found = [sentence for text in paragraphs(markdown) for sentence in split(text)]

    assert [count(sentence) for sentence in found] == [10, 4, 1, 3, 5, 1]
