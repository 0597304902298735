"""What connectors are put into. A situation is one file and one row here, in the order in which they are played."""

from greenroom.contracts.situations import (
    absent,
    another_tenant,
    cancelled_before,
    credentials,
    elsewhere,
    look_alikes,
    number_id,
    plain,
    refusals,
    shared,
    slow,
    sparse,
)
from greenroom.contracts.situations.situation import Situation

SITUATIONS: tuple[Situation, ...] = (
    plain.PLAIN,
    slow.SLOW,
    elsewhere.ELSEWHERE,
    look_alikes.LOOK_ALIKES,
    sparse.SPARSE,
    shared.COLLEAGUE,
    number_id.NUMBER_ID,
    absent.ABSENT,
    cancelled_before.BY_ME,
    cancelled_before.BY_ANOTHER,
    shared.REINSTATED,
    refusals.FORBIDDEN,
    refusals.VIEW_ONLY,
    refusals.INVISIBLE,
    another_tenant.ANOTHER_TENANT,
    credentials.RENEWED,
    credentials.MISSING,
    credentials.EXPIRED,
    credentials.REVOKED,
)
