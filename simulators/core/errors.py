"""The base of every vendor error: a simulator raises one, its CRM renders it in the vendor's own words."""


class ApiError(Exception):
    """A refusal that the vendor would answer.

    A CRM subclasses it with the vendor's fields; ``headers`` go out with the answer.
    """

    status: int = 500

    def __init__(self, message: str = "", *, status: int | None = None, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.status = self.status if status is None else status
        self.headers = headers or {}


class Unsimulated(Exception):
    """A request for something that the vendor has and this fake has not; nothing may be judged by its answer.

    ``what`` names it, for whoever reads the journal or a report.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class SaveError(ValueError):
    """The state file did not take a change, and nothing was changed; the message says why and what to do."""


class DeclarationError(ValueError):
    """What a CRM declares contradicts itself; the message names the row."""
