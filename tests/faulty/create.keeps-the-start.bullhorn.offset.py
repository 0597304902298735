"""Adds the user's offset to the start: Bullhorn's milliseconds are taken for the user's clock."""

from datetime import timedelta

import bullhorns  # noqa: F401
import bullhorn_create

fields = bullhorn_create._fields


def create_appointment(*, user, auth_header, payload):
    shift = int(timedelta(minutes=int(user["timezoneOffset"])).total_seconds() * 1000)

    def local(given):
        sent = fields(given)
        return {**sent, "dateBegin": sent["dateBegin"] + shift, "dateEnd": sent["dateEnd"] + shift}

    bullhorn_create._fields = local
    return bullhorn_create.create_appointment(user=user, auth_header=auth_header, payload=payload)
