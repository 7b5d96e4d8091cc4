"""The memory in front holds what it may, for as long as it may."""

import hashlib

import pytest

from service.store.memory import MAX_AGE_S, MAX_FINGERPRINTS, Memory, StoredSummary


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


def _make(name: str, size: int = 10) -> StoredSummary:
    return StoredSummary.make(name, b"x" * size)


def test_entity_tag_is_the_quoted_start_of_the_hash_of_the_body() -> None:
    """Clients keep tags for weeks: the same bytes must have the same tag then."""
    stored = StoredSummary.make("one", b"{}")

    assert stored.etag == f'"{hashlib.sha256(b"{}").hexdigest()[:32]}"'


def test_what_was_put_is_got() -> None:
    """A hit must not cost a query."""
    memory = Memory(100)

    memory.put(_make("one"), memory.generation)

    assert memory.get("one") == _make("one")


def test_a_fingerprint_leads_to_the_summary_that_answered_it() -> None:
    """The same request is answered without being parsed."""
    memory = Memory(100)
    memory.put(_make("one"), memory.generation)

    memory.remember(b"print", "one")

    assert memory.recall(b"print") == _make("one")
    assert memory.recall(b"other") is None


def test_the_fingerprint_of_a_dropped_summary_leads_nowhere() -> None:
    """What was deleted must not be served by a side door."""
    memory = Memory(100)
    memory.put(_make("one"), memory.generation)
    memory.remember(b"print", "one")

    memory.clear()

    assert memory.recall(b"print") is None


def test_bodies_are_bounded_by_their_bytes() -> None:
    """The least recently put ones go; the process must not grow for ever."""
    memory = Memory(25)

    for name in ("one", "two", "three"):
        memory.put(_make(name), memory.generation)

    assert [memory.get(name) is not None for name in ("one", "two", "three")] == [False, True, True]


@pytest.mark.parametrize("limit", [0, 9])
def test_a_body_larger_than_the_memory_is_not_held(limit: int) -> None:
    """It is served from the database; it must not be an error."""
    memory = Memory(limit)

    memory.put(_make("one"), memory.generation)

    assert memory.get("one") is None


def test_a_body_as_large_as_the_memory_is_held() -> None:
    """The bound is inclusive."""
    memory = Memory(10)

    memory.put(_make("one"), memory.generation)

    assert memory.get("one") is not None


def test_what_was_read_before_something_was_dropped_is_not_held() -> None:
    """A read that overlaps a deletion would bring the deleted summary back."""
    memory = Memory(100)
    generation = memory.generation
    memory.clear()

    memory.put(_make("one"), generation)

    assert memory.get("one") is None


def test_a_summary_is_forgotten_after_its_time() -> None:
    """Another process may have deleted it: for a minute at most, this one does not know."""
    clock = Clock()
    memory = Memory(100, timer=clock)
    memory.put(_make("one"), memory.generation)

    clock.now_s += MAX_AGE_S - 1
    before = memory.get("one")
    clock.now_s += 2

    assert (before is not None, memory.get("one")) == (True, None)


def test_fingerprints_are_bounded_by_their_number() -> None:
    """Everyone can send requests that never come again."""
    memory = Memory(100)
    memory.put(_make("one"), memory.generation)

    for number in range(MAX_FINGERPRINTS + 1):
        memory.remember(b"%d" % number, "one")

    assert memory.recall(b"0") is None
    assert memory.recall(b"1") is not None


def test_clearing_forgets_everything() -> None:
    """After a pruning nothing that was held can be believed."""
    memory = Memory(100)
    generation = memory.generation
    memory.put(_make("one"), generation)
    memory.remember(b"print", "one")

    memory.clear()
    memory.put(_make("two"), generation)

    assert (memory.get("one"), memory.get("two"), memory.recall(b"print")) == (None, None, None)
