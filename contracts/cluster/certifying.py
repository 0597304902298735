"""Certifications of many connectors on a cluster: each is played whole on one worker, and judged here."""

from collections.abc import Iterator, Mapping, Sequence

from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.cluster.alike import Alike
from greenroom.contracts.cluster.engine import Answer, Engine, Pool, SchedulerLostError
from greenroom.contracts.cluster.orders import certifying
from greenroom.contracts.run.certificate import Certificate, ScenarioPlayed
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.rejudge import checked
from greenroom.contracts.run.runner import judged, unjudged
from greenroom.contracts.run.seeding import seeded


def certify(configs: Sequence[RunConfig], pool: Pool) -> Iterator[tuple[RunConfig, Certificate]]:
    """Yield each configuration with its certificate, in their order, as soon as those before it are known.

    A connector that cannot be judged has a certificate that says why.

    Raises:
        ClusterError: there is no worker, or they are not alike.

    """
    left = {str(number): config for number, config in enumerate(configs)}
    done: dict[str, Certificate] = {}
    for name, certificate in _certificates(dict(left), pool):
        done[name] = certificate
        while done and (first := next(iter(left))) in done:
            yield left.pop(first), done.pop(first)


def _certificates(configs: Mapping[str, RunConfig], pool: Pool) -> Iterator[tuple[str, Certificate]]:
    """Yield the certificate of each configuration by its name, as they come."""
    ready, wrong = _seeded(configs)
    yield from wrong.items()
    for answer in answers(ready, pool):
        yield answer.unit.name, _certificate(ready[answer.unit.name], answer)


def _seeded(configs: Mapping[str, RunConfig]) -> tuple[dict[str, RunConfig], dict[str, Certificate]]:
    """Return configurations with their seeds, and certificates of connectors that are not there."""
    ready, wrong = {}, {}
    for name, config in configs.items():
        try:
            ready[name] = seeded(config)
        except BridgeError as error:
            wrong[name] = unjudged(config, str(error))
    return ready, wrong


def answers(configs: Mapping[str, RunConfig], pool: Pool) -> Iterator[Answer]:
    """Yield an answer for each configuration, which has a seed: its ``document`` is the report, or it has a problem.

    Raises:
        ClusterError: there is no worker, or they are not alike.

    """
    left = dict(configs)
    alike = Alike({target.name: target.digest for target in (parse(each.target) for each in configs.values())})
    try:
        for answer in Engine(pool, (certifying(*each) for each in configs.items())).answers():
            del left[answer.unit.name]
            yield _checked(answer, alike)
    except SchedulerLostError as error:
        yield from (Answer(certifying(*each), "", problem=str(error)) for each in left.items())


def _checked(answer: Answer, alike: Alike) -> Answer:
    if answer.problem:
        return answer
    if "refused" in answer.document:
        return Answer(answer.unit, answer.worker, problem=str(answer.document["refused"]))
    found = Answer(answer.unit, answer.worker, answer.document["document"])
    alike.check(found)
    return found


def _certificate(config: RunConfig, answer: Answer) -> Certificate:
    """Judge what was recorded: with the waivers that are here, and nothing that a worker says of itself."""
    if answer.problem:
        return unjudged(config, answer.problem)
    report = checked(dict(answer.document), f"the answer of {answer.worker}")
    target = {**report["target"], "name": config.target}
    played = [ScenarioPlayed(**timing) for timing in report["scenarios"]]
    return judged(config, target, report["calls"], played, report["seconds"])
