"""How far a reading gets with what was paid for, and what would be asked next.

Owns that a batch goes the way of every other reading: the pipeline, the reader and its books are
the same; only where a call would be made, there is none. So what is asked is what would have been
asked at once, and what comes of the answers is what would have come of them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import JsonValue

from schemas.article import Article
from schemas.reading import PaidReply, ReadingRequest
from service.engines import ReaderEngine
from service.errors import ReaderError
from service.pipeline import Limits, Pipeline, Served
from service.readers.llm.deferring import DeferredCall
from service.readers.protocol import Account, OpenAccount, Reader
from service.store import Store

_ALONE = Limits(reading=1, waiting=1)


class Due(NamedTuple):
    """A call that has to be made for the reading to go on."""

    body: dict[str, JsonValue]
    """What it would send."""
    is_reask: bool
    """Whether it sends a reply back."""


class RecallingBooks:
    """Books in which no call is entered, because none is made."""

    def __init__(self, open_account: OpenAccount) -> None:
        """Recall what ``open_account`` recalls."""
        self._open_account = open_account
        self._failures: dict[str, ReaderError] = {}

    async def open(self, key: str) -> Account:
        """Open the books of ``key``; where its next call failed, they say so."""
        account = await self._open_account(key)
        return _RecallingAccount(account.recalled, self._failures.get(key))

    def expect(self, key: str, failure: ReaderError | None) -> None:
        """Have the next call of ``key`` end in ``failure``; ``None``: have it not made."""
        if failure is None:
            self._failures.pop(key, None)
        else:
            self._failures[key] = failure


class _RecallingAccount:
    """The books of one reading: ``service.readers.protocol.Account``."""

    def __init__(self, recalled: Sequence[PaidReply], failure: ReaderError | None) -> None:
        self.recalled = recalled
        self._failure = failure

    async def enter(self) -> None:
        """Raise what the call ended in, where that is known."""
        if self._failure is not None:
            raise self._failure

    async def keep(self, _reply: PaidReply) -> None:
        """Keep nothing: what is recalled is in the books."""


class Conversations:
    """Readings that go on as far as the books allow."""

    def __init__(self, reader: Reader, books: RecallingBooks, store: Store) -> None:
        """Ask ``reader``, whose transport defers each call and whose books are ``books``."""
        self._reader = reader
        self._books = books
        self._store = store

    async def advance(
        self, request: ReadingRequest, article: Article, failure: ReaderError | None = None
    ) -> Served | Due:
        """Return the summary of ``article``, or the call that it lacks.

        Of a call that ended in ``failure``, it is made what the pipeline makes of it. Raises
        ``ReaderError`` where no draft was to be had; the replies are settled then, and the next
        call is the first one again. ``StoreError`` where the store fails.
        """
        self._books.expect(request.key, failure)
        try:
            return await summarize_as(request, article, self._reader, self._store)
        except DeferredCall as call:
            messages = call.body["messages"]
            assert isinstance(messages, list)
            return Due(call.body, is_reask=len(messages) > len(request.messages))
        finally:
            self._books.expect(request.key, None)


async def summarize_as(
    request: ReadingRequest, article: Article, reader: Reader, store: Store
) -> Served:
    """Return the summary of ``article`` for a request that was built for it, perhaps long ago."""
    engine = ReaderEngine(reader, lambda _article: request)
    return await Pipeline([engine], store, _ALONE).summarize(article)
