"""Put the reports of a run's shards together, and judge the whole again."""

from collections.abc import Mapping, Sequence
from typing import Any

from greenroom.contracts.interfaces import INTERFACES
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.rejudge import StoredError, rejudge
from greenroom.contracts.run.shard import Shard, missing
from greenroom.contracts.scenarios import SCENARIOS

SAME = ("greenroom", "crm", "level", "seed", "isolated", "options", "waivers")
"""What the shards of one run have in common, beside the connector and the selection."""

Report = Mapping[str, Any]


def merge(reports: Mapping[str, Report]) -> tuple[Certificate, list[Shard]]:
    """Return the certificate of a whole run from its shards' reports by file, and the shards that are missing.

    Raises:
        StoredError: they are not of one run, or two hold the same shard.

    """
    present, left = parts({name: (_shard(name, report), _identity(report)) for name, report in reports.items()})
    one = next(iter(reports.values()))
    selected = {**one["selection"], "shards": list(map(str, present)) if left else []}
    whole = {**one, "selection": selected, **_together(list(reports.values()))}
    return rejudge(whole), left


def parts(found: Mapping[str, tuple[Shard, Mapping[str, Any]]]) -> tuple[list[Shard], list[Shard]]:
    """Return the shards that files hold, in order, and those that are missing.

    ``found`` has each file's shard, and what must be the same in all shards of one run.

    Raises:
        StoredError: they are not of one run, or two hold the same shard.

    """
    shards = {name: shard for name, (shard, _) in found.items()}
    same = {name: {**identity, "number of shards": shard.of} for name, (shard, identity) in found.items()}
    first, *others = found
    for name in others:
        _check_same(same[first], same[name], first, name)
    _check_once(shards)
    return sorted(shards.values()), missing(list(shards.values()))


def _together(reports: Sequence[Report]) -> dict[str, Any]:
    """Return the calls and scenarios of all reports, in the order of one run; they were played at the same time."""
    place = {scenario.id: number for number, scenario in enumerate(SCENARIOS)}
    order = {name: number for number, name in enumerate(INTERFACES)}
    calls = [call for report in reports for call in report["calls"]]
    return {
        "calls": sorted(calls, key=lambda c: (order[c["interface"]], place.get(c["scenario"], 0), c["step"])),
        "scenarios": [timing for report in reports for timing in report["scenarios"]],
        "seconds": max(report["seconds"] for report in reports),
    }


def _shard(name: str, report: Report) -> Shard:
    written = report["selection"].get("shards", [])
    if len(written) != 1:
        raise StoredError(f"'{name}' is no shard; use the reports of 'greenroom certify TARGET --shard K/N'")
    return Shard.parse(written[0])


def _identity(report: Report) -> dict[str, Any]:
    """Return what must be the same in all shards of one run."""
    selected = {name: globs for name, globs in report["selection"].items() if name != "shards"}
    target = {name: report["target"].get(name) for name in ("digest", "runtime", "interfaces", "cancellation")}
    return {
        **{name: report.get(name) for name in SAME},
        **target,
        **selected,
        "set": report.get("set", {}).get("name"),
    }


def _check_same(one: Mapping[str, Any], other: Mapping[str, Any], first: str, name: str) -> None:
    """Check that two shards are of one run.

    Raises:
        StoredError: they differ; the message says in what.

    """
    for what, value in one.items():
        if other.get(what) != value:
            raise StoredError(
                f"'{name}' is of another run than '{first}': its {what} is {other.get(what)}, not {value}"
            )


def _check_once(shards: Mapping[str, Shard]) -> None:
    """Check that no shard comes twice.

    Raises:
        StoredError: one does.

    """
    known: dict[Shard, str] = {}
    for name, shard in shards.items():
        if shard in known:
            raise StoredError(f"'{known[shard]}' and '{name}' both hold shard {shard}; leave one out")
        known[shard] = name
