"""Chunks that are none."""

from flask import Response

from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.fault import BODY, STATUS, Fault
from greenroom.simulators.core.faults.scene import Scene

NONSENSE = b'zz\r\n{"data"\r\n-5\r\n'


def strike(scene: Scene) -> Response:
    """Announce a chunked body and send chunk sizes that are no numbers."""
    answer = scene.with_body()
    scene.visit.delivery = Delivery(raw=NONSENSE, ends="close")
    return answer


CHUNKED = Fault("chunked", "a chunked body whose sizes are nonsense", (BODY,), strike, arrives=STATUS)
