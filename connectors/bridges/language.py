"""What a language of connectors fills in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Language:
    """One language: its file suffixes, its worker, how to start it and what its process needs in its environment.

    ``command`` is the default runtime, e.g. ``("node",)``; ``trust`` returns the variables that make its HTTP clients
    trust an authority's certificate file; ``offering`` how a connector offers an interface with its input fields.
    """

    name: str
    suffixes: tuple[str, ...]
    worker: Path
    command: tuple[str, ...]
    trust: Callable[[Path], Mapping[str, str]]
    offering: Callable[[str, Sequence[str]], str]
