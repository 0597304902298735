"""The state of a campaign: one file for each part that was played, written whole or not at all."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from greenroom.contracts import schemas
from greenroom.contracts.campaign.plan import Part
from greenroom.contracts.run.rejudge import StoredError
from greenroom.simulators.core.lockfile import InUseError, LockFile


class State:
    """A folder that one campaign at a time uses. What it holds outlives whatever ends the process.

    Raises:
        StoredError: another process uses it, or it cannot be written.

    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._units = folder / "units"
        try:
            self._units.mkdir(parents=True, exist_ok=True)
            self._lock = LockFile(folder / "campaign.lock")
        except InUseError as error:
            raise StoredError(f"state '{folder}' is {error}; choose another one with --state") from None
        except OSError as error:
            raise StoredError(f"state '{folder}' cannot be written: {error.strerror}; choose another place") from None

    def close(self) -> None:
        """Let others use the folder."""
        self._lock.release()

    def load(self) -> dict[str, dict[str, Any]]:
        """Return the documents of all parts that were played, by their keys.

        Raises:
            StoredError: a file holds something else; the message names it and the field.

        """
        return {path.stem: _read(path) for path in sorted(self._units.glob("*.json"))}

    def keep(self, part: Part, result: Mapping[str, Any]) -> dict[str, Any]:
        """Keep what came of a part, and return the document: on the disk before it is counted."""
        target, crm = part.pair
        document = {"key": part.key, "target": target, "crm": crm, "day": part.day, "part": str(part.config.part)}
        whole = {**document, "result": dict(result)}
        write(self._units / f"{part.key}.json", json.dumps(whole, ensure_ascii=False) + "\n")
        return whole


def write(path: Path, text: str) -> None:
    """Write a file, whole or not at all, whatever ends this process."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoredError(f"state '{path}' cannot be read: {error}; remove the file to play that part again") from None
    if wrong := schemas.problem("campaign-unit", found, "state"):
        raise StoredError(f"'{path}' is no part of a campaign: {wrong}; remove the file to play that part again")
    checked: dict[str, Any] = found
    return checked
