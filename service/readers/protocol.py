"""What every reader is, seen from the pipeline.

Owns the protocol and the two callables that a reader is given. Knows no reader.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from schemas.draft import Draft
from schemas.reading import Complaint, PaidReply, Reading, ReadingRequest

Review = Callable[[Draft], Sequence[Complaint]]
"""Says what in a draft does not hold for the article at hand; empty when all holds."""

KeepReply = Callable[[PaidReply], None]
"""Makes a reply durable; called before anything else is done with it."""


class Reader(Protocol):
    """Something that reads articles."""

    async def read(self, request: ReadingRequest, review: Review) -> Reading:
        """Return the reading for ``request``; ``ReaderError`` where no draft was to be had.

        A draft of which ``review`` complains is sent back as often as the reader is set to;
        then the one with the fewest complaints is taken.
        """
        ...  # pragma: no cover
