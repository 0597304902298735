"""A recorded call, as clauses look at it. Holds nothing that is not in the record (``schemas/call.json``)."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, wraps
from typing import Any, TypeVar

from greenroom.contracts.clauses.canaries import REFERENCE
from greenroom.contracts.clauses.listing import Listing, may_list
from greenroom.contracts.clauses.statuses import LATER, REMOVED, of_log_ins, of_removed
from greenroom.contracts.clauses.toast import revokes
from greenroom.contracts.interfaces import INTERFACES
from greenroom.contracts.interfaces.cancel import is_over
from greenroom.contracts.interfaces.interface import ACCEPTED

Entry = Mapping[str, Any]
Found = TypeVar("Found")
CHANGING = ("cancel", "confirm", "update", "delete", "create")
"""Operations of the journal that change a record."""
ROUNDED = 0.001
"""Seconds by which written times may differ from those that were measured."""


class Call:
    """A view of one call record, which changes no more: what follows from it is found once, for all clauses."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.record = record
        self.interface = INTERFACES[record["interface"]]
        self.scenario: str = record["scenario"]
        self.crm: Mapping[str, Any] = record["crm"]
        self.reference: str = record["crm"].get("reference", REFERENCE)
        self.outcome: Mapping[str, Any] = record["outcome"]
        self.kind: str = record["outcome"]["kind"]
        self.journal: list[Entry] = record["journal"]
        self.seen: Mapping[str, Any] = record["seen"]
        self.actor: Mapping[str, Any] = record["actor"]
        self.before: str = record["state"]["before"]
        self.after: str = record["state"]["after"]
        self.final_state: str = record["state"]["final"]
        self.appointment: str = record["subject"]["id"]
        self.issuable: bool = record["subject"]["issuable"]
        self.starved: float = record.get("starved", 0.0)
        self.concurrent: list[Mapping[str, Any]] = record["concurrent"]
        self.found: dict[Callable[[Call], Any], Any] = {}

    @cached_property
    def plain(self) -> bool:
        """A plain day: a live appointment that the caller may cancel, a valid credential, an id as the CRM wrote it.

        Of an interface that names no record: the right to see those that there are, or to make one.
        """
        may = {"live": ("cancel",), "none": ("view", "create")}
        mine = self.actor["access"] in may.get(self.before, ()) and self.actor["credential"] == "valid"
        return mine and self.as_written and not self._unusual

    @property
    def as_written(self) -> bool:
        """Whether the id is one that the CRM gives, and a text, as App Connect's routes pass it."""
        given = self.interface.given(self.record["params"])
        return (isinstance(given, str) and self.issuable) if self.interface.subject else True

    @cached_property
    def _unusual(self) -> bool:
        """Whether something was in the way: a fault, armed or fired, another kind of appointment, a race, or somebody
        else's turn (and said so).
        """
        variant = self.record["variant"]
        armed = self.fired or "faults" in variant or "appointment" in variant or self.record["aftermath"]
        return armed or self.raced or (bool(self.concurrent) and self.claims_failure)

    @cached_property
    def ordinary(self) -> bool:
        """Whether it is a day that levels below ``resilient`` are about: no fault, nothing at the same time."""
        return self.issuable and not self.fired and not self.concurrent and self.record["level"] != "resilient"

    @cached_property
    def entries(self) -> list[Entry]:
        """Every request of this call, also those that came after its answer."""
        return [*self.journal, *self.record["late"]]

    def in_time(self, entry: Entry) -> bool:
        """Tell whether a request's answer was ready when the connector gave its own."""
        return bool(entry["after"] <= self.record["seconds"] + ROUNDED)

    @cached_property
    def sent_away(self) -> list[Entry]:
        """The requests that went to hosts which are not the CRM's."""
        return [entry for entry in self.entries if entry["operation"] == "external_host"]

    @cached_property
    def fired(self) -> bool:
        """Whether a fault fired on any request of this call."""
        return any(entry["fault"] for entry in self.entries)

    @cached_property
    def raced(self) -> bool:
        """Whether another call was about the same appointment at the same time."""
        mine = (self.appointment, self.actor["world"])
        return bool(self.appointment) and any(
            (other_call["appointment"], other_call["world"]) == mine for other_call in self.concurrent
        )

    def met(self, fault: str) -> list[Entry]:
        """Return the requests on which a fault of that name fired."""
        return [e for e in self.entries if e["fault"] and e["fault"].partition("@")[0].partition("=")[0] == fault]

    @property
    def died_late(self) -> bool:
        """Whether the connector's process ended after it had answered."""
        return bool(self.record["died_late"])

    @cached_property
    def writes(self) -> list[Entry]:
        """The requests that would change something, late ones too, allowed or not."""
        return [e for e in self.entries if e["operation"] in (*CHANGING, "write")]

    @cached_property
    def telling(self) -> list[Entry]:
        """The requests that show that the connector's requests are seen: its writes, or reads where it only reads."""
        reads = [e for e in self.entries if e["operation"] in ("read", "other") and not self.logs_in(e)]
        return reads if self.interface.only_reads else self.writes

    @cached_property
    def questions(self) -> list[Entry]:
        """The requests to the CRM itself, without log-ins."""
        asked = [e for e in self.entries if e["operation"] not in ("connect", "external_host") and not is_http2(e)]
        return [entry for entry in asked if not self._at_log_in(entry)]

    @cached_property
    def unseen(self) -> list[str]:
        """What may have sent requests that were not seen: nothing, where a request was that does what is asked for.

        A connection on which a fault fired counts as one: it would have been.
        """
        seen = self.telling or any(entry["operation"] == "connect" for entry in self.entries)
        http2 = ["it speaks HTTP/2 only, which Greenroom does not"] if any(map(is_http2, self.entries)) else []
        return [] if seen else [*self.record.get("unseen", []), *http2]

    @cached_property
    def internal_error(self) -> str | None:
        """The simulator's own failure in this call, if there was one."""
        return next((entry["internal_error"] for entry in self.journal if entry["internal_error"]), None)

    @cached_property
    def unsimulated(self) -> str | None:
        """What it asked for first that is not simulated, if anything."""
        return next((entry["unsimulated"] for entry in self.entries if entry.get("unsimulated")), None)

    @cached_property
    def sure(self) -> bool:
        """Whether all that it asked for is simulated, without a failure, and was seen: what seems kept is kept."""
        return not (self.internal_error or self.unsimulated or self.unseen)

    @property
    def returned(self) -> bool:
        """Whether the connector answered at all, rather than raised, hung or crashed."""
        return self.kind == "returned"

    @property
    def value(self) -> Any:
        """What the connector returned."""
        return self.outcome.get("value")

    @cached_property
    def claims_success(self) -> bool:
        """Whether App Connect takes the answer for a success: ``successful`` true, or missing from an object."""
        said = isinstance(self.value, Mapping) and self.value.get("successful", True) is True
        return self.returned and said and not self.revokes

    @cached_property
    def claims_failure(self) -> bool:
        """Whether the answer says that what was asked failed, or ends the user's session: that is no success either."""
        said = isinstance(self.value, Mapping) and self.value.get("successful") is False
        return self.returned and (said or self.revokes)

    @cached_property
    def revokes(self) -> bool:
        """Whether App Connect ends the user's session for the answer, whatever else it says."""
        return self.returned and revokes(self.value)

    @cached_property
    def claim(self) -> str:
        """What it said of what was asked: ``success``, ``failure``, or ``unknown``, also of a failure in doubt."""
        tried = [e for e in self.journal if self.interface.performs(e)]
        if self.claims_failure and not all(self._read(e) and e["answer"]["status"] != ACCEPTED for e in tried):
            return "unknown"
        return "success" if self.claims_success else "failure" if self.claims_failure else "unknown"

    def _read(self, entry: Entry) -> bool:
        """Whether the connector had the whole answer: a held one, before it asked anew or ended the call."""
        if entry not in self.met("held"):
            return bool(entry["received"] == "whole")
        began = entry["after"] - entry["seconds"]
        others = [other["after"] - other["seconds"] for other in self.entries if other is not entry]
        return self.in_time(entry) and all(entry["after"] <= each for each in others if each > began)

    @cached_property
    def message(self) -> Mapping[str, Any]:
        """The return message, empty where there is none."""
        found = self.value.get("returnMessage") if isinstance(self.value, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    @cached_property
    def mine(self) -> list[Entry]:
        """The requests that aimed at this appointment in the caller's own world, or would make it."""
        here = [entry for entry in self.journal if entry["world"] == self.actor["world"]]
        return [entry for entry in here if entry["record"] == self.appointment or self.makes(entry)]

    def makes(self, entry: Entry) -> bool:
        """Tell whether a request would make the record that the call is about."""
        return self.interface.creates and self.interface.performs(entry)

    @cached_property
    def created(self) -> list[str]:
        """The records that requests of this call made in the caller's own world, late ones too, in order."""
        made = [c for c in self._wholes if c["before"] is None and c["after"] is not None]
        return list(dict.fromkeys(change["id"] for change in made))

    @cached_property
    def kept(self) -> list[str]:
        """Those of them that the call has not removed again."""
        gone = {change["id"] for change in self._wholes if change["after"] is None}
        return [key for key in self.created if key not in gone]

    @property
    def _wholes(self) -> list[Mapping[str, Any]]:
        here = (self.crm["table"], self.actor["world"])
        return [c for c in self.changes if (c["table"], c["world"]) == here and c["field"] == "*"]

    @cached_property
    def subjects(self) -> list[str]:
        """The ids of the records that are the call's to change: the one that it names, or those that it made."""
        return self.created if self.interface.creates else [self.appointment]

    def is_over(self, when: str) -> bool:
        """Tell whether nobody will attend it any more: ``before`` the call, ``after`` it, at the end (``final``)."""
        return is_over(self.record, when)

    @property
    def open(self) -> bool:
        """Whether what is asked for was still to be done: of a live appointment, or one that is to be made."""
        return self.before == "live" or self.interface.creates

    @property
    def asked(self) -> Mapping[str, Any]:
        """What the appointment is to have, as App Connect asks for it."""
        return self.interface.asked(self.record["params"])

    @cached_property
    def proven(self) -> bool:
        """Whether the CRM answered 2xx to a request that does what was asked, and the answer was received whole.

        Where it may take several requests, each must have been, and the record must be as asked.
        """
        tried = [entry for entry in self.mine if self.interface.performs(entry)]
        known = [self.interface.confirmed_by(entry) and entry["received"] == "whole" for entry in tried]
        return any(known) and (not self.interface.steps or (all(known) and self.fulfilled("after")))

    @cached_property
    def backed(self) -> bool:
        """Whether a success can be said: the state is what it says, a 2xx confirmed it, or a later look showed it.

        Of an appointment that is not the caller's to see both may be said, once the CRM answered that there is none.
        """
        return self.fulfilled("after") or self.confirmed or bool(self.looks) or self._hidden

    @cached_property
    def confirmed(self) -> bool:
        """Whether the CRM answered a request of this call as one that did what was asked."""
        return any(map(self.interface.confirmed_by, self.mine))

    def fulfilled(self, when: str) -> bool:
        """Tell whether the record was as a success says: ``before`` the call, ``after`` it, at the end (``final``)."""
        return self.interface.fulfilled(self.record, when)

    def held(self, when: str) -> Mapping[str, Any] | None:
        """Return the appointment in App Connect's form as the CRM held it (``before``, ``after``, ``final``).

        None where it held none, or where an older report does not say.
        """
        found: Mapping[str, Any] | None = self.record.get("appointment", {}).get(when)
        return found

    @property
    def _hidden(self) -> bool:
        return self.actor["access"] == "none" and any((*map(self.says_removed, self.mine), *map(may_list, self.since)))

    @cached_property
    def tries(self) -> list[Entry]:
        """The requests that would do what was asked, and connections that never came to a request."""
        mine, performs = self.mine, self.interface.performs
        return [e for e in self.journal if e["operation"] == "connect" or (performs(e) and e in mine)]

    @property
    def last_try(self) -> int | None:
        """The status that answered the last try: 0 where no answer came, None where nothing was tried."""
        return self.tries[-1]["answer"]["status"] if self.tries else None

    @property
    def removes(self) -> bool:
        """Whether a success leaves no record in this CRM; else it is kept."""
        return "absent" in self.interface.shown(self.record)

    @property
    def gone(self) -> Collection[int]:
        """The statuses by which a look may show a success: those of an absent record where it goes, or may go."""
        known: Sequence[int] = self.crm.get("gone", ()) if self.interface.ends else ()
        return of_removed(self.crm) if self.removes else known

    def says_removed(self, entry: Entry) -> bool:
        """Tell whether the CRM responded that there is no such appointment, or no more."""
        return entry["answer"]["status"] in of_removed(self.crm)

    @cached_property
    def since(self) -> list[Entry]:
        """What was asked after the last write to this appointment, and answered."""
        writes = [e["seq"] for e in self.mine if e["operation"] in CHANGING]
        last = max(writes, default=0)
        return [e for e in self.journal if e["seq"] > last and e["received"] != "nothing"]

    @cached_property
    def looks(self) -> list[Entry]:
        """The reads after the last write that showed the appointment in its end state, and a write that was told so.

        Where a success leaves no record, a 404 does, whoever wrote it: its status does not tell a gateway's apart. So
        it is where nobody knows how the CRM shows a deleted record.
        """
        shown = [e for e in self.since if e in self.mine and (self._shows_the_end(e) or self._says_gone(e))]
        return [*shown, *self._refused_as_removed]

    @property
    def _refused_as_removed(self) -> list[Entry]:
        """The last try, if the CRM refused it with its word for 'removed', and nothing showed the record since."""
        stands = any(entry["shows"] in ("live", "confirmed") for entry in self.since)
        told = REMOVED in self.gone and self.last_try == REMOVED and not stands
        return self.tries[-1:] if told else []

    def _shows_the_end(self, entry: Entry) -> bool:
        return entry["shows"] in self.interface.shown(self.record) and entry["received"] in ("whole", "late")

    def _says_gone(self, entry: Entry) -> bool:
        return entry["answer"]["status"] in self.gone

    @cached_property
    def statuses(self) -> list[int]:
        """The HTTP statuses that the CRM answered, in order."""
        answers = [entry["answer"]["status"] for entry in self.journal if entry["operation"] != "external_host"]
        return [status for status in answers if status]

    @cached_property
    def changes(self) -> list[Mapping[str, Any]]:
        """Everything that requests of this call changed, late ones too, each with the world it happened in."""
        return [{**change, "world": entry["world"]} for entry in self.entries for change in entry["changes"]]

    @cached_property
    def listing(self) -> Listing:
        """The returned list beside what the CRM held; only of interfaces that name no record."""
        return Listing(self.record)

    def is_target(self, change: Mapping[str, Any]) -> bool:
        """Tell whether a change is one of the record that the call is about."""
        here = (change["world"], change["table"]) == (self.actor["world"], self.crm["table"])
        return here and change["id"] in self.subjects

    @cached_property
    def log_in_statuses(self) -> frozenset[int]:
        """The statuses for which the advice to log out and connect again fits."""
        return of_log_ins(self.crm)

    def logs_in(self, entry: Entry) -> bool:
        """Tell whether a request asks the CRM for a new credential."""
        return entry["operation"] == "other" and self._at_log_in(entry)

    def refused_log_in(self, entry: Entry) -> bool:
        """Tell whether a new log-in was refused: by any status but those that say to come later."""
        status = entry["answer"]["status"]
        return self.logs_in(entry) and 400 <= status < 500 and status not in LATER

    def _at_log_in(self, entry: Entry) -> bool:
        return bool(re.search(self.crm["log_in_paths"], entry["request"]["path"]))


def once(find: Callable[[Call], Found]) -> Callable[[Call], Found]:
    """Make a function look at each call once, however many clauses ask."""

    @wraps(find)
    def found(call: Call) -> Found:
        if find not in call.found:
            call.found[find] = find(call)
        known: Found = call.found[find]
        return known

    return found


def is_http2(entry: Entry) -> bool:
    """Tell whether a request is the beginning of a connection that speaks HTTP/2."""
    return bool(entry["request"]["method"] == "PRI")
