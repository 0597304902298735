"""A world: one isolated tenant inside a simulator."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from greenroom.simulators.core.arming.armed import Faults
from greenroom.simulators.core.clock import Clock
from greenroom.simulators.core.draw import FRIENDLY, Draw
from greenroom.simulators.core.grants import Code, Grants
from greenroom.simulators.core.ids import Uuids
from greenroom.simulators.core.journal import Journal
from greenroom.simulators.core.names import did_you_mean
from greenroom.simulators.core.profile import Profile, Site, StoredUser
from greenroom.simulators.core.secrets import Secrets
from greenroom.simulators.core.store import Store
from greenroom.simulators.core.tokens import Token, Tokens
from greenroom.simulators.core.turnstile import Turnstile

LIFETIME = 3600.0
"""Seconds that a freshly issued token lives, unless a CRM says otherwise."""
FLOODED = 0.5
"""Seconds that each request takes in a world that was flooded."""
OPENS = "opens sessions"
"""Stands for the address of a grant that is an access token which opens sessions."""
DAY = 86_400.0
"""Seconds that a credential lives which somebody works with for a while."""


@dataclass(frozen=True)
class Person:
    """Somebody with an account: an id of the CRM's, a name, and rights in the CRM's own words."""

    id: str
    name: str
    email: str
    timezone: str = "America/Los_Angeles"
    rights: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Login:
    """What App Connect hands to a connector for one person: the ``user`` object and the ``authHeader``.

    ``token`` is the credential that requests carry; ``headers`` carry it as the CRM wants it.
    """

    person: str
    user: dict[str, Any]
    auth_header: str
    token: str
    headers: Mapping[str, str] = field(default_factory=dict)


class World:
    """Users, tokens, records, faults, journal and clock of one tenant.

    ``people`` are known by their role in the seed (``owner``, ``viewer``, …); ``appointments`` are ids by role
    (``target``, ``longer-id``, …). What it is filled with follows
    from ``seed`` and ``number``. ``on_issue`` hears of each new token, ``on_faults`` of faults that were armed or
    disarmed. ``pace`` is how many seconds every answer takes; ``flood``, how many requests it
    takes until each takes ``FLOODED`` seconds, so that a flood stays small; ``request_ids`` name requests;
    ``on_external_change`` hears of it before somebody changes appointments in the CRM itself, through the control API;
    ``turnstile`` holds requests of calls at the same time, where there is one; ``undone`` counts how often something
    was taken back that the state file did not take.
    """

    def __init__(
        self,
        profile: Profile,
        number: int,
        site: Site,
        seed: int,
        on_issue: Callable[[str], None],
        on_faults: Callable[[], None],
    ) -> None:
        self.profile = profile
        self.number = number
        self.name = f"{profile.crm}-{number}"
        self.site = site
        self.seed = seed
        self.account = account(seed, number)
        self.store = Store()
        self.journal = Journal()
        self.faults = Faults(on_faults)
        self.clock = Clock()
        self.tokens = Tokens(self.clock, on_issue)
        self.secrets = Secrets(f"{seed} {self.name}")
        self.request_ids = Uuids(f"{seed} {self.name}")
        self.people: dict[str, Person] = {}
        self.appointments: dict[str, str] = {}
        self.switches = {name: switch.values[0] for name, switch in profile.switches.items()}
        self.grants = Grants(client_id=profile.client_id, client_secret=self.secrets.make("app.clientSecret"))
        self.counters: dict[object, Any] = {}
        self.lock = threading.Lock()
        self.pace = 0.0
        self.flood: int | None = None
        self.turnstile: Turnstile | None = None
        self.undone = 0
        self.on_external_change: Callable[[], None] = lambda: None

    @property
    def pause(self) -> float:
        """How many seconds the next request waits before anything is done."""
        flooded = self.flood is not None and len(self.journal) >= self.flood
        return max(self.pace, FLOODED) if flooded else self.pace

    @property
    def hostname(self) -> str:
        """The host that App Connect knows this tenant by."""
        return self.site.hostname.format(account=self.account)

    @property
    def api_host(self) -> str:
        """The host at which this tenant's API answers."""
        return self.site.api_host.format(account=self.account)

    @property
    def hosts(self) -> list[str]:
        """The hosts at which this tenant's credentials count."""
        return self.site.hosts(self.account)

    def canary(self, what: str) -> str:
        """Return words that stand in one text of this world only, so that it is seen where that text goes."""
        return f"{self.profile.prefix}-{self.number}-{what}"

    def person(self, person_id: str) -> Person:
        """Return the person of that id."""
        return next(person for person in self.people.values() if person.id == person_id)

    def flip(self, settings: Mapping[str, str]) -> None:
        """Set switches, all of them or none.

        Raises:
            ValueError: a switch or a value that this CRM does not have.

        """
        for name, value in settings.items():
            switch = self.profile.switches.get(name)
            if switch is None or value not in switch.values:
                known = self.profile.switches
                advice = did_you_mean(value, switch.values, "its values are ") if switch else did_you_mean(name, known)
                msg = f"{self.profile.crm} has no switch {name}={value}; {advice}"
                raise ValueError(msg)
        self.switches.update(settings)

    def issue(self, role: str, lifetime: float = LIFETIME) -> Token:
        """Issue an access token to the person in that role; ``lifetime`` in seconds."""
        value = self.secrets.make(f"{role}.{self.profile.stored.session or 'accessToken'}")
        return self.tokens.issue(value, self.people[role].id, host=self.api_host, lifetime=lifetime)

    def log_in(self, role: str, *, lifetime: float = LIFETIME) -> Login:
        """Issue tokens to the person in that role and return what App Connect would pass to a connector."""
        person, token = self.people[role], self.issue(role, lifetime)
        user = user_object(self, role, person, token)
        self.grants.refresh[user["refreshToken"]] = role
        self.tokens.announce(user["refreshToken"])
        if self.profile.stored.session:
            self.admit(role, user["accessToken"], self.profile.stored.access_lifetime, user["refreshToken"])
        header, bearer = self.profile.credentials.header, f"{self.profile.token_type} {user['accessToken']}"
        carried = {header: bearer if header == "Authorization" else token.value}
        return Login(person.id, user, bearer, token.value, carried)

    def admit(self, role: str, access: str, lifetime: float, granted: str) -> None:
        """Let an access token open sessions for the person in that role; ``granted``: the token it was issued for."""
        self.grants.codes[access] = Code(role, OPENS, self.clock.now() + timedelta(seconds=lifetime))
        self.grants.issued_for[access] = self.grants.issued_for.get(granted, granted)
        self.tokens.announce(access)


