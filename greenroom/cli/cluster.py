"""``--cluster``: options of commands that can play on many machines."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.cluster.bundle import folder_of, pack
from greenroom.contracts.cluster.engine import Pool


@dataclass(frozen=True)
class Cluster:
    """A cluster as it is named on the command line, what prepares its workers, and the folders that travel there."""

    address: str
    prepare: str = ""
    folders: tuple[str, ...] = ()

    @contextmanager
    def opened(self, targets: Sequence[str]) -> Iterator[Pool]:
        """Open it for connectors, whose folders travel to the workers.

        Raises:
            click.UsageError: the package that it needs is not installed.
            ClusterError: it cannot be reached.
            ConfigError: a folder cannot travel.
            TargetError: there is no such connector.

        """
        own = [folder for target in targets if (folder := folder_of(parse(target)))]
        bundle = pack(map(Path, self.folders) if self.folders else dict.fromkeys(own), self.prepare)
        if not find_spec("distributed"):
            raise click.UsageError("--cluster needs Dask distributed: pip install 'greenroom[cluster]'")
        with import_module("greenroom.contracts.cluster.dask_pool").opened(self.address, bundle) as pool:
            yield pool


def cluster_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --cluster, --prepare and --folder. They arrive as one option, ``cluster``."""

    def gathered(*words: Any, cluster: str | None, prepare: str, folder: tuple[str, ...], **options: Any) -> Any:
        if (prepare or folder) and not cluster:
            msg = "--prepare and --folder are for workers; name them with --cluster"
            raise click.UsageError(msg)
        if cluster and options.get("isolated"):
            msg = "--isolate is for this machine alone; leave out --cluster, or isolate the workers"
            raise click.UsageError(msg)
        if cluster and click.get_current_context().get_parameter_source("jobs") is ParameterSource.COMMANDLINE:
            msg = "--jobs is for this machine; leave it out, a cluster plays on all of its workers"
            raise click.UsageError(msg)
        return function(*words, cluster=Cluster(cluster, prepare, folder) if cluster else None, **options)

    gathered.__name__, gathered.__doc__ = function.__name__, function.__doc__
    gathered.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


_OPTIONS = (
    click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Play on the workers of a Dask scheduler (tcp:// or tls://HOST:PORT), or on N local ones (local:N).",
    ),
    click.option(
        "--prepare",
        default="",
        metavar='"CMD"',
        help="Run once on each worker in the connector's folder, e.g. 'npm ci'.",
    ),
    click.option(
        "--folder",
        multiple=True,
        metavar="DIR",
        help="The folder that travels to the workers. Repeatable.  [default: that of the connector's package or file]",
    ),
)
