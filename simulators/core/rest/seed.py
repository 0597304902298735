"""What the fresh worlds of every CRM have alike: somebody in each role."""

from collections.abc import Callable, Mapping, Sequence

from greenroom.simulators.core.world import Person, World


def cast(
    world: World,
    roles: Sequence[str],
    people: Mapping[str, str],
    key: Callable[[int], str],
    rights: Callable[[str], Mapping[str, str]],
) -> None:
    """Fill a world with people by role.

    ``people`` are names and e-mail addresses, in the order of the roles; ``key`` returns the id of the person at a
    place, ``rights`` those of a role.
    """
    for place, (role, (name, email)) in enumerate(zip(roles, people.items(), strict=True)):
        world.people[role] = Person(key(place), name, email, rights=rights(role))
