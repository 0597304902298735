"""A CRM's facts as data: what the judge and the bridges need to know of it, without its code."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from greenroom.simulators.core.cancellation import Cancellation
from greenroom.simulators.core.errors import DeclarationError
from greenroom.simulators.core.ids import Ids


@dataclass(frozen=True)
class Site:
    """One place where the vendor serves accounts: a region or a kind of account.

    ``hostname`` is what App Connect stores in ``user.hostname``, ``api_host`` where the API answers; ``more_hosts``
    are other hosts at which the account's credentials count. All may hold ``{account}``.
    """

    name: str
    hostname: str
    api_host: str
    more_hosts: tuple[str, ...] = ()

    def hosts(self, account: str) -> list[str]:
        """Return the hosts at which an account's credentials count."""
        return sorted({host.format(account=account) for host in (self.hostname, self.api_host, *self.more_hosts)})


@dataclass(frozen=True)
class Switch:
    """A behaviour that the facts leave open: its possible values (the first is the default) and why it is open."""

    values: tuple[str, ...]
    why: str

    def contradiction(self) -> str | None:
        """Return what is wrong with the row, or None."""
        if not self.why.strip():
            return "has no reason"
        return None if len(set(self.values)) == len(self.values) >= 2 else "needs two values or more, each once"


@dataclass(frozen=True)
class Credentials:
    """How a CRM knows who asks.

    ``header`` is the one that carries a user's credential, or the first place of several. ``log_in_paths`` matches the
    ends of paths at which the CRM gives out credentials, ``grant_paths`` of those that take a refresh token or the
    app's secret, ``query_paths`` of those that take one in the query, by the vendor's documentation (empty: none).
    ``log_in_statuses`` are those by which the CRM says that a credential is missing, over, or not enough.
    """

    header: str = "Authorization"
    log_in_paths: str = r"/token(?:\.\w+)?$"
    grant_paths: str = r"/(?:token|revoke|deauthorize)(?:\.\w+)?$"
    query_paths: str = ""
    log_in_statuses: tuple[int, ...] = (401, 403)


@dataclass(frozen=True)
class StoredUser:
    """What App Connect's log-in stores of a person beside tokens and host, as its connector for this CRM returns it.

    ``id`` and the texts in ``additional`` (``platformAdditionalInfo``) may hold ``{person}``, ``{account}``,
    ``{name}``, ``{email}``, ``{site}``, ``{api_host}`` and ``{token}``; functions in ``additional`` make other values
    of these facts. ``zone``: whether the name of the time zone is stored, or what is stored instead. ``offset_unit``:
    the seconds in which its offset is counted (3600: hours), None where none is stored; ``summer_time``: whether it is
    the present offset, or that of the zone's standard time.

    ``session``: requests carry the token of a session that a log-in with the access token opened, under this name.
    ``access_lifetime`` are the seconds that such an access token lives.
    """

    id: str
    zone: bool | str = True
    offset_unit: int | None = None
    summer_time: bool = True
    additional: Mapping[str, Any] = field(default_factory=dict)
    session: str | None = None
    access_lifetime: float = 600


