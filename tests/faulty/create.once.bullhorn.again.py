"""Sends the create again after a lost answer, with no look whether the first one was done. [lost-answers]"""

import bullhorns  # noqa: F401
from bullhorn_create import create_appointment  # noqa: F401
from bullhorn_session import Session

send = Session.send


def send_twice(self, method, path, body=None, **params):
    answer = send(self, method, path, body, **params)
    return answer or send(self, method, path, body, **params)


Session.send = send_twice
