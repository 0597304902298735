"""Where reports for people show their lines: a terminal, a pipe, a log of CI."""

from typing import Literal, Protocol

Style = Literal["", "good", "bad", "mild"]
Detail = Literal["quiet", "normal", "verbose"]
"""``quiet``: the verdict and broken promises only. ``verbose``: a line for every scenario or step as well."""


class Screen(Protocol):
    """Shows lines. Control characters are made visible, so that each text is one line."""

    def say(self, text: str = "", head: str = "", style: Style = "") -> None:
        """Show a line, with ``head`` before it in a style."""

    def command(self, label: str, command: str) -> None:
        """Show a command that can be copied."""

    def progress(self, text: str) -> None:
        """Show what is going on. A terminal replaces it by the next; a log gets few of them."""

    def rest(self) -> None:
        """End the progress: something else follows."""