@dataclass(frozen=True)
class Profile:
    """Facts of one CRM.

    ``cancellation`` is what cancelling does to the record. ``confirmed_status`` is what its status field holds of one
    that was confirmed, None where the CRM knows no confirmation; ``unconfirmed`` is what one has that waits for it.
    ``title_field`` holds the title, ``title_length`` is the most characters of it that the CRM is known to take (None:
    as many as anybody writes), ``text_field`` holds the description, ``zone_field`` the name of an appointment's own
    time zone, where it has one; ``users`` are the ids of people, where they are of another form than appointments'.
    ``times`` are times of days on which zones matter. ``colleagues_edit`` is what somebody
    else may change at any time beside it, ``own_fields`` what the CRM itself may change with any write.
    ``label`` matches what may stand for the ``*`` in ``hosts``: no other host of the vendor's is there. ``client_id``
    is the app's; ``reference`` begins the words that stand in one text only; ``strangers_title`` is that of another
    user's appointment; ``added`` is what one has that somebody adds in the CRM's own pages. ``refusals`` lists, for a
    scenario in which the CRM refuses, every plausible way of refusing as settings of ``switches``.
    ``editors_may_cancel``: somebody with the right to edit may cancel another's appointment, for sure. ``kinds`` are
    kinds of appointments beside the ordinary one, as fields of the CRM; ``other_statuses`` are statuses of appointments
    that are neither open nor cancelled. ``stored`` is what a log-in stores of a user; ``apps`` are the beginnings of
    the variables in which App Connect's connector finds its app (``CLIO`` for ``CLIO_CLIENT_ID`` and
    ``CLIO_CLIENT_SECRET``). ``page`` is the most records that a page of a list holds. ``patch_fields`` are, for each
    name in a patch of ``updateAppointment``, the fields that it may change; ``contact_kinds`` are the types of
    attendees that are contacts. ``documented`` says where people read what is simulated.

    Raises:
        DeclarationError: a row contradicts another one.

    """

    crm: str
    title: str
    table: str
    sites: tuple[Site, ...]
    hosts: tuple[str, ...]
    ports: tuple[int, ...] = field(default=(443,), kw_only=True)
    cancellation: Cancellation
    sentence: str
    title_field: str
    title_length: int | None = field(default=None, kw_only=True)
    text_field: str = field(default="description", kw_only=True)
    zone_field: str | None = field(default=None, kw_only=True)
    users: Ids | None = field(default=None, kw_only=True)
    documented: str = field(default="docs/reference/fidelity-{crm}.md", kw_only=True)
    times: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, kw_only=True)
    ids: Ids
    editors_may_cancel: bool
    credentials: Credentials = Credentials()
    client_id: str = "greenroom"
    reference: str = ""
    strangers_title: str = "Somebody else's"
    added: Mapping[str, Any] = field(default_factory=dict)
    label: str = "[a-z0-9-]+"
    colleagues_edit: Mapping[str, Any] = field(default_factory=dict)
    other_statuses: tuple[Mapping[str, Any], ...] = ()
    kinds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    token_type: str = "Bearer"  # noqa: S105 - the name of a scheme
    confirmed_status: str | None = None
    unconfirmed: Mapping[str, Any] = field(default_factory=dict)
    own_fields: tuple[str, ...] = ()
    switches: Mapping[str, Switch] = field(default_factory=dict)
    refusals: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    stored: StoredUser = StoredUser("{person}-{account}-{crm}")
    apps: tuple[str, ...] = ()
    page: int = 200
    patch_fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contact_kinds: tuple[str, ...] = ("contact",)

    def app_variables(self, client_id: str, secret: str) -> dict[str, str]:
        """Return the variables in which connectors find their app, under the CRM's name and as App Connect does."""
        names, app = dict.fromkeys((self.crm.upper(), *self.apps)), {"CLIENT_ID": client_id, "CLIENT_SECRET": secret}
        return {f"{name}_{what}": value for name in names for what, value in app.items()}

    @property
    def page_of_facts(self) -> str:
        """Where people read what is simulated."""
        return self.documented.format(crm=self.crm)

    @property
    def user_ids(self) -> Ids:
        """The ids of people."""
        return self.users or self.ids

    @property
    def unlimited(self) -> dict[str, str]:
        """The switches with which no limit of the vendor's is reached, for many calls in a short time."""
        return {name: "off" for name, switch in self.switches.items() if "off" in switch.values}

    @property
    def statuses(self) -> tuple[str, ...]:
        """What the status field of an appointment is known to hold; nothing where there is no such field."""
        field, live = self.cancellation.status_field, self.cancellation.back or {}
        if field is None:
            return ()
        confirmed = {field: self.confirmed_status}
        rows = (live, confirmed, self.unconfirmed, *self.other_statuses, self.cancellation.marks)
        return tuple(dict.fromkeys(str(row[field]) for row in rows if row.get(field)))

    @property
    def strangers(self) -> dict[str, str]:
        """What another user's appointment has, as fields of the CRM."""
        return {self.title_field: self.strangers_title}

    @property
    def prefix(self) -> str:
        """How reference numbers begin: words that stand in one text only, so that it is seen where that text goes."""
        return self.reference or f"ref-{self.crm}"

    def __post_init__(self) -> None:
        wrong = next(self._contradictions(), None)
        if wrong:
            raise DeclarationError(f"{self.crm}: {wrong}")

    def _contradictions(self) -> Iterator[str]:
        """Yield what is wrong with each row."""
        for name, switch in self.switches.items():
            if wrong := switch.contradiction():
                yield f"switch '{name}' {wrong}"
        settings = [(row, *each) for row, ways in self.refusals.items() for way in ways for each in way.items()]
        for row, name, value in settings:
            if name not in self.switches or value not in self.switches[name].values:
                yield f"refusal '{row}': there is no switch {name}={value}"
        if self.confirmed_status is not None and self.cancellation.status_field is None:
            yield f"confirmed_status '{self.confirmed_status}': cancellation '{self.cancellation.name}' has no status"
        yield from self._strange_hosts()

    def _strange_hosts(self) -> Iterator[str]:
        if not self.sites:
            yield "sites: there is none"
        for site in self.sites:
            strange = [host for host in site.hosts("1") if not any(fnmatchcase(host, each) for each in self.hosts)]
            if strange:
                yield f"site '{site.name}': {', '.join(strange)} matches none of hosts"

    def shows(self, record: Mapping[str, Any] | None) -> str:
        """Say what a response with a record shows: ``live``, ``confirmed``, ``ended``, or ``absent``."""
        status = self.cancellation.status_field
        confirmed = record is not None and status is not None and record.get(status) == self.confirmed_status
        return "confirmed" if confirmed else self.cancellation.shows(record)

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """What a clause may need of this profile, as all call records hold it: in JSON's types."""
        chosen = ("crm", "title", "table", "sentence", "confirmed_status", "own_fields", "title_field", "patch_fields",
            "contact_kinds",
        )  # fmt: skip
        known = {name: getattr(self, name) for name in chosen} | self.cancellation.facts(self.table)
        facts = {**known, "id_pattern": self.ids.pattern, "reference": self.prefix, **asdict(self.credentials)}
        in_json: dict[str, Any] = json.loads(json.dumps(facts))
        return in_json
