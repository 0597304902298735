"""Troubles to arm in a world. A fault is one file and one row here."""

from collections.abc import Mapping

from greenroom.simulators.core.arming.fault import Fault
from greenroom.simulators.core.faults import (
    accepted,
    bare,
    broken,
    cancelled,
    certificate,
    chunked,
    closed,
    delay,
    drip,
    edited,
    empty,
    expired,
    garbage,
    hang,
    held,
    limit,
    login_page,
    mistyped,
    none,
    page,
    redirect,
    refused,
    reset,
    revoked,
    status,
    truncated,
)
from greenroom.simulators.core.faults.context import FaultContext

FAULTS: Mapping[str, Fault[FaultContext]] = {
    fault.name: fault
    for fault in (
        status.STATUS,
        page.PAGE,
        bare.BARE,
        broken.BROKEN,
        limit.LIMIT,
        expired.EXPIRED,
        revoked.REVOKED,
        redirect.REDIRECT,
        login_page.LOGIN_PAGE,
        accepted.ACCEPTED,
        garbage.GARBAGE,
        empty.EMPTY,
        mistyped.MISTYPED,
        truncated.TRUNCATED,
        chunked.CHUNKED,
        delay.DELAY,
        drip.DRIP,
        hang.HANG,
        reset.RESET,
        closed.CLOSED,
        refused.REFUSED,
        certificate.CERTIFICATE,
        edited.EDITED,
        cancelled.CANCELLED,
        held.HELD,
        none.NONE,
    )
}
