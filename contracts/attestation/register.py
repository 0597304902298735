"""A register: a folder of certified products. Each has a folder with ``PRODUCT.toml`` and what it names.

A product's table: ``name``, ``connector`` (where it is published), ``certificate``, ``report`` and ``key`` (files,
from the product's folder), and ``reproduce`` (the command that certifies it again).
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.contracts.attestation.envelope import SignatureError, public_key, unchecked
from greenroom.contracts.attestation.verify import Claim, problems, text

PRODUCT = "PRODUCT.toml"
FIELDS = ("name", "connector", "certificate", "report", "key", "reproduce")


class RegisterError(ValueError):
    """A folder is no register. The message says what is wrong."""


@dataclass(frozen=True)
class Entry:
    """One product: what its table says, what its certificate claims (if it is true), and what is wrong with it."""

    product: Mapping[str, str]
    claims: Mapping[str, Any]
    wrong: tuple[str, ...]


def entries(folder: Path) -> list[Entry]:
    """Return all products of a register by folder, each verified now.

    Raises:
        RegisterError: it holds no product, or the table of one lacks a field.

    """
    found = sorted(folder.glob(f"*/{PRODUCT}"))
    if not found:
        raise RegisterError(f"'{folder}' is no register: it has no folder with a {PRODUCT}")
    return [_entry(file) for file in found]


def _entry(file: Path) -> Entry:
    product = _product(file)
    paths = {name: file.parent / product[name] for name in ("certificate", "report", "key")}
    try:
        claim = Claim(text(paths["certificate"]), text(paths["report"]), public_key(paths["key"]))
    except (OSError, SignatureError) as error:
        return Entry(product, {}, (str(error),))
    wrong = tuple(problems(claim))
    claims = {} if wrong else json.loads(unchecked(claim.certificate))["predicate"]
    return Entry(product, claims, wrong)


def _product(file: Path) -> dict[str, str]:
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise RegisterError(f"'{file}' cannot be read: {error}") from None
    missing = [name for name in FIELDS if not isinstance(found.get(name), str)]
    if missing:
        raise RegisterError(f"'{file}' lacks {', '.join(missing)}; give each as a text")
    return found
