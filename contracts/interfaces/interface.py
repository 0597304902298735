"""What an interface of App Connect is to Greenroom: its inputs, what performs it, and what its results mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

USER, AUTH_HEADER = "user", "authHeader"
"""The inputs that every interface gets."""
PAGE = "https://github.com/ringcentral/rc-unified-crm-extension/blob/main/"
"""Where the documentation of App Connect is."""
COMMON: Mapping[str, str] = {
    "user": "user: An object describing the Chrome extension user associated with the action",
    "authHeader": (
        "authHeader: The HTTP Authorization header to be transmitted with the API request to the target CRM."
    ),
    "parts": "An object with message, messageType, and ttl to display to the user",
}
"""The documentation's words that are on the page of every interface."""
DONE = range(200, 300)
"""Statuses of a request that was done."""
ACCEPTED = 202
"""A status that proves nothing: what was asked is to be done later, or not."""

Record = Mapping[str, Any]
"""A call record (``schemas/call.json``)."""
Part = Mapping[str, Any]


def nothing(_subject: str) -> dict[str, Any]:
    """Return no inputs: those of an interface that names no record."""
    return {}


def always(_record: Record, _when: str) -> bool:
    """Return that any state fulfils the call: that of an interface that only reads."""
    return True


def never(_record: Record, _change: Part) -> bool:
    """Return that no change is the interface's own: that of an interface that only reads."""
    return False


def no_states(_record: Record) -> tuple[str, ...]:
    """Return that nothing that a response shows is proof of what an interface did."""
    return ()


def accepted(_params: Part) -> str | None:
    """Return that nothing is wrong with inputs beyond what their schema says."""
    return None


def as_it_is(_params: Part, value: Part) -> dict[str, Any]:
    """Return a result as App Connect's route passes it on."""
    return dict(value)


def any_crm(_crm: Part) -> bool:
    """Return that every CRM knows what the interface is for."""
    return True


def truthy(value: Any) -> bool:
    """Return whether a JSON value is true in JavaScript. Empty lists and objects are."""
    return isinstance(value, (Mapping, list)) or bool(value)


@dataclass(frozen=True)
class Interface:
    """One interface of App Connect.

    ``required`` and ``optional`` are its inputs beside ``user`` and ``authHeader``. ``subject`` is the one that names
    the record; None where there is none. ``operations`` are the journal's operations that perform it; none where it
    only reads. ``quotes`` are the documentation's words by what they are about; ``pages`` the addresses of those that
    stand on another page than the interface's own.

    ``example`` returns its inputs for a record. ``fulfilled`` tells whether that record was as a success says: before
    the call, after it, or at the end (``final``). ``shown`` returns what a response must show of the record to prove
    that. ``allows`` tells whether a change is the interface's own. ``envelope`` returns the response that App Connect's
    route validates, from the inputs and the connector's result. ``known_to`` tells by the facts of a CRM's profile
    whether it knows what the interface is for; where it does not, nothing is judged. ``premise`` names the fields of
    the profile that every appointment has before the interface is called. ``content`` is the input that holds what an
    appointment is to have. ``failed`` is what App Connect says of an escaped error, and the advice below it.
    ``undone`` says of a live appointment that
    what was asked for is not done. ``refused`` tells why App Connect would not pass inputs on although they follow
    the schema. ``lists``: it returns the appointments that there are.
    ``steps``: it may take several requests, so that one that was done proves only its part.
    ``ends``: after a success nobody attends the appointment any more.
    """

    name: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    subject: str | None = None
    operations: tuple[str, ...] = ()
    quotes: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    example: Callable[[str], dict[str, Any]] = nothing
    fulfilled: Callable[[Record, str], bool] = always
    shown: Callable[[Record], tuple[str, ...]] = no_states
    allows: Callable[[Record, Part], bool] = never
    envelope: Callable[[Part, Part], dict[str, Any]] = as_it_is
    known_to: Callable[[Part], bool] = any_crm
    premise: str | None = None
    content: str | None = None
    failed: tuple[str, str] = (
        "Error performing {interface}",
        "Please check if your account has the necessary permissions.",
    )
    undone: str = "live"
    refused: Callable[[Part], str | None] = accepted
    lists: bool = False
    steps: bool = False
    ends: bool = False

    @property
    def page(self) -> str:
        """The address of its documentation."""
        return f"{PAGE}docs/developers/interfaces/{self.name}.md"

    def quote(self, about: str) -> str:
        """Return the documentation's words about something."""
        return self.quotes.get(about) or COMMON[about]

    def page_of(self, about: str) -> str:
        """Return the address of the page with the documentation's words about something."""
        return self.pages.get(about, self.page)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of all its inputs."""
        return (USER, AUTH_HEADER, *self.required, *self.optional)

    @property
    def signature(self) -> dict[str, list[str]]:
        """Its inputs as workers need them."""
        return {"required": [USER, AUTH_HEADER, *self.required], "optional": list(self.optional)}

    @property
    def only_reads(self) -> bool:
        """Whether it changes nothing."""
        return not self.operations

    @property
    def creates(self) -> bool:
        """Whether it makes the record that it is about: it names none, and writes."""
        return self.subject is None and not self.only_reads

    @property
    def of_one(self) -> bool:
        """Whether it is about one record, which it names or makes."""
        return self.subject is not None or self.creates

    @property
    def rewrites(self) -> bool:
        """Whether a success may change what an appointment shows: its texts, times or attendees."""
        return self.creates or "update" in self.operations

    @property
    def hit_by_default(self) -> str:
        """The requests that a fault hits if it names none, in the words of the fault's ``on``."""
        return self.operations[0] if self.operations else "look"

    def params(self, user: Mapping[str, Any], auth_header: str, more: Part) -> dict[str, Any]:
        """Return what App Connect passes; ``more`` are the interface's own inputs."""
        return {USER: user, AUTH_HEADER: auth_header, **more}

    def own(self, params: Part) -> dict[str, Any]:
        """Return the inputs that are the interface's own."""
        return {name: params[name] for name in (*self.required, *self.optional) if name in params}

    def given(self, params: Part) -> Any:
        """Return the input that names the record, or None."""
        return params.get(self.subject) if self.subject else None

    def key(self, params: Part) -> str:
        """Return the id of the record as text, or an empty one."""
        return str(params.get(self.subject)) if self.subject else ""

    def asked(self, params: Part) -> Part:
        """Return what an appointment is to have, or nothing."""
        found = params.get(self.content) if self.content else None
        return found if isinstance(found, Mapping) else {}

    def performs(self, entry: Part) -> bool:
        """Tell whether a request would do what the interface is for."""
        return entry["operation"] in self.operations

    def confirmed_by(self, entry: Part) -> bool:
        """Tell whether the CRM answered a request as one that did it. One that was accepted may be done later."""
        status = entry["answer"]["status"]
        return self.performs(entry) and status in DONE and status != ACCEPTED
