"""An appointment that somebody adds in the CRM's own pages: entered as people enter it, whichever CRM keeps it."""

import re
from datetime import UTC, datetime
from typing import Any

from greenroom.simulators.core.appointment import Draft
from greenroom.simulators.core.control.guard import RefusalError
from greenroom.simulators.core.control.handlers import Answer, ControlRequest, out_of_band
from greenroom.simulators.core.control.views import calendar
from greenroom.simulators.core.names import did_you_mean
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.world import Person

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between these moments every CRM can keep an appointment, in every time zone."""
OF_PATCHES = {"startTimeUtc": "start", "summary": "description"}
"""What the form calls a name of ``Profile.patch_fields``, where it is another one."""


def create_appointment(asked: ControlRequest) -> Answer:
    """Add an appointment behind the connector's back, as a person would in the CRM's own pages."""
    crm, world, body = asked.simulator.crm, asked.world, asked.body
    person = _author(asked)
    draft = Draft(body["title"], _start(body["start"]), body.get("minutes", 30), body.get("description", ""))
    fields = {**crm.drafted(person, draft), **_status(asked)}
    try:
        key = out_of_band(world, lambda: crm.add(world, person, fields, ""))
    except RefusalError as error:
        raise RefusalError(error.status, error.sentence, _refused(world.profile, error.sentence)) from None
    found = calendar(crm, world).find(str(key))
    return 201, {"appointment": found and found.to_json(), "record": world.store.get(world.profile.table, str(key))}


def _author(asked: ControlRequest) -> Person:
    """Return the person who adds it.

    Raises:
        RefusalError: nobody has that role, or the person may add none.

    """
    role, world = asked.body.get("user", "owner"), asked.world
    if role not in world.people:
        advice = did_you_mean(role, world.people, "there are: ")
        raise RefusalError(422, f"nobody is '{role}'; {advice}", "user")
    if not asked.simulator.crm.may_create(world, world.people[role]):
        raise RefusalError(422, f"{role} may add no appointment in {world.profile.title}", "user")
    return world.people[role]


def _start(text: str) -> datetime:
    """Read the start; without a time zone it is in UTC.

    Raises:
        RefusalError: it is no moment, or one that no calendar shows.

    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise RefusalError(422, f"'{text}' is no ISO 8601 moment", "start") from None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    if not FIRST <= aware <= LAST:
        raise RefusalError(422, f"the start must be between {FIRST.year} and {LAST.year}", "start")
    return aware


def _status(asked: ControlRequest) -> dict[str, Any]:
    """Return the field with the status, where one is wanted.

    Raises:
        RefusalError: the CRM does not know it.

    """
    wanted, profile = asked.body.get("status", ""), asked.world.profile
    if not wanted:
        return {}
    field = profile.cancellation.status_field
    if field is None or wanted not in profile.statuses:
        known = f"; it knows {', '.join(profile.statuses)}" if profile.statuses else ""
        raise RefusalError(422, f"{profile.title} knows no status '{wanted}' of appointments{known}", "status")
    return {field: wanted}


def _refused(profile: Profile, sentence: str) -> str | None:
    """Return the form's name of the field that the CRM's refusal names, as it is written or in words, if it does."""
    for name, fields in profile.patch_fields.items():
        words = [text for field in fields for text in (field, re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field).lower())]
        if re.search(rf"\b({'|'.join(map(re.escape, words))})\b", sentence):
            return OF_PATCHES.get(name, name)
    return None
