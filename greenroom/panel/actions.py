"""What the clicks on the panel ask of App Connect: about one appointment, or for one that has certain contents."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from greenroom.contracts.harness.requests import Request
from greenroom.contracts.interfaces.interface import Interface, Part

KEY = "appointmentId"
"""The name of an appointment's id in what the page sends."""


def never(_body: Part) -> dict[str, Any] | None:
    """Return that App Connect refuses nothing."""
    return None


@dataclass(frozen=True)
class Action:
    """One click: which interface it calls, with which inputs of it, and how App Connect may refuse it."""

    interface: Interface
    inputs: Callable[[Part], dict[str, Any]]
    refusal: Callable[[Part], dict[str, Any] | None] = never


def about(interface: Interface) -> Action:
    """Return the action that names an appointment, and nothing more."""
    return Action(interface, lambda body: interface.example(body[KEY]))


def asking(request: Request) -> Action:
    """Return the action that says what an appointment is to have; it names one if it is there already."""
    return Action(
        request.interface,
        lambda body: request.inputs(body.get(KEY, ""), body["asked"]),
        lambda body: request.refusal(body["asked"]),
    )
