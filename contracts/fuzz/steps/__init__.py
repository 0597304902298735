"""What can happen in a story: one file and one row for each kind of step."""

from collections.abc import Mapping

from greenroom.contracts.fuzz.steps.appears import APPEARS
from greenroom.contracts.fuzz.steps.calls import CALLS
from greenroom.contracts.fuzz.steps.calls_at_once import CALLS_AT_ONCE
from greenroom.contracts.fuzz.steps.connects_anew import CONNECTS_ANEW
from greenroom.contracts.fuzz.steps.gets_slow import GETS_SLOW
from greenroom.contracts.fuzz.steps.is_cancelled import IS_CANCELLED
from greenroom.contracts.fuzz.steps.is_deleted import IS_DELETED
from greenroom.contracts.fuzz.steps.is_edited import IS_EDITED
from greenroom.contracts.fuzz.steps.is_reinstated import IS_REINSTATED
from greenroom.contracts.fuzz.steps.step import StepKind
from greenroom.contracts.fuzz.steps.token_expires import TOKEN_EXPIRES
from greenroom.contracts.fuzz.steps.token_is_revoked import TOKEN_IS_REVOKED

STEPS: Mapping[str, StepKind] = {
    kind.do: kind
    for kind in (
        APPEARS,
        CALLS,
        CALLS_AT_ONCE,
        IS_EDITED,
        IS_CANCELLED,
        IS_DELETED,
        IS_REINSTATED,
        TOKEN_EXPIRES,
        TOKEN_IS_REVOKED,
        CONNECTS_ANEW,
        GETS_SLOW,
    )
}
"""Every kind of step, by its ``do``."""
