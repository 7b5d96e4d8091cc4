"""The store: what the rest of Readout sees of the database.

Owns the order of memory and database. Statements stand in the modules that own the tables; how a
store is opened stands in ``opening``.
"""

import asyncio
import re
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from schemas.api import PageQuery
from schemas.books import PruneReport, StoreReport
from schemas.reading import Reading
from schemas.summary import Summary
from service.store import books
from service.store.accounts import Account, Accounts, Patience
from service.store.cursors import read_cursor
from service.store.database import Database
from service.store.entries import SummaryEntry, enter_summary
from service.store.listing import read_item_page, read_summary_page
from service.store.memory import Memory, StoredSummary
from service.store.openai_batches import OpenAiBatches
from service.store.pace import SharedPace
from service.store.queue import Queue
from service.store.summaries import choose_summary, delete_summaries, find_body, insert_summary
from service.store.turns import PaceLimits, PaceRow
from service.store.upkeep import Pruned, count_old, describe_holdings, remove_old

MAX_MEMORY_BYTES = 64 * 1024 * 1024
"""Bytes of summaries that are held in memory, unless said otherwise."""
_SUMMARY_ID = re.compile(r"[0-9a-f]{32,64}")


class Store:
    """Readings, summaries and books in one database, with a memory in front.

    Safe to share between the tasks of one event loop; other processes may use the same database.
    Every method but ``recall`` and ``remember`` may raise ``StoreError``, and
    ``StoreBusyError`` where another process holds the database for too long.
    """

    def __init__(
        self,
        database: Database,
        *,
        max_memory_bytes: int = MAX_MEMORY_BYTES,
        patience: Patience | None = None,
    ) -> None:
        """Stand on ``database``, whose schema is the newest; ``open_store`` sees to that."""
        self._database = database
        self._memory = Memory(max_memory_bytes)
        self._accounts = Accounts(database, patience or Patience())
        self.queue = Queue(database)
        self.openai_batches = OpenAiBatches(database)
        """What was asked and answered in OpenAI's Batch files."""

    def recall(self, fingerprint: bytes) -> StoredSummary | None:
        """Return what answered the request of ``fingerprint``, where it is in memory."""
        return self._memory.recall(fingerprint)

    def remember(self, fingerprint: bytes, summary_id: str) -> None:
        """Note that ``summary_id`` answers the request of ``fingerprint``."""
        self._memory.remember(fingerprint, summary_id)

    async def find_summary(self, summary_id: str) -> StoredSummary | None:
        """Return a summary, superseded or not; ``None`` where there is none of that id."""
        held = self._memory.get(summary_id)
        if held is not None or not _SUMMARY_ID.fullmatch(summary_id):
            return held
        generation = self._memory.generation
        body = await self._database.read(partial(find_body, summary_id=summary_id))
        if body is None:
            return None
        stored = StoredSummary.make(summary_id, body)
        self._memory.put(stored, generation)
        return stored

    async def save_summary(self, summary: Summary) -> StoredSummary:
        """Store ``summary`` as the current one of its article, and return it as it is served.

        The same article (text and metadata) may have older summaries: they leave the lists and
        can still be found by id. Only the embedded reader's takes no LLM's place there. Of an id
        that is stored already, the stored one is returned, and nothing changes.
        """
        return await self._database.complete(self._save(summary))

    async def delete_summary(self, summary_id: str) -> bool:
        """Delete a summary with its items, and say whether there was one; the reading stays.

        With the current summary of an article go those that it superseded.
        """
        return await self._database.complete(self._delete(summary_id))

    async def list_summaries(self, query: PageQuery) -> bytes:
        """Return the JSON of a ``schemas.api.SummaryPage``, the newest first.

        Filters of items must all hold for one and the same item; ``since`` is judged by when the
        article was published, else by when it was read. ``QueryError`` for a bad cursor.
        """
        below = read_cursor("summaries", query.cursor)
        return await self._database.read(partial(read_summary_page, query=query, below=below))

    async def list_items(self, query: PageQuery) -> bytes:
        """Return the JSON of a ``schemas.api.ItemPage``, those of the newest summary first.

        ``QueryError`` for a bad cursor.
        """
        below = read_cursor("items", query.cursor)
        return await self._database.read(partial(read_item_page, query=query, below=below))

    async def find_reading(self, key: str) -> Reading | None:
        """Return the reading of ``key``, ``None`` where there is none."""
        return await books.find_reading(self._database, key)

    async def save_reading(self, reading: Reading) -> None:
        """Store ``reading``, and settle the open calls of its key: used, or unanswered.

        Where there is a reading of that key already, it stays as it is.
        """
        await self._accounts.save_reading(reading)

    async def open_account(self, key: str) -> Account:
        """Open the books of a reading that is about to be made.

        Recalled are also replies that could not be kept and are in the memory of this process.
        """
        return await self._accounts.open(key)

    async def settle_failure(self, key: str) -> None:
        """Note that no reading could be made: replies of ``key`` are unused."""
        await self._accounts.settle_failure(key)

    def open_pace(self, name: str, limits: PaceLimits) -> SharedPace:
        """Return the pace at which the endpoint ``name`` is asked by all who use this database.

        To be closed when nobody asks it any more.
        """
        return SharedPace(self._database, PaceRow(name, limits))

    async def measure(self) -> StoreReport:
        """Return what the store holds, and what it cost."""
        holdings = await self._database.read(describe_holdings)
        return StoreReport.model_validate(
            {
                "database": self._database.label.name,
                "size_bytes": await self._database.measure(),
                **holdings._asdict(),
            }
        )

    async def prune(self, before: datetime, *, dry_run: bool = False) -> PruneReport:
        """Remove what was read before that instant, or only count it.

        Readings go, with their summaries and items, and the text of settled replies; what they
        cost stays in the books. The file shrinks. ``ValueError`` where ``before`` is naive.
        """
        if before.tzinfo is None:
            raise ValueError("an instant without a zone does not say what is older")
        if dry_run:
            pruned = await self._database.read(partial(count_old, before=before))
        else:
            pruned = await self._database.complete(self._prune(before))
        size_bytes = await self._database.measure()
        return PruneReport(before=before, size_bytes=size_bytes, **pruned._asdict())

    async def check(self) -> None:
        """Prove that the database answers and can be written to, within about a second."""
        await self._database.probe()

    async def rescue(self) -> None:
        """Try once to keep the replies that could not be kept; for when the process ends."""
        await self._accounts.rescue()

    async def _save(self, summary: Summary) -> StoredSummary:
        # Indexing takes CPU: others are served meanwhile.
        entry = await asyncio.to_thread(enter_summary, summary)
        body, generation = await self._database.write_alone(partial(self._insert, entry=entry))
        stored = StoredSummary.make(summary.id, body)
        self._memory.put(stored, generation)
        return stored

    def _insert(self, connection: Connection, entry: SummaryEntry) -> tuple[bytes, int]:
        body = insert_summary(connection, entry)
        return body, self._memory.generation

    async def _delete(self, summary_id: str) -> bool:
        chosen = choose_summary(summary_id)
        removed = await self._database.write_alone(partial(delete_summaries, chosen=chosen))
        self._memory.clear()
        return removed.summaries > 0

    async def _prune(self, before: datetime) -> Pruned:
        pruned = await self._database.write_alone(partial(remove_old, before=before))
        self._memory.clear()
        await self._database.shrink()
        return pruned
