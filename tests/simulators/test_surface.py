"""Each surface list uses the classes that there are."""

import pytest

from greenroom.simulators import CRMS
from greenroom.simulators.core.surface import CLASSES, UNSIMULATED


@pytest.mark.parametrize("crm", [name for name, crm in CRMS.items() if crm.surface])
def test_every_name_is_classed(crm: str) -> None:
    """Of an operation that is not simulated, no name is."""
    for operation in CRMS[crm].surface:
        assert operation.klass in CLASSES
        assert {klass for _, _, klass in operation.names} <= set(CLASSES)
        if operation.klass == UNSIMULATED:
            assert {klass for _, _, klass in operation.names} <= {UNSIMULATED}
