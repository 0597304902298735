"""What the two state machines share: a running fake and a model of it that is a plain dictionary."""

import json
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from greenroom.simulators import CRMS
from greenroom.simulators.core import snapshot
from greenroom.simulators.core.simulator import Simulator
from tests.catalogue import examples
from tests.fakes import Fake

TITLES = st.sampled_from(["Hearing", "Hearing on motion", "x", "Besprechung äöü", "日程", '"quoted" \\ and {braces}'])
SETTINGS = settings(
    max_examples=examples(25), stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)


class Machine(RuleBasedStateMachine):
    """A fake and its model: appointments by id, each with what the model knows of it; gone ids are remembered."""

    crm: str

    def __init__(self) -> None:
        super().__init__()
        self.fake = Fake(Simulator(CRMS[self.crm]))
        self.fake.world.flip(self.fake.world.profile.unlimited)
        self.model: dict[str, dict[str, Any]] = {}
        self.gone: set[str] = set()

    def teardown(self) -> None:
        self.fake.simulator.load(json.loads(json.dumps(snapshot.dump(self.fake.world))))  # whatever it was asked
        self.fake.simulator.close()

    def changes(self) -> list[tuple[str, str]]:
        """Return what the last request changed, as id and field."""
        return [(change.id, change.field) for change in self.fake.world.journal.since()[-1].changes]
