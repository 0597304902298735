"""The RESTlets of App Connect's SuiteApp that its appointment functions call.

Their source is not public: what they answer is what the connector reads.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import Response, request

from greenroom.simulators.core.bodies import sent_json
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.exchange import Exchange, exchange
from greenroom.simulators.core.store import Record
from greenroom.simulators.netsuite import formats, render, rules
from greenroom.simulators.netsuite.errors import RestletError
from greenroom.simulators.netsuite.times import zone

PATH = "/app/site/hosting/restlet.nl"


def run() -> Response:
    """Run the script that the query names."""
    if request.args.get("script", "").lower() in _UNSIMULATED:
        raise Unsimulated(f"the RESTlet {request.args['script']}")
    script = _SCRIPTS.get((request.method, request.args.get("script", "")))
    if script is None or not request.args.get("deploy"):
        sentence = (
            f"That RESTlet does not exist: script {request.args.get('script')}, deploy {request.args.get('deploy')}."
        )
        raise RestletError("SSS_INVALID_SCRIPTLET_ID", sentence)
    return render.plain(script(exchange(), request.args))


def _events(now: Exchange, args: Mapping[str, str]) -> dict[str, Any]:
    """List events by date, every status, one page."""
    start, end = _day(args, "startDate"), _day(args, "endDate")
    size, number = _count(args, "pageSize", 1000), _count(args, "page", 0)
    found = [r for r in rules.visible(now) if r["startDate"] and start <= date.fromisoformat(r["startDate"]) <= end]
    return {"data": [_event(now, record) for record in found[number * size : (number + 1) * size]]}


def _day(args: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(args[name])
    except (KeyError, ValueError):
        raise RestletError("UNEXPECTED_ERROR", f"{name} must be a date of the form YYYY-MM-DD") from None


def _count(args: Mapping[str, str], name: str, default: int) -> int:
    text = args.get(name, str(default))
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise RestletError("UNEXPECTED_ERROR", f"{name} must be a number")
    return int(text)


def _event(now: Exchange, record: Record) -> dict[str, Any]:
    store, form = now.world.store, formats.of(now.world)
    attendees = [(line["attendee"], store.get("entities", line["attendee"])) for line in record["attendee"]]
    return {
        "id": record["id"],
        "title": record["title"] or "",
        "description": record["message"] or "",
        "startDate": form.write_date(date.fromisoformat(record["startDate"])),
        "startTime": _time(form, record["startTime"]),
        "endTime": _time(form, record["endTime"]),
        "status": render.enum("status", record["status"]),
        "attendees": [{"id": k, "name": e["name"], "type": e.get("type", "employee")} for k, e in attendees if e],
    }


def _time(form: formats.Formats, value: str | None) -> str:
    return form.write_time(formats.clock(value)) if value else ""


def _timezone(now: Exchange, _: Mapping[str, str]) -> dict[str, Any]:
    return {"userTimezone": zone(now.world, now.person)}


def _user(now: Exchange, _: Mapping[str, str]) -> dict[str, Any]:
    return {"name": now.person.name, "email": now.person.email, "subsidiary": "1"}


def _one_world(_: Exchange, __: Mapping[str, str]) -> dict[str, Any]:
    return {"oneWorldEnabled": True}


def _permissions(now: Exchange, _: Mapping[str, str]) -> dict[str, Any]:
    sent = sent_json()
    asked = sent.get("requiredPermissions") if isinstance(sent, Mapping) else None
    if not isinstance(asked, list):
        raise RestletError("UNEXPECTED_ERROR", "requiredPermissions must be a list")
    return {"permissionResults": {str(name): now.person.rights.get("events") != "none" for name in asked}}


_SCRIPTS: Mapping[tuple[str, str], Callable[[Exchange, Mapping[str, str]], dict[str, Any]]] = {
    ("GET", "customscript_rcfetchcalendarevents"): _events,
    ("GET", "customscript_gettimezone"): _timezone,
    ("GET", "customscript_getcurrentuser"): _user,
    ("GET", "customscript_getoneworldlicense_scriptid"): _one_world,
    ("POST", "customscript_checkrolepermissionscriptid"): _permissions,
}
_UNSIMULATED = (
    "customscript_createusernotes",
    "customscript_getappconnectfolderbyname",
    "customscript_createappconnectfolder",
    "customscript_createappconnectfile",
    "customscript_attachfilewithphonecalls",
)
"""Scripts of App Connect's SuiteApp that appointments do not need."""
