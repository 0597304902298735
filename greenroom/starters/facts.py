"""What the templates of starters need to know of a CRM. It follows from what the CRM declares."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.starter import Starter

API = "https://{api_host}"
"""How a text begins that a log-in stores, if it is the address of the API."""


@dataclass(frozen=True)
class Base:
    """Where an address begins: at the user's host, at their account's, or at an address that the log-in stored.

    One of them is set: ``account`` is what follows the first label of the user's host, ``stored`` a name in
    ``platformAdditionalInfo``. With neither, the user's host is the API's.
    """

    account: str = ""
    stored: str = ""


@dataclass(frozen=True)
class Facts:
    """One CRM, as templates need it.

    ``path`` goes on from the base and has ``{id}``; ``query`` belongs to looks. ``session`` is the name of the session
    that requests carry under ``header``; where there is none, they carry App Connect's ``authHeader``.
    """

    profile: Profile
    starter: Starter
    base: Base
    path: str
    query: str

    @property
    def header(self) -> str:
        """The header that carries the credential."""
        return self.profile.credentials.header

    @property
    def session(self) -> str | None:
        """What the session is called that the header carries."""
        return self.profile.stored.session

    @property
    def method(self) -> str:
        """The method of the request that cancels."""
        return self.profile.cancellation.method

    @property
    def body(self) -> Mapping[str, Any] | None:
        """What that request sends, or None."""
        return self.starter.body

    @property
    def shown(self) -> tuple[str, ...]:
        """Where a look shows that an appointment is cancelled; empty where no record is left."""
        return self.starter.shown

    @property
    def field(self) -> str | None:
        """The field of a record that cancelling sets, if it is kept."""
        return next(iter(self.profile.cancellation.marks), None)

    @property
    def cancelled(self) -> Any:
        """What the field holds of an appointment that is cancelled."""
        return next(iter(self.profile.cancellation.marks.values()), None)

    @property
    def messages(self) -> dict[int, str]:
        """What users read, by the status of a response."""
        title = self.profile.title
        log_in = f"{title} did not accept your log-in. Please connect your {title} account again."
        return {
            401: log_in,
            403: f"You do not have permission to do this in {title}.",
            404: f"Appointment not found in {title}. It may have been cancelled already.",
            **self.starter.messages,
            429: f"{title} is receiving too many requests. Please try again in a minute.",
        }

    @property
    def done(self) -> str:
        """What users read of a success."""
        return f"Appointment cancelled in {self.profile.title}."

    @property
    def stands(self) -> str:
        """What users read where a response was lost, and the appointment still stands."""
        return f"{self.profile.title} did not respond, and the appointment still stands. Please try again."

    @property
    def unknown(self) -> str:
        """What users read where nobody knows."""
        title = self.profile.title
        return f"{title} did not respond. Please check in {title} whether the appointment is cancelled."


def facts(crm: Crm) -> Facts | None:
    """Return what is known of a CRM, or None where its declarations do not lead to a starter."""
    path, _, query = crm.example_path.partition("?")
    found = _base(crm.profile, path)
    if crm.starter is None or found is None:
        return None
    base, rest = found
    return Facts(crm.profile, crm.starter, base, rest, f"?{query}" if query and crm.starter.shown else "")


def _base(profile: Profile, path: str) -> tuple[Base, str] | None:
    """Return where addresses begin, and the rest of a path there."""
    for name, text in profile.stored.additional.items():
        if isinstance(text, str) and text.startswith(API) and path.startswith(text.removeprefix(API)):
            return Base(stored=name), path.removeprefix(text.removeprefix(API))
    if "{account}" in path:
        return None
    if all(site.hostname == site.api_host for site in profile.sites):
        return Base(), path
    labels = [(site.hostname.partition(".")[0], *site.api_host.partition(".")) for site in profile.sites]
    tails = {tail for host, label, _, tail in labels if host == label}
    is_one = len(tails) == 1 and all(host == label for host, label, *_ in labels)
    return (Base(account=tails.pop()), path) if is_one else None
