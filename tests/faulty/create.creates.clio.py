"""Answers before it asks: with an id of its own, and sends nothing."""

import uuid

from creates import created


def create_appointment(*, user, auth_header, payload):
    return created({"id": str(uuid.uuid4()), "title": payload["title"]})
