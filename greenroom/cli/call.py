"""``greenroom call``: make one call, show everything that was observed, judge it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

from greenroom.cli import completion
from greenroom.cli.isolation import isolate_option
from greenroom.cli.options import command, common, crm_option, environment, friendly
from greenroom.cli.screen import opened
from greenroom.connectors.bridges.target import parse
from greenroom.contracts import schemas
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import LEVELS
from greenroom.contracts.clauses.ending import exit_code
from greenroom.contracts.clauses.judge import exchange, in_short, judge
from greenroom.contracts.clauses.toast import in_words
from greenroom.contracts.harness.recording import CallRequest
from greenroom.contracts.harness.testbed import open_testbed
from greenroom.contracts.interfaces import INTERFACES
from greenroom.contracts.interfaces.interface import AUTH_HEADER
from greenroom.contracts.reports.screen import Screen
from greenroom.contracts.run.config import RunConfig
from greenroom.simulators import find_crm
from greenroom.simulators.core.faults import FAULTS
from greenroom.simulators.core.faults.spec import parse as parse_fault
from greenroom.simulators.core.names import did_you_mean

MOST_LINES = 20
WIDEST = 300
"""Lines of output, and characters of a line, that the command shows."""


@click.command()
@click.argument("target")
@click.argument("interface", shell_complete=completion.interfaces)
@crm_option
@click.option("--params", default="{}", metavar="JSON", help="Input fields that replace the prepared ones.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME[=VALUE][,KEY=VALUE…]",
    help="Inject a fault into the request that does the work, e.g. reset or status=503,stage=after-commit. Repeatable.",
)
@isolate_option
@friendly
@common
def call(target: str, interface: str, crm: str, params: str, faults: tuple[str, ...], **options: Any) -> int:
    """Call one interface of a connector once, show everything, and judge it.

    Greenroom prepares a fresh fake CRM, a user and a live appointment. --params replaces any input field.

    \b
    Keys of a fault:
      stage        connection, before-authentication, before-commit, after-commit or in-body
      on           the requests that it hits: cancel, create, read, look, write, any, or 'DELETE /path*'
      times        how many requests it hits
      skip         how many matching requests pass first
      after        the request that must come first, with the values of 'on'
      retry-after  the Retry-After header of the response

    With several faults, each matching request gets the next one in the list.

    Faults: @FAULTS@.

    Example: greenroom call my_connector.py cancelAppointment --crm clio --fault reset,stage=after-commit
    """
    for fault in faults:
        parse_fault(fault)
    given = _given(interface, params)
    runtime, env = command(options.pop("runtime")), environment(options.pop("env"))
    config = RunConfig(target, crm, level=LEVELS[-1], runtime=runtime, env=env, interfaces=(interface,), **options)
    record = _take(config, interface, given, faults)
    with opened() as screen:
        _show(record, screen)
        return _judge(Call(record), screen)


call.help = (call.help or "").replace("@FAULTS@", ", ".join(FAULTS))


def _given(interface: str, params: str) -> dict[str, Any]:
    try:
        given = json.loads(params)
    except ValueError as error:
        msg = f'--params is not JSON ({error}); use for example \'{{"appointmentId": "42"}}\''
        raise click.UsageError(msg) from None
    known = INTERFACES[interface].inputs if interface in INTERFACES else ()
    unknown = sorted(set(given) - set(known)) if isinstance(given, dict) and known else []
    if not isinstance(given, dict) or unknown:
        wrong = f"has an unknown field '{unknown[0]}'" if unknown else "must be a JSON object"
        msg = f"--params {wrong}; {did_you_mean(unknown[0] if unknown else '', known, 'it may have: ')}"
        raise click.UsageError(msg)
    return given


def _checked(interface: str, params: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters if App Connect could pass them. No connector is blamed for others.

    Raises:
        click.UsageError: App Connect could not pass them.

    """
    name = f"{interface}.input"
    wrong = schemas.problem(name, params, "params") or INTERFACES[interface].refused(params)
    if wrong:
        known = schemas.fields(name, params)
        accepted = f"; it may have: {', '.join(known)}" if known else ""
        msg = f"--params: {wrong}{accepted}; App Connect never passes that"
        raise click.UsageError(msg)
    return params


def _take(config: RunConfig, interface: str, given: Mapping[str, Any], faults: Sequence[str]) -> Mapping[str, Any]:
    crm, target = find_crm(config.crm), parse(config.target)
    asked = INTERFACES[interface]
    with open_testbed(config, target, crm) as ready:
        ready.harness.enter("call", LEVELS[1], 0, asked)
        world = ready.harness.world(asked, faults=faults)
        login = world.log_in("owner")
        inputs = ready.harness.inputs(asked, world, world.appointments["target"])
        prepared = asked.params(login.user, login.auth_header, inputs)
        params = _checked(asked.name, {**prepared, **given})
        ready.harness.call_with(CallRequest(world, params, "owner", params[AUTH_HEADER].partition(" ")[2], asked))
        return ready.harness.settle()[0]


