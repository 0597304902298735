"""The ways to reach a connector. A language is one worker file and one row here."""

from greenroom.connectors.bridges.language import Language
from greenroom.connectors.bridges.node import NODE
from greenroom.connectors.bridges.python import PYTHON

LANGUAGES: dict[str, Language] = {suffix: language for language in (PYTHON, NODE) for suffix in language.suffixes}
"""By file suffix; a target without a file (``package.module``) is Python."""