def account(seed: int, number: int) -> str:
    """Return the account of a world by its number: seven digits, as most of NetSuite's have."""
    return str(1_000_000 + number if seed == FRIENDLY else Draw(seed, "account").number(2_000_000, 9_200_000) + number)


def user_object(world: World, role: str, person: Person, token: Token) -> dict[str, Any]:
    """Build App Connect's ``user`` as a log-in to this CRM stores it; every secret a canary."""
    stored, now = world.profile.stored, world.clock.now()
    facts = {"person": person.id, "account": world.account, "name": person.name, "email": person.email}
    places = {"crm": world.profile.crm, "site": world.site.name, "api_host": world.api_host, "token": token.value}
    fill = partial(_filled, facts={**facts, **places})
    return {
        "id": fill(stored.id),
        "platform": world.profile.crm,
        "hostname": world.hostname,
        "accessToken": world.secrets.make(f"{role}.accessToken") if stored.session else token.value,
        "refreshToken": world.secrets.make(f"{role}.refreshToken"),
        "tokenExpiry": iso_milliseconds(token.expires_at),
        "timezoneName": _zone(stored, person),
        "timezoneOffset": _offset(stored, person, now),
        "rcAccountId": world.secrets.keep(f"{role}.rcAccountId"),
        "hashedRcExtensionId": world.secrets.keep(f"{role}.hashedRcExtensionId"),
        "platformAdditionalInfo": {name: fill(value) for name, value in stored.additional.items()},
        "userSettings": {},
        "createdAt": iso_milliseconds(now),
        "updatedAt": iso_milliseconds(now),
    }


def _filled(value: Any, facts: Mapping[str, str]) -> Any:
    if callable(value):
        return value(facts)
    return value.format(**facts) if isinstance(value, str) else value


def _zone(stored: StoredUser, person: Person) -> str | None:
    if isinstance(stored.zone, str):
        return stored.zone
    return person.timezone if stored.zone else None


def _offset(stored: StoredUser, person: Person, now: datetime) -> str | None:
    if stored.offset_unit is None:
        return None
    summer = timedelta() if stored.summer_time else now.astimezone(ZoneInfo(person.timezone)).dst() or timedelta()
    return offset(person.timezone, now, stored.offset_unit, summer)


def known_offset(world: World, person: Person) -> float | None:
    """Return the minutes of the stored offset, where it is all that a log-in stores of a person's zone."""
    stored = world.profile.stored
    told = None if stored.zone is True else _offset(stored, person, world.clock.now())
    return float(told) * (stored.offset_unit or 0) / 60 if told else None


def offset(timezone: str, at: datetime, unit: int, less: timedelta = timedelta()) -> str:
    """Write a zone's offset from UTC at a moment as App Connect's column of text holds it: ``-7``, ``5.5``."""
    seconds = ((at.astimezone(ZoneInfo(timezone)).utcoffset() or timedelta()) - less).total_seconds()
    return f"{seconds / unit:g}"


def iso_milliseconds(moment: datetime) -> str:
    """Write a moment as JavaScript's ``toISOString`` does, since App Connect stores it so."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
