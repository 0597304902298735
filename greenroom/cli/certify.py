"""``greenroom certify``."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import click
from click.core import ParameterSource

from greenroom.cli import completion
from greenroom.cli.cluster import Cluster, cluster_options
from greenroom.cli.errors import complain
from greenroom.cli.isolation import isolate_option
from greenroom.cli.options import command, common, crm_option, detailed, environment, examined, shard_option
from greenroom.cli.screen import opened
from greenroom.cli.watch import DEADLINE, watch
from greenroom.connectors.bridges import systems
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.clauses.clause import LEVELS
from greenroom.contracts.cluster.certifying import certify as run_on_cluster
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.reports import FORMATS, REPORTS, open_report
from greenroom.contracts.reports.report import Report
from greenroom.contracts.reports.screen import Detail, Screen
from greenroom.contracts.reports.terminal import TerminalReport
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.compare import compare
from greenroom.contracts.run.config import TIMES, RunConfig
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.rejudge import load as stored
from greenroom.contracts.run.runner import certify as run
from greenroom.contracts.run.runner import unjudged
from greenroom.contracts.run.shard import Shard
from greenroom.contracts.run.waivers import load
from greenroom.contracts.visible import visible
from greenroom.suggest.trial import Suggestion, suggest

MOST_JOBS = 4
"""The most processes by default: the lanes of a run keep no more of them busy."""


def _today(name: str) -> str:
    """Return an option's present name: scenarios were once called situations."""
    return "scenario" if name == "situation" else name


@click.command(no_args_is_help=False, context_settings={"token_normalize_func": _today})
@click.argument("targets", nargs=-1, required=True, metavar="TARGET …")
@crm_option
@click.option(
    "--level",
    default=LEVELS[-1],
    show_default=True,
    metavar="LEVEL",
    shell_complete=completion.levels,
    help=f"One of {', '.join(LEVELS)}.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FILE",
    help=(
        f"Also write a report. Its suffix chooses the format: {', '.join(REPORTS)} (.xml is JUnit); or name it: "
        f"{', '.join(f'{each}:FILE' for each in FORMATS)}. 'github' annotates a GitHub job. Repeatable."
    ),
)
@click.option(
    "--only",
    multiple=True,
    metavar="GLOB",
    shell_complete=completion.clauses,
    help="Judge only these clauses: quick, but no certificate. Repeatable.",
)
@click.option(
    "--scenario",
    "scenarios",
    multiple=True,
    shell_complete=completion.scenarios,
    metavar="GLOB",
    help="Play only these scenarios: quick, but no certificate. Repeatable.",
)
@click.option(
    "--interface",
    "interfaces",
    multiple=True,
    metavar="NAME",
    shell_complete=completion.interfaces,
    help="Judge only these interfaces. Repeatable.",
)
@click.option("--set", "requirements", default="", metavar="NAME", help="The requirement set.  [default: the newest]")
@click.option("--waivers", metavar="FILE", help="A TOML file of known failures that pass until a date.")
@click.option(
    "--baseline",
    metavar="OLD.json",
    help="A report to compare with: the exit code is 1 only for what is newly broken.",
)
@click.option(
    "--time",
    default=TIMES[0],
    show_default=True,
    metavar="|".join(TIMES),
    help=(
        "How a silent CRM is waited for. virtual: faster, with libfaketime. auto: so where that is installed, and what "
        "breaks is played again in real time."
    ),
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: min(systems.cores(), MOST_JOBS),
    show_default=f"one for each core, up to {MOST_JOBS}",
    envvar="GREENROOM_JOBS",
    metavar="N",
    help="The number of processes that share the work. A short run needs one only.",
)
@shard_option("play this part of the run")
@detailed
@click.option(
    "--watch",
    "watched",
    is_flag=True,
    help=f"Certify again after each save, what was broken first. The deadline is then {DEADLINE:g} s by default.",
)
@click.option(
    "--suggest",
    "suggests",
    is_flag=True,
    help="Experimental: try changes for known causes in a copy, and show as a diff what holds there.",
)
@isolate_option
@examined
@cluster_options
@common
def certify(
    targets: tuple[str, ...],
    reports: tuple[str, ...],
    waivers: str | None,
    baseline: str | None,
    detail: Detail,
    watched: bool,  # noqa: FBT001 - click passes it
    suggests: bool,  # noqa: FBT001
    **options: Any,
) -> int:
    """Certify that a connector keeps its promises.

    TARGET is path/to/connector.js[:attribute] (or .cjs, .mjs, .ts, .py), or package.module[:attribute]. Several targets
    are certified one after another. TypeScript needs a loader: --runtime "node --import tsx".
    A level includes those before it: runtime, documented, resilient.

    With --baseline, the run ends with what differs from an earlier report.
    With --waivers, the exit code is 0 if every broken promise is waived. The verdict and the level do not change.
    A selection (--only, --scenario) that passes HOLDS, with exit code 0. It is no certificate.

    Example: greenroom certify my_connector.py --crm clio --report result.json
    """
    cluster: Cluster | None = options.pop("cluster")
    if watched:
        options["deadline"] = _while_watching(options["deadline"], [*targets[1:], *filter(None, [baseline])])
    known = load(waivers) if waivers else ()
    configs = [_config(target, waivers=known, waived_in=waivers, **options) for target in targets]
    listeners = [open_report(name) for name in reports]
    if len(targets) > 1 and not all(listener.several for listener in listeners):
        msg = "a .json report or a badge holds one target; certify one at a time, or use .html, .md, .xml or .sarif"
        raise click.UsageError(msg)
    if baseline and len(targets) > 1:
        raise click.UsageError("--baseline is about one target; certify one at a time")
    code_of = compared_with(baseline) if baseline else exit_code
    if cluster and (watched or suggests):
        raise click.UsageError("--watch and --suggest are for this machine; leave out --cluster")
    if watched:
        return watch(configs[0], detail, reports)
    with opened() as screen:
        shown = [TerminalReport(screen, detail), *listeners]
        if cluster:
            with cluster.opened(targets) as pool:
                return max(_reported(*each, screen, shown, code_of) for each in run_on_cluster(configs, pool))
        codes = [
            _judged(config, screen, shown, _then(config, screen, code_of, suggests=suggests)) for config in configs
        ]
    return max(codes)


