"""``listAppointments``: the appointments of some days. The panel calls it; no clause judges it yet."""

from typing import Any

from greenroom.contracts.interfaces.interface import Interface, Part


def _envelope(_params: Part, value: Part) -> dict[str, Any]:
    if value.get("successful", True) is False:
        message = {"returnMessage": value["returnMessage"]} if "returnMessage" in value else {}
        return {"successful": False, **message}
    return {"successful": True, **{name: value[name] for name in ("appointments",) if name in value}}


LIST = Interface("listAppointments", optional=("range",), envelope=_envelope)
