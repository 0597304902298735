"""After a good update the CRM itself says that there is no such record: a failure may be told, and so may a success."""

from pathlib import Path

import pytest

from tests.catalogue import HERE, NEEDS_NODE
from tests.contracts.runs import certificate, failed

SOURCE = """
const {{ failed }} = require('{faulty}/parts.cjs');
const {{ netsuiteRead }} = require('{faulty}/reads.cjs');
const {{ netsuiteUpdate }} = require('{faulty}/updates.cjs');

exports.updateAppointment = async ({{ user, authHeader, appointmentId, patchBody }}) => {{
  const result = await netsuiteUpdate(user, authHeader, appointmentId, patchBody);
  if (!result.successful) return result;
  const {{ status }} = await netsuiteRead(user, authHeader, appointmentId).catch(() => ({{ status: 0 }}));
  return {statuses}.includes(status) ? failed('The appointment is no longer there.') : result;
}};
"""


@NEEDS_NODE
@pytest.mark.parametrize(("statuses", "accused"), [([404], False), ([404, 503], True)])
def test_only_the_crms_own_404_excuses_a_failure(statuses: list[int], accused: bool, tmp_path: Path) -> None:
    path = tmp_path / "looks.cjs"
    path.write_text(SOURCE.format(faulty=(HERE / "faulty").as_posix(), statuses=statuses))
    found = certificate(str(path), "netsuite", "resilient", scenarios=("update-then-blind",))

    assert ("truth.failure-is-true" in failed(found)) == accused
    assert any(call["outcome"].get("value", {}).get("successful") is False for call in found.calls)
