"""A fuzz from its beginning to its end, in one process or in several."""

from collections.abc import Callable
from dataclasses import replace

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.events import Event, FuzzFinished, FuzzStarted, Replayed, Result
from greenroom.contracts.fuzz.explorer import Explorer
from greenroom.contracts.fuzz.jobs import explore
from greenroom.contracts.fuzz.keep import kept_stories
from greenroom.contracts.fuzz.replay import Replayer
from greenroom.contracts.fuzz.results import together
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.fuzz.story import Story
from greenroom.contracts.harness.testbed import open_testbed
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.seeding import seeded
from greenroom.simulators import find_crm
from greenroom.simulators.core.draw import FRIENDLY

Handle = Callable[[Event], None]


def fuzz(config: FuzzConfig, handle: Handle = lambda _event: None, stop: Stop | None = None) -> Result:
    """Look for a story in which a connector breaks a promise: first among those kept, then among random ones.

    Once ``stop`` is asked for the end, what was found by then is the result.

    Raises:
        Interrupted: the end was asked for before the connector was loaded, or its kept stories were played.
        LookupError: no such CRM.
        BridgeError, ConfigError: the connector cannot be reached, or offers nothing that is judged.
        FuzzError: a story cannot be judged.
        StoryError: a kept file holds no story.

    """
    config = replace(config, run=seeded(config.run))
    kept, target, stop = kept_stories(config), parse(config.run.target), stop or Stop()
    with stop.heeded(), open_testbed(config.run, target, find_crm(config.run.crm), stop.started) as testbed:
        handle(FuzzStarted(target.name, config.run.crm, testbed.bridge.loaded.runtime, len(kept)))
        explorer = Explorer(config, testbed, testbed.identity(target), handle, stop)
        replays = [_kept(config, Replayer(testbed, stop), story, str(place)) for place, story in kept]
        for replayed in replays:
            handle(replayed)
        explorer.found.extend(replayed for replayed in replays if replayed.broken)
        result = _explored(config, explorer, handle, stop)
    handle(FuzzFinished(result))
    return result


def _kept(config: FuzzConfig, replayer: Replayer, story: Story, place: str) -> Replayed:
    """Play a kept story again with the seed that it was found with: the connector may have changed since."""
    seed = story.run.get("seed", FRIENDLY)
    if seed == config.run.seed:
        return _replayed(config, replayer, story, place)
    return replay(replace(config.run, seed=seed), story, place)


def _explored(config: FuzzConfig, explorer: Explorer, handle: Handle, stop: Stop) -> Result:
    """Explore, unless a kept story fails still: then that is the result."""
    if explorer.found:
        return explorer.result()
    if config.jobs == 1:
        explorer.explore()
        return explorer.result()
    return together(explore(config, handle, stop), explorer.seconds)


def explored(config: FuzzConfig, stop: Stop) -> Result:
    """Play one part of a fuzz in this process, without the stories that were kept, and report nothing on the way.

    Raises:
        LookupError, BridgeError, ConfigError, FuzzError: as a fuzz does.

    """
    target = parse(config.run.target)
    with open_testbed(config.run, target, find_crm(config.run.crm), stop.started) as testbed:
        explorer = Explorer(config, testbed, testbed.identity(target), lambda _event: None, stop)
        explorer.explore()
        return explorer.result()


def replay(run_config: RunConfig, story: Story, place: str) -> Replayed:
    """Play a stored story again in a fresh process; ``place`` is where it is stored.

    Raises:
        LookupError: no such CRM.
        BridgeError, ConfigError: the connector cannot be reached, or offers nothing that is judged.
        StoryError: it cannot be played on this CRM.

    """
    with open_testbed(run_config, parse(run_config.target), find_crm(run_config.crm)) as testbed:
        return _replayed(FuzzConfig(run_config), Replayer(testbed), story, place)


def _replayed(config: FuzzConfig, replayer: Replayer, story: Story, place: str) -> Replayed:
    own = [clause for clause in CLAUSES if clause.id == story.clause]
    clauses = dict.fromkeys([*config.clauses(), *own])  # its own also where it is advice
    return Replayed(story, replayer.confirm(story.steps, list(clauses), story.history), place)
