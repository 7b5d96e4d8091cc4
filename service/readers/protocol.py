"""What every reader is, seen from the pipeline.

Owns the protocols and the callables that a reader is given. Knows no reader and no store.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from schemas.draft import Draft
from schemas.reading import Complaint, PaidReply, Progress, Reading, ReadingRequest


class Reviewer(Protocol):
    """Says what in the drafts of one article does not hold for it."""

    def review(self, draft: Draft) -> Sequence[Complaint]:
        """Return what in ``draft`` does not hold; empty when all holds.

        It takes some ten milliseconds of CPU, unless ``look_ahead`` was asked for that very object.
        """
        ...  # pragma: no cover

    async def look_ahead(self, draft: Draft) -> None:
        """Have the review of ``draft`` made while the event loop goes on; raises what that does."""
        ...  # pragma: no cover


Notify = Callable[[Progress], None]
"""Is told how far a reading is; must return at once and raise nothing."""


def ignore_progress(_progress: Progress) -> None:
    """Do nothing: for whoever only wants the result."""


class Account(Protocol):
    """The books of one reading: every call is entered before it is made."""

    @property
    def recalled(self) -> Sequence[PaidReply]:
        """Replies to this very request that were paid for before, and of which nothing was made."""
        ...  # pragma: no cover

    async def enter(self) -> None:
        """Note that a call is about to be made; ``StoreError`` where its reply could not be kept.

        Nothing is paid before this has returned.
        """
        ...  # pragma: no cover

    async def keep(self, reply: PaidReply) -> None:
        """Make ``reply`` durable, before anything else is done with it; ``StoreError`` if not."""
        ...  # pragma: no cover


OpenAccount = Callable[[str], Awaitable[Account]]
"""Opens the books of the reading whose key is given."""


class Pace(Protocol):
    """When a call may be sent: the limits of an endpoint, for all who share them."""

    @property
    def counts_tokens(self) -> bool:
        """Say whether tokens matter; where they do not, nobody need estimate them."""
        ...  # pragma: no cover

    async def admit(self, tokens: int) -> None:
        """Return when a request of about ``tokens`` may be sent, in the order of asking.

        Every try counts, also one that fails or is a re-ask; who is cancelled while waiting does
        not. ``StoreError`` where the limits cannot be looked up.
        """
        ...  # pragma: no cover

    def settle(self, tokens: int) -> None:
        """Note that an admitted request took ``tokens`` more than was said; fewer, if negative.

        Raises nothing, and nobody waits for it: the reply is there and must be kept.
        """
        ...  # pragma: no cover

    async def cool_down(self, seconds: float) -> None:
        """Let nobody be admitted before ``seconds`` have passed; raises nothing."""
        ...  # pragma: no cover


class Reader(Protocol):
    """Something that reads articles."""

    async def read(
        self, request: ReadingRequest, reviewer: Reviewer, notify: Notify = ignore_progress
    ) -> Reading:
        """Return the reading for ``request``; ``ReaderError`` where no draft was to be had.

        A draft of which ``reviewer`` complains is sent back as often as the reader is set to,
        and ``notify`` is told; then the one with the fewest complaints is taken.
        """
        ...  # pragma: no cover