def _while_watching(deadline: float, more: Sequence[str]) -> float:
    """Return the deadline of a call while files are watched: a short one, unless one was asked for.

    Raises:
        click.UsageError: there are several targets, or a baseline.

    """
    if more:
        raise click.UsageError(f"--watch is about one connector and no baseline; leave out {', '.join(more)}")
    asked = click.get_current_context().get_parameter_source("deadline") is not ParameterSource.DEFAULT
    return deadline if asked else DEADLINE


def _config(
    target: str, *, runtime: str, env: tuple[str, ...], shard: Shard | None = None, **options: Any
) -> RunConfig:
    shards = (str(shard),) if shard else ()
    return RunConfig(target, runtime=command(runtime), env=environment(env), shards=shards, **options)


def compared_with(baseline: str) -> Callable[[Certificate], int]:
    """Return what prints how a certificate differs from a stored report, and returns the exit code for that."""
    old = stored(baseline)

    def code_of(certificate: Certificate) -> int:
        found = compare(old, certificate.report())
        click.echo("\n".join((f"\nCompared with {baseline}:", *(f"  {line}" for line in found.lines()))))
        return 1 if found.broken else 2 if certificate.verdict == "errored" else 0

    return code_of


def _then(
    config: RunConfig, screen: Screen, code_of: Callable[[Certificate], int], *, suggests: bool
) -> Callable[[Certificate], int]:
    """Return what follows a certificate: the exit code, and a suggestion where one was asked for."""

    def suggesting(certificate: Certificate) -> int:
        code = code_of(certificate)
        show(suggest(config, certificate, screen.progress), screen)
        return code

    return suggesting if suggests else code_of


def show(found: Suggestion | None, screen: Screen) -> None:
    """Show a suggestion. The lines of the diff stay as they are, so that it can be applied."""
    screen.rest()
    screen.say()
    if found is None:
        screen.say("No change is suggested: none of those that Greenroom knows holds here.")
        return
    screen.say(f": {', '.join(found.causes)}", "Suggested change (experimental)", "good")
    screen.say(
        f"  in a copy that was certified again, these promises hold where they were broken: {', '.join(found.kept)}"
    )
    click.echo("\n".join(("", *map(visible, found.diff))))


def _judged(
    config: RunConfig, screen: Screen, listeners: Sequence[Report], code_of: Callable[[Certificate], int]
) -> int:
    """Certify one target. If it cannot be judged, the others still are."""
    try:
        return _certify(config, listeners, code_of)
    except (BridgeError, ConfigError) as error:
        return _unjudged(unjudged(config, str(error)), screen, listeners)


def _unjudged(certificate: Certificate, screen: Screen, listeners: Sequence[Report]) -> int:
    """Report a connector that could not be judged at all."""
    screen.rest()
    for listener in listeners[1:]:  # the first one speaks to the terminal, as the next line does
        listener.handle(RunFinished(certificate))
    return complain(str(certificate.failure))


def _certify(config: RunConfig, listeners: Sequence[Report], code_of: Callable[[Certificate], int]) -> int:
    code = 2
    with closing(run(config)) as events:
        for event in events:
            for listener in listeners:
                listener.handle(event)
            if isinstance(event, RunFinished):
                code = _ended(event.certificate, code_of)
    return code


def _ended(certificate: Certificate, code_of: Callable[[Certificate], int]) -> int:
    """Return the exit code of a certificate; say on stderr why something could not be judged."""
    code = code_of(certificate)
    errored = dict.fromkeys(str(v.reason) for v in certificate.scored if v.outcome == "errored")
    if code == 2 and errored:
        click.echo(f"greenroom: {next(iter(errored))}", err=True)
    return code


def _reported(
    config: RunConfig,
    certificate: Certificate,
    screen: Screen,
    listeners: Sequence[Report],
    code_of: Callable[[Certificate], int],
) -> int:
    """Report a certificate that a cluster brought."""
    if certificate.failure:
        named = replace(certificate, failure=f"{config.target}: {certificate.failure}")
        return _unjudged(named, screen, listeners)
    for listener in listeners:
        listener.handle(RunFinished(certificate))
    return _ended(certificate, code_of)


def exit_code(certificate: Certificate) -> int:
    """Return 0 if every broken promise is waived, 1 if one is not, 2 if the connector could not be judged."""
    return 0 if certificate.passes else 2 if certificate.verdict == "errored" else 1
