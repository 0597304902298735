"""A story that is being played: accounts of the CRM, who is logged in, and the appointments of a story."""

from collections.abc import Collection, Mapping

from greenroom.contracts.clauses.clause import Problem
from greenroom.contracts.fuzz.contents import CONTACTS
from greenroom.contracts.fuzz.interfaces.interface import OVER
from greenroom.contracts.fuzz.model import Model, Place
from greenroom.contracts.fuzz.story import StoryError
from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.harness.holdings import days_around
from greenroom.contracts.harness.payload import contacts
from greenroom.simulators.core.names import did_you_mean
from greenroom.simulators.core.world import Login, World

FIRST, SECOND = "first", "second"
"""The accounts of a story."""
PEOPLE = ("owner", "colleague", "outsider", "forbidden", "viewer")
"""Whom every CRM's world knows, by role."""
ABSENT = "?"
"""The name of an appointment that there never was."""
APART, ROOM, ROOMS = 100, 50, 500
"""Ids of a story's appointments begin so far above the seeded ones; and each story that is played has so many to
itself, so that what a connector remembers of one is not taken for the next.
"""
ISSUED = 100
"""Ids that the CRM gives to what calls make begin so many times above the seeded ones."""


class StoryContext:
    """What one story needs while it is played, from nothing: its accounts, log-ins and appointments."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self._model = Model(harness.crm)
        self._worlds: dict[str, World] = {}
        self._ended: dict[tuple[str, str], str] = {}
        self._keys: dict[str, str] = {}
        self._about: dict[Place, Collection[str]] = {}
        self._days: dict[Place, Mapping[str, str]] = {}
        self._issued: set[Place] = set()
        self.strays = harness.clear()
        harness.enter("story", "resilient", 0)

    @property
    def worlds(self) -> set[str]:
        """The names of its worlds, as journals have them."""
        return {world.name for world in self._worlds.values()}

    @property
    def appointments(self) -> list[str]:
        """The names of the story's appointments."""
        return list(self._keys)

    def world(self, name: str) -> World:
        """Return the account of that name; it is made when it is first spoken of."""
        if name not in self._worlds:
            self._worlds[name] = self._prepared(self.harness.world(switches=self.harness.profile.unlimited))
            self._model.watch(self._worlds[name])
        return self._worlds[name]

    def _prepared(self, world: World) -> World:
        """Return an account with contacts to invite, whose next id is this story's own."""
        contacts(self.harness.crm, world, CONTACTS)
        first = self.harness.profile.ids.as_number(world.appointments["target"])
        if isinstance(first, int):
            world.store.next_id(self.harness.profile.table, first * ISSUED + self._room)
        return world

    @property
    def _room(self) -> int:
        """Where this story's ids begin."""
        return self.harness.stories % ROOMS * ROOM

    def login(self, world: str, who: str) -> Login:
        """Return what App Connect passes for somebody: each call gets a token of its own, so that it is told apart."""
        place = self.world(world)
        if who not in place.people:
            raise StoryError(
                f"nobody is '{who}' in {self.harness.profile.title}; {did_you_mean(who, place.people, 'there are: ')}"
            )
        login = place.log_in(who)
        end = {"expired": place.tokens.expire, "revoked": place.tokens.revoke}.get(self._ended.get((world, who), ""))
        if end:
            end(login.person)
        return login

    def end_token(self, world: str, who: str, how: str) -> None:
        """Let somebody's tokens count no more (``expired``, ``revoked``), until they connect anew (empty).

        To connect anew ends the tokens from before, too: only the new ones count.
        """
        self._ended[world, who] = how
        place = self.world(world)
        if not how and who in place.people:
            place.tokens.revoke(place.people[who].id)

    def key(self, name: str) -> str:
        """Return the id of an appointment of the story, the same in every account.

        Raises:
            StoryError: there is none of that name.

        """
        if name == ABSENT:
            return self.harness.profile.ids.absent
        if name not in self._keys:
            raise StoryError(f"appointment '{name}' is spoken of before it appears")
        return self._keys[name]

    def new_key(self, place: World, name: str, like: str | None = None) -> str:
        """Return the id under which an appointment is to appear; it begins with that of ``like``, if there is one."""
        if name not in self._keys:
            number = len(self._keys)
            ids = self.harness.profile.ids
            new = ids.after(place.appointments["target"], APART + self._room + number)
            self._keys[name] = ids.alike(self.key(like), number % 10) if like else new
        return self._keys[name]

    def expect(self, world: str, name: str, states: Collection[str]) -> str:
        """Return the id of an appointment that the step is about; it stays as it is, or comes to one of these states,
        of which ``OVER`` stands for all in which nobody will attend it any more.

        Raises:
            StoryError: there is none of that name.

        """
        place, key = self.world(world), self.key(name)
        self._model.note((place.name, key))
        self._about[place.name, key] = (*self._meant(states), *self._about.get((place.name, key), ()))
        if days := days_around(self.harness.crm, place, key):
            self._days[place.name, key] = days
        return key

    def _meant(self, states: Collection[str]) -> Collection[str]:
        over = self.harness.profile.cancellation.over if OVER in states else ()
        return (*states, *over)

    def days(self, world: str, name: str) -> Mapping[str, str] | None:
        """Return the days around an appointment: as they were, if it is there no more; none, if it never was."""
        return self._days.get((self.world(world).name, self.key(name)))

    def reserve(self, name: str) -> None:
        """Take a name for what a call is to make. Until the call has made it, nothing of that name ever existed.

        Raises:
            StoryError: the name is taken.

        """
        if name in self._keys:
            raise StoryError(f"appointment '{name}' cannot be made: there is one of that name")
        self._keys[name] = self.harness.profile.ids.absent

    def made(self, world: str, name: str, key: str, states: Collection[str]) -> None:
        """Let a name stand for the record that a call of the step has made; the call may leave it in these states."""
        place = self.world(world).name, key
        self._keys[name], self._about[place] = key, self._meant(states)
        self._issued.add(place)
        self._model.appeared(place)

    def was_made(self, place: World, key: str) -> bool:
        """Tell whether a call has made the record of an id."""
        return (place.name, key) in self._issued

    def compare(self) -> Problem | None:
        """Compare the world with what the last step explains, and go on from there."""
        about, self._about = self._about, {}
        return self._model.compare(about)
