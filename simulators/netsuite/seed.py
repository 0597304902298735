"""NetSuite's default world: one account, its employees, and an event among look-alikes."""

from greenroom.simulators.core.store import Commit
from greenroom.simulators.core.world import Person, World
from greenroom.simulators.netsuite import rules

TARGET = "12346"
LOOK_ALIKES = {
    "shorter-id": ("1234", "Filing deadline"),
    "longer-id": ("123461", "Deposition"),
    "same-title": ("12347", "Quarterly review"),
}


def seed(world: World) -> None:
    """Fill a world with people by role, an entity to invite, and the events."""
    number = world.number
    for place, (role, name, rights) in enumerate(_PEOPLE, start=1):
        email = f"{name.split()[0].lower()}@account-{number}.example"
        world.people[role] = Person(str(number * 100 + place), name, email, rights=rights)
    with world.store.commit() as commit:
        for person in world.people.values():
            commit.insert("entities", person.id, {"id": person.id, "name": person.name, "email": person.email})
        client = {"id": "55", "name": "Casey Client", "email": "casey@client.example", "type": "contact"}
        commit.insert("entities", "55", client)
        _event(world, commit, "target", TARGET, "Quarterly review")
        for role, (key, title) in LOOK_ALIKES.items():
            _event(world, commit, role, key, title)
        _sparse(world, commit)
        _event(world, commit, "hidden", "12390", "Performance talk", access="PRIVATE")


_PEOPLE = (
    ("owner", "Ada Accountant", {"events": "full"}),
    ("colleague", "Grace Manager", {"events": "edit"}),
    ("viewer", "Vera Viewer", {"events": "view"}),
    ("outsider", "Olga Outsider", {"events": "full"}),
    ("forbidden", "Fred Clerk", {"events": "none"}),
)


def _sparse(world: World, commit: Commit) -> None:
    day = {"startDate": "2027-03-05", "timedEvent": False, "allDayEvent": True, "status": "TENTATIVE"}
    stamps = {"createdDate": "2026-01-05T16:00:00Z", "lastModifiedDate": "2026-01-05T16:00:00Z"}
    rules.insert(world, commit, world.people["owner"], {**day, **stamps}, "12391")
    world.appointments["sparse"] = "12391"


def _event(world: World, commit: Commit, role: str, key: str, title: str, access: str = "PUBLIC") -> None:
    fields = {
        "title": title,
        "message": f"Bring last quarter's figures ({world.canary(key)}).",
        "location": f"Room 2 ({world.canary(key)})",
        "startDate": "2027-03-02",
        "startTime": "14:30",
        "endTime": "15:30",
        "accessLevel": access,
        "attendee": ({"attendee": "55", "attendance": "REQUIRED", "response": "ACCEPTED"},),
        "createdDate": "2026-01-05T16:00:00Z",
        "lastModifiedDate": "2026-01-05T16:00:00Z",
    }
    rules.insert(world, commit, world.people["owner"], fields, key)
    world.appointments[role] = key
