"""Replies that were paid for and are in no database yet.

Owns the memory that holds them for as long as the process lives. Knows no table and no reason why
they could not be kept.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schemas.reading import PaidReply

MAX_UNKEPT = 256
"""Replies that are held at most, some 10 MB: no call is made while the database cannot be written,
so that there are never more than were under way when it failed."""


class Arrival(NamedTuple):
    """A reply, and the call that it answers."""

    entry: int | None
    """The call's entry in the books; ``None`` where it was not entered."""
    reply: PaidReply


class Unkept:
    """Arrivals in the order of their coming; where there are too many, the oldest are forgotten."""

    def __init__(self, *, max_count: int = MAX_UNKEPT) -> None:
        """Hold at most ``max_count``."""
        self._max_count = max_count
        self._held: list[Arrival] = []

    def add(self, arrival: Arrival) -> None:
        """Hold ``arrival``, unless its reply is held already."""
        if all(arrival.reply != held.reply for held in self._held):
            self._held = [*self._held, arrival][-self._max_count :]

    def find(self, key: str) -> Sequence[Arrival]:
        """Return what is held of the reading ``key``, the oldest first."""
        return [held for held in self._held if held.reply.key == key]

    def list_keys(self) -> Sequence[str]:
        """Return the keys of which something is held, each once."""
        return list(dict.fromkeys(held.reply.key for held in self._held))

    def drop(self, arrivals: Iterable[Arrival]) -> None:
        """Hold ``arrivals`` no longer: they are in the database."""
        dropped = list(arrivals)
        self._held = [held for held in self._held if held not in dropped]
