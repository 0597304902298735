"""Days in the life, drawn by Hypothesis: a state machine whose rules are the steps of stories.

What is drawn depends on the steps so far alone, never on what the connector or the CRM did: the same choices are always
the same story.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from greenroom.contracts.fuzz.context import ABSENT, FIRST, PEOPLE, SECOND
from greenroom.contracts.fuzz.describe import HOLDS
from greenroom.contracts.fuzz.story import Step
from greenroom.simulators.core.arming.fault import CONNECTION, Fault, FaultError
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.faults import FAULTS
from greenroom.simulators.core.faults.spec import parse

TITLES = ("Budget talk", "会议 🎭 Ølsen", "<b>Bold meeting</b>", 'O\'Brien; "quoted" -- talk', "Very long talk " * 15)
"""Titles that stand nowhere by chance, some of them odd."""
QUICK_FAULTS = [fault for fault in FAULTS.values() if not (fault.slow or fault.silent)]
"""The others take time, or are no trouble: certification plays them, thousands of stories would wait for them."""
FREQUENT = (
    "reset,stage=after-commit,on=cancel",
    "status=503,stage=before-commit,on=cancel",
    "edited,stage=before-authentication,on=cancel",
    "cancelled,stage=before-authentication,on=cancel",
    "expired,stage=before-authentication,on=cancel",
)
"""What happens most: an answer is lost, the CRM is down, somebody else was quicker, an hour is over."""
# What colleagues do in the CRM itself; what happens between two cancellations; what ends a token; where faults fire.
BEHIND = ("is edited", "is reinstated", "is cancelled", "is deleted")
BACK = ("is reinstated", "is reinstated", *BEHIND)
ENDS = ("token expires", "token is revoked")
EFFECTS = ("cancel", "read", "any")
MOST_ALIKE = 10
"""Appointments up to which ids may look alike: so many digits there are to go on with."""


def variants(fault: Fault[Any]) -> list[str]:
    """Return a fault with each of its quick values, at each stage and each kind of request, as it is armed."""
    values = [f"{fault.name}={value}" for value in fault.values if value not in fault.slow_values] or [fault.name]
    places = [(stage, on) for stage in fault.stages for on in (EFFECTS if stage != CONNECTION else EFFECTS[:1])]
    texts = [f"{value},stage={stage},on={on}" for value in values for stage, on in places]
    return [text for text in texts if _can_be_armed(text)]


def _can_be_armed(text: str) -> bool:
    try:
        parse(text)
    except FaultError:
        return False
    return True


def _troubles(least: int) -> st.SearchStrategy[list[str]]:
    """Draw the faults of a call: a list, so that what fails once may fail again, or work."""
    times = st.sampled_from(["", ",times=2"])
    quick = [st.sampled_from(variants(fault)) for fault in QUICK_FAULTS]
    one = st.builds(lambda fault, more: fault + more, st.one_of(quick), times)
    return st.lists(st.one_of(st.sampled_from(FREQUENT), one), min_size=least, max_size=2)


ACCOUNT = st.sampled_from((FIRST, FIRST, SECOND))
PERSON = st.sampled_from((PEOPLE[0], PEOPLE[0], *PEOPLE))
TITLE = st.sampled_from(TITLES)
HOLD = st.sampled_from(list(HOLDS))
KIND = st.integers(0, 3)
MAYBE_TROUBLES, TROUBLES = _troubles(0), _troubles(1)
MAYBE_FREQUENT = st.lists(st.sampled_from((FREQUENT[0], *FREQUENT)), max_size=1)


def hypothesis_settings(examples: int, steps: int, choices: Path | None) -> settings:
    """Return how Hypothesis is to draw: in silence; ``choices`` is the folder that keeps what failed, if any does."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        database=DirectoryBasedExampleDatabase(choices) if choices else None,
        phases=(Phase.reuse, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
        print_blob=False,
        deadline=None,
    )


