"""Replies that no database holds are held in memory, in order and within bounds."""

from service.store.unkept import MAX_UNKEPT, Arrival, Unkept
from tests.builders import KEY, build_paid_reply

OTHER_KEY = KEY[::-1]


def _arrive(content: str, *, key: str = KEY, entry: int | None = None) -> Arrival:
    return Arrival(entry, build_paid_reply(content, key=key))


def test_what_is_held_is_found_by_its_key_the_oldest_first() -> None:
    """A conversation is taken up in its order."""
    unkept = Unkept()
    arrivals = [_arrive("one"), _arrive("other", key=OTHER_KEY), _arrive("two")]

    for arrival in arrivals:
        unkept.add(arrival)

    assert unkept.find(KEY) == [arrivals[0], arrivals[2]]
    assert unkept.list_keys() == [KEY, OTHER_KEY]


def test_a_reply_is_held_once() -> None:
    """Tried twice and failed twice, it was still paid once."""
    unkept = Unkept()

    unkept.add(_arrive("one", entry=1))
    unkept.add(_arrive("one"))

    assert unkept.find(KEY) == [_arrive("one", entry=1)]


def test_what_is_dropped_is_held_no_longer() -> None:
    """It is in the books; what came meanwhile is not."""
    unkept = Unkept()
    unkept.add(_arrive("one"))
    found = unkept.find(KEY)
    unkept.add(_arrive("two"))

    unkept.drop(found)

    assert unkept.find(KEY) == [_arrive("two")]


def test_of_too_many_the_oldest_are_forgotten() -> None:
    """A database that is broken for a day must not fill the memory."""
    unkept = Unkept(max_count=2)

    for content in ("one", "two", "three"):
        unkept.add(_arrive(content))

    assert unkept.find(KEY) == [_arrive("two"), _arrive("three")]
    assert 100 <= MAX_UNKEPT < 1_000
