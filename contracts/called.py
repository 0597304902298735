"""How this command was called, for the commands that it shows: ``npx greenroom`` where the npm package did it."""

import os

CALLED_AS: tuple[str, ...] = tuple(os.environ.pop("GREENROOM_CALLED_AS", "greenroom").split())
"""The words with which a command begins. The variable is taken away: a connector has no business with it."""
