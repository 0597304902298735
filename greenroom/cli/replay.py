"""``greenroom replay``."""

from pathlib import Path
from typing import Any

import click

from greenroom.cli.options import command, environment, seed
from greenroom.cli.screen import opened
from greenroom.contracts.fuzz.runner import replay as replay_story
from greenroom.contracts.fuzz.story import StoryError, read
from greenroom.contracts.reports.fuzz import FuzzReport
from greenroom.contracts.run.config import RunConfig
from greenroom.simulators.core.draw import FRIENDLY


@click.command()
@click.argument("file", metavar="FILE.json")
@click.argument("target", required=False)
@click.option("--seed", callback=seed, metavar="N|random", help="Replaces the seed of the story.")
@click.option("--deadline", type=float, help="Replaces the longest time of a call, in seconds.")
@click.option("--runtime", metavar='"CMD"', help="Replaces the command that runs the connector.")
@click.option("--env", multiple=True, metavar="K=V", help="Set a variable in the connector's process. Repeatable.")
def replay(file: str, target: str | None, runtime: str | None, env: tuple[str, ...], **options: Any) -> int:
    """Replay a failing story of 'greenroom fuzz' in a fresh process of the connector.

    The exit code is 1 if a promise still breaks, 0 if all hold. Without TARGET, the connector is that of the story.

    Example: greenroom replay .greenroom/stories/clio-my_connector.py-1a2b3c/effect.cancelled.json
    """
    story = read(Path(file))
    name = target or story.target.get("name")
    if not name:
        raise StoryError(f"'{file}' names no connector: add TARGET after the file")
    kept = {key: value for key, value in story.run.items() if key in ("level", "seed", "deadline")}
    chosen = {key: value for key, value in options.items() if value is not None}
    kept_runtime = () if target else tuple(story.run.get("runtime", ()))  # another connector may need another one
    words = command(runtime) if runtime is not None else kept_runtime
    config = RunConfig(name, story.crm, runtime=words, env=environment(env), **{"seed": FRIENDLY, **kept, **chosen})
    found = replay_story(config, story, file)
    with opened() as screen:
        FuzzReport(screen).handle(found)
    return 1 if found.broken else 0