class Player(Protocol):
    """Plays stories step by step."""

    def begin(self) -> None:
        """Begin a story."""

    def do(self, step: Step) -> None:
        """Play its next step."""

    def end(self) -> None:
        """End it."""


class StoryMachine(RuleBasedStateMachine):
    """Lets ``player`` play what it draws; a campaign makes a machine of its own."""

    player: ClassVar[Player]
    crm: ClassVar[Crm]

    appointments: Bundle[str] = Bundle("appointments")

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.homes: dict[str, str] = {}
        self.places: set[tuple[str, str]] = set()
        self.without: set[tuple[str, str]] = set()
        self.player.begin()

    def do(self, what: str, **fields: Any) -> None:
        """Play a step."""
        self.player.do({"do": what, **fields})

    @initialize(target=appointments)
    def first(self) -> str:
        """Let an ordinary appointment of the owner appear."""
        return self._appears(FIRST, TITLES[0])

    @rule(
        target=appointments,
        world=ACCOUNT,
        title=TITLE,
        whose=st.sampled_from(["owner", "outsider"]),
        kind=KIND,
        like=st.one_of(st.none(), appointments),
    )
    def appears(self, world: str, title: str, whose: str, kind: int, like: str | None) -> str:
        """Let another one appear: of somebody, of some kind, with an id that looks alike."""
        alike = {"like": like} if like and len(self.names) < MOST_ALIKE else {}
        return self._appears(world, title, kind, **alike, **({"whose": whose} if whose != PEOPLE[0] else {}))

    def _appears(self, world: str, title: str, kind: int = 0, **more: str) -> str:
        name = chr(ord("A") + len(self.names) % 26) * (1 + len(self.names) // 26)
        kinds = ["ordinary", *self.crm.profile.kinds]
        told = {"kind": kinds[kind]} if 0 < kind < len(kinds) else {}
        self.names.append(name)
        self.homes[name] = world
        self.places.add((world, name))
        self.do("appears", world=world, appointment=name, title=title, **told, **more)
        return name

    @rule(appointment=appointments, world=ACCOUNT)
    def appears_elsewhere(self, appointment: str, world: str) -> None:
        """Let one of the same id appear in the other account."""
        if (world, appointment) not in self.places:
            self.places.add((world, appointment))
            self.do("appears", world=world, appointment=appointment, title=TITLES[0])

    @rule(target=appointments, title=TITLE, kind=KIND, faults=TROUBLES)
    def failing(self, title: str, kind: int, faults: list[str]) -> str:
        """Let the owner cancel a new one while something is in the way."""
        name = self._appears(FIRST, title, kind)
        self._cancels(name, FIRST, faults=faults)
        return name

    @rule(target=appointments, faults=MAYBE_FREQUENT, between=st.sampled_from(BACK))
    def comes_back(self, faults: list[str], between: str) -> str:
        """Let the owner cancel a new one, something happen to it, and the owner cancel again."""
        name = self._appears(FIRST, TITLES[0])
        self._cancels(name, FIRST, faults=faults)
        self._out_of_band(between, name, FIRST)
        self._cancels(name, FIRST)
        return name

    @rule(target=appointments, faults=MAYBE_FREQUENT)
    def is_elsewhere_too(self, faults: list[str]) -> str:
        """Let the owners of both accounts cancel new ones of the same id."""
        name = self._appears(FIRST, TITLES[0])
        self._cancels(name, FIRST, faults=faults)
        self.places.add((SECOND, name))
        self.do("appears", world=SECOND, appointment=name, title=TITLES[0])
        self._cancels(name, SECOND)
        return name

    @rule(appointment=appointments, world=ACCOUNT, who=PERSON, faults=MAYBE_TROUBLES)
    def cancels(self, appointment: str, world: str, who: str, faults: list[str]) -> None:
        """Let anybody cancel anything that is there, maybe while something is in the way."""
        self._cancels(appointment, self._where(appointment, world), who, faults)

    def _where(self, appointment: str, world: str) -> str:
        return world if (world, appointment) in self.places else self.homes[appointment]

    def _cancels(self, appointment: str, world: str, who: str = PEOPLE[0], faults: Sequence[str] = ()) -> None:
        told = {"faults": list(faults)} if faults else {}
        self.do("cancels", world=world, appointment=appointment, who=who, **told)

    @rule(appointment=appointments, world=ACCOUNT)
    def cancels_twice(self, appointment: str, world: str) -> None:
        """Let the owner cancel, and again."""
        for _ in range(2):
            self._cancels(appointment, self._where(appointment, world))

    @rule(appointment=st.one_of(st.just(ABSENT), appointments), world=ACCOUNT, who=PERSON)
    def cancels_nothing(self, appointment: str, world: str, who: str) -> None:
        """Let somebody cancel what never existed in their account."""
        if (world, appointment) not in self.places:
            self._cancels(appointment, world, who)

    @rule(target=appointments, world=ACCOUNT, people=st.tuples(PERSON, PERSON), hold=HOLD)
    def one_at_once(self, world: str, people: tuple[str, str], hold: str) -> str:
        """Let two cancel a new one at the same time."""
        name = self._appears(world, TITLES[0])
        self._at_once((name, world, people[0]), (name, world, people[1]), hold)
        return name

    @rule(pair=st.tuples(appointments, appointments), worlds=st.tuples(ACCOUNT, ACCOUNT), other=PERSON, hold=HOLD)
    def two_at_once(self, pair: tuple[str, str], worlds: tuple[str, str], other: str, hold: str) -> None:
        """Let two cancel at the same time, whatever it is."""
        first, second = (self._where(name, world) for name, world in zip(pair, worlds, strict=True))
        self._at_once((pair[0], first, PEOPLE[0]), (pair[1], second, other), hold)

    def _at_once(self, first: tuple[str, str, str], second: tuple[str, str, str], hold: str) -> None:
        calls = [{"appointment": name, "world": world, "who": who} for name, world, who in (first, second)]
        self.do("cancel at once", calls=calls, hold=hold)

    @rule(what=st.sampled_from(BEHIND), appointment=appointments, world=ACCOUNT)
    def is_changed(self, what: str, appointment: str, world: str) -> None:
        """Let a colleague do something to it in the CRM."""
        self._out_of_band(what, appointment, world)

    def _out_of_band(self, what: str, appointment: str, world: str) -> None:
        can = {"is reinstated": self.crm.reinstate, "is deleted": self.crm.remove}.get(what, True)
        if can and (world, appointment) in self.places:
            self.do(what, world=world, appointment=appointment)

    @rule(what=st.sampled_from(ENDS), world=ACCOUNT, who=PERSON)
    def token_ends(self, what: str, world: str, who: str) -> None:
        """Let somebody's token end; who is without one already connects anew."""
        self._token_ends(what, world, who)

    def _token_ends(self, what: str, world: str, who: str) -> None:
        without = (world, who) in self.without
        self.do("connects anew" if without else what, world=world, who=who)
        (self.without.discard if without else self.without.add)((world, who))

    @rule(target=appointments, what=st.sampled_from(ENDS), faults=MAYBE_TROUBLES)
    def cancels_with_old_token(self, what: str, faults: list[str]) -> str:
        """Let the owner cancel a new one with a token that counts no more."""
        name = self._appears(FIRST, TITLES[0])
        self._token_ends(what, FIRST, PEOPLE[0])
        self._cancels(name, FIRST, faults=faults)
        return name

    @rule(world=ACCOUNT)
    def gets_slow(self, world: str) -> None:
        """Let the CRM take its time."""
        self.do("gets slow", world=world)

    def teardown(self) -> None:
        """Judge what came late."""
        self.player.end()
