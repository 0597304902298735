"""Former reports: the same facts under other names, or facts that followed from others then.

Version 1 are those from before reports had a version.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from greenroom.simulators.core.cancellation import of_facts
from greenroom.simulators.core.profile import Credentials

Part = dict[str, Any]

RENAMED = {"situation": "scenario", "situations": "scenarios"}
_PLACES = ("clauses", "violations", "waivers", "selection")
"""Keys that contain renamed keys. Elsewhere (in a user, in a body) such a word has another meaning."""
_OF_ENTRIES = {"arrived": "received", "trouble": "internal_error"}
_EXTERNAL = "elsewhere"


def upgraded(stored: Any) -> Any:
    """Return a report in the present version. Return other data unchanged."""
    if not isinstance(stored, Mapping):
        return stored
    if "version" in stored:
        return {**stored, **_each(stored, "calls", with_facts)}
    renamed, calls = _renamed(stored), _each(stored, "calls", call_of_today)
    return {**renamed, **calls, **_each(renamed, "scenarios", _played), "version": 2}


def call_of_today(call: Mapping[str, Any]) -> Part:
    """Return a call record of version 1 as it is written today; one without the old keys is returned as it is."""
    new = {**_renamed(call), **_each(call, "journal", _entry), **_each(call, "late", _entry)}
    if "rivals" in new:
        new["concurrent"] = new.pop("rivals")
    if "state" not in new and isinstance(old := new.pop("appointment", None), Mapping):
        new["subject"] = {"id": old.get("id"), "title": old.get("title"), "issuable": old.get("given")}
        new["state"] = {"before": old.get("before"), "after": old.get("after"), "final": old.get("settled")}
    return with_facts(new)


def with_facts(call: Mapping[str, Any]) -> Part:
    """Return a call record with what clauses took for granted when there were two CRMs.

    Hosts of one account shared their first label then.
    """
    crm, actor = call.get("crm"), call.get("actor")
    if not isinstance(crm, Mapping) or not isinstance(actor, Mapping) or "cancellation" not in crm or "over" in crm:
        return dict(call)
    known = json.loads(json.dumps(of_facts(crm).facts(str(crm.get("table"))) | asdict(Credentials())))
    sent = [entry["request"]["host"] for entry in (*call.get("journal", ()), *call.get("late", ()))]
    own = str(actor.get("host"))
    hosts = {own, *(host for host in sent if host.partition(".")[0] == own.partition(".")[0])}
    return {**call, "crm": {**known, **crm}, "actor": {**actor, "hosts": sorted(hosts)}}


def _played(scenario: Mapping[str, Any]) -> Part:
    return {**scenario, "interface": "cancelAppointment"}


def _entry(entry: Mapping[str, Any]) -> Part:
    new = {_OF_ENTRIES.get(key, key): value for key, value in entry.items()}
    return {**new, "operation": "external_host"} if new.get("operation") == _EXTERNAL else new


def _each(part: Mapping[str, Any], key: str, change: Callable[[Mapping[str, Any]], Part]) -> Part:
    """Return a key's list with each of its mappings changed; nothing where there is no such list."""
    if not isinstance(part.get(key), list):
        return {}
    return {key: [change(each) if isinstance(each, Mapping) else each for each in part[key]]}


def _renamed(part: Mapping[str, Any]) -> Part:
    return {RENAMED.get(key, key): _within(key, value) for key, value in part.items()}


def _within(key: str, value: Any) -> Any:
    if key not in _PLACES:
        return value
    if isinstance(value, list):
        return [_renamed(each) if isinstance(each, Mapping) else each for each in value]
    return _renamed(value) if isinstance(value, Mapping) else value
