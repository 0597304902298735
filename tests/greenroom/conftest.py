"""Fixtures that tests of the panel share."""

from functools import partial

import pytest
from playwright.sync_api import Browser

from tests.greenroom.panels import Open, shown


@pytest.fixture
def show(chromium: Browser) -> Open:
    """Return what opens the panel over a connector."""
    return partial(shown, chromium)