def _show(record: Mapping[str, Any], screen: Screen) -> None:
    screen.say(f"asked     {record['interface']} {_about(record)}")
    for entry in record["journal"]:
        screen.say(f"wire      {exchange(entry)}{_sent_at(entry)}")
        for change in entry["changes"]:
            screen.say(f"changed   {change['table']}/{change['id']} {in_short(change)}")
    for entry in record["late"]:
        screen.say(f"late      {exchange(entry)}{_sent_at(entry)}")
    for attempt in record["attempts"]:
        screen.say(f"tried     {attempt['host']}:{attempt['port']} ({attempt['why']})")
    for what in record["unseen"]:
        screen.say(f"unseen    {what}")
    for name in record["printed"]:
        _show_output(name, _rows(record, name), screen)
    screen.say(f"{record['outcome']['kind']:<9} {_ending(record['outcome'])} in {record['seconds']:.3f} s")
    screen.say(f"CRM       {_held(record)}")
    screen.say(f"the user  {in_words(record['seen'])}")


def _sent_at(entry: Mapping[str, Any]) -> str:
    """Return the connector's lines from which a request came, where they are known; a file is named once in a row."""
    lines = entry.get("lines", [])
    files = [None, *(line.rpartition(":")[0] for line in lines)]
    short = [line.removeprefix(str(before)) for before, line in zip(files, lines, strict=False)]
    return f" (sent at {', called from '.join(short)})" if lines else ""


def _about(record: Mapping[str, Any]) -> str:
    if INTERFACES[record["interface"]].creates:
        return f"of a new appointment, {record['subject']['title']!r}"
    if "calendar" not in record:
        return f"of appointment {record['subject']['id']}"
    days = record["params"].get("range")
    return f"from {days['startDate']} to {days['endDate']}" if days else "without a range"


def _held(record: Mapping[str, Any]) -> str:
    if INTERFACES[record["interface"]].creates:
        key, state = record["subject"]["id"], record["state"]["final"]
        return f"appointment {key} was made, is {state}" if key else "no appointment was made"
    if "calendar" not in record:
        return f"the appointment was {record['state']['before']}, is {record['state']['final']}"
    before, after = (len(record["calendar"][when]) for when in ("before", "after"))
    return f"the calendar had {before} appointments that the user may see, has {after}"


def _rows(record: Mapping[str, Any], name: str) -> list[str]:
    """Return the lines of an output, each with the connector's line that printed it, where that is known."""
    told = {each["row"]: f" (at {each['at']})" for each in record.get("printed_at", ()) if each["stream"] == name}
    rows = enumerate(record["printed"][name].splitlines())
    return [f"{row[:WIDEST]}{told.get(number, '')}" for number, row in rows]


def _show_output(name: str, lines: list[str], screen: Screen) -> None:
    for line in lines[:MOST_LINES]:
        screen.say(f"{name:<9} {line}")
    if len(lines) > MOST_LINES:
        screen.say(f"{name:<9} … and {len(lines) - MOST_LINES} more lines")


def _ending(outcome: Mapping[str, Any]) -> str:
    if outcome["kind"] == "returned":
        return str(outcome["unrepresentable"] or json.dumps(outcome["value"]))
    if "error" in outcome:
        error = outcome["error"]
        return f"{error['type']}: {error['message'][:WIDEST]}{' at ' * ('at' in error)}{error.get('at', '')}"
    return f"after {outcome['deadline']:g} s" if "deadline" in outcome else exit_code(outcome.get("exit"))


def _judge(recorder: Call, screen: Screen) -> int:
    verdicts = [judge(clause, [recorder]) for clause in CLAUSES]
    for verdict in verdicts:
        for violation in verdict.violations:
            word = "BROKEN" if verdict.clause.strength == "must" else "advice"
            screen.say(f"{word:<9} {verdict.clause.id}: expected {violation.expected}; got {violation.got}")
            if violation.at:
                screen.say(f"at        {violation.at}")
            screen.say(f"hint      {violation.hint}")
    if errored := dict.fromkeys(str(verdict.reason) for verdict in verdicts if verdict.outcome == "errored"):
        click.echo(f"greenroom: {'; '.join(errored)}", err=True)
        return 2
    broken = [v for v in verdicts if v.outcome == "failed" and v.clause.strength == "must"]
    judged = sum(1 for v in verdicts if v.judged)
    screen.say(f"judged    by {judged} clauses, {len(broken)} broken")
    return 1 if broken else 0
