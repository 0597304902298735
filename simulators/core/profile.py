"""A CRM's facts as data: what the judge and the bridges need to know of it, without its code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Site:
    """One place where the vendor serves accounts: a region or a kind of account.

    ``hostname`` is what App Connect stores in ``user.hostname``, ``api_host`` where the API answers; both may hold
    ``{account}``.
    """

    name: str
    hostname: str
    api_host: str


@dataclass(frozen=True)
class Switch:
    """A behaviour that the facts leave open: its possible values (the first is the default) and why it is open."""

    values: tuple[str, ...]
    why: str


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

    ``cancellation`` is what cancelling does to the record: ``removed`` or ``transitioned``; for the latter
    ``status_field`` changes to ``cancelled_status``. ``confirmed_status`` is what that field holds of one that was
    confirmed, None where the CRM knows no confirmation; ``unconfirmed`` is what one has that waits for it.
    ``title_field`` holds the title, ``text_field`` the description, ``zone_field`` the name of an appointment's own
    time zone, where it has one; ``times`` are times of days on which zones matter. ``colleagues_edit`` is what somebody
    else may change at any time beside it, ``own_fields`` what the CRM itself may change with any write.
    ``label`` matches what may stand for the ``*`` in ``hosts``: no other host of the vendor's is there. ``absent_id``
    is valid in form but never given; ``id_pattern`` matches every id that it gives, ``long_id`` is one of the longest,
    where a JavaScript number cannot hold it. ``client_id`` is the app's; ``reference`` begins the words that stand in
    one text only; ``strangers_title`` is that of another user's appointment; ``added`` is what one has that somebody
    adds in the CRM's own pages. ``refusals`` lists, for a scenario in which the CRM refuses, every plausible way of
    refusing as settings of ``switches``. ``editors_may_cancel``: somebody with the right to edit may cancel another's
    appointment, for sure. ``kinds`` are kinds of appointments beside the ordinary one, as fields of the CRM;
    ``other_statuses`` are statuses of appointments that are neither open nor cancelled. ``stored`` is what a log-in
    stores of a user; ``apps`` are the beginnings of the variables in which App Connect's connector finds its app
    (``CLIO`` for ``CLIO_CLIENT_ID`` and ``CLIO_CLIENT_SECRET``). ``page`` is the most records that a page of a list
    holds. ``patch_fields`` are, for each name in a patch of ``updateAppointment``, the fields that it may change;
    ``contact_kinds`` are the types of attendees that are contacts. ``header`` is the one that carries a user's
    credential: with ``token_type`` before it in ``Authorization``, alone in any other.
    """

    crm: str
    title: str
    table: str
    sites: tuple[Site, ...]
    hosts: tuple[str, ...]
    ports: tuple[int, ...] = field(default=(443,), kw_only=True)
    cancellation: str
    sentence: str
    title_field: str
    text_field: str = field(default="description", kw_only=True)
    zone_field: str | None = field(default=None, kw_only=True)
    times: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, kw_only=True)
    absent_id: str
    id_pattern: str
    editors_may_cancel: bool
    long_id: str | None = None
    client_id: str = "greenroom"
    reference: str = ""
    strangers_title: str = "Somebody else's"
    added: Mapping[str, Any] = field(default_factory=dict)
    label: str = "[a-z0-9-]+"
    colleagues_edit: Mapping[str, Any] = field(default_factory=dict)
    other_statuses: tuple[Mapping[str, Any], ...] = ()
    kinds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    token_type: str = "Bearer"  # noqa: S105 - the name of a scheme
    header: str = "Authorization"
    status_field: str | None = None
    cancelled_status: Any = None
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
    def unlimited(self) -> dict[str, str]:
        """The switches with which no limit of the vendor's is reached, for many calls in a short time."""
        return {name: "off" for name, switch in self.switches.items() if "off" in switch.values}

    @property
    def strangers(self) -> dict[str, str]:
        """What another user's appointment has, as fields of the CRM."""
        return {self.title_field: self.strangers_title}

    @property
    def prefix(self) -> str:
        """How reference numbers begin: words that stand in one text only, so that it is seen where that text goes."""
        return self.reference or f"ref-{self.crm}"

    def issues(self, key: Any) -> bool:
        """Tell whether this CRM gives ids like this one."""
        return isinstance(key, (str, int)) and bool(re.fullmatch(self.id_pattern, str(key)))

    def facts(self) -> dict[str, Any]:
        """Return what a clause may need of this profile, for a call record."""
        chosen = ("crm", "title", "table", "cancellation", "sentence", "status_field", "cancelled_status",
            "confirmed_status", "own_fields", "title_field", "id_pattern", "patch_fields", "contact_kinds",
        )  # fmt: skip
        return {**{name: getattr(self, name) for name in chosen}, "reference": self.prefix}
