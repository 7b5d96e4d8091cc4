"""The store that the settings name, opened for one piece of upkeep.

Owns nothing but that; what upkeep is, is the store's.
"""

from datetime import datetime

from schemas.books import PruneReport, StoreReport
from service.settings import Settings
from service.store import migrate_store, open_store


async def measure() -> StoreReport:
    """Return what the store holds and cost; raise ``StoreError`` where it cannot be opened."""
    async with open_store(Settings.load().database_url) as store:
        return await store.measure()


async def remove(before: datetime, *, dry_run: bool) -> PruneReport:
    """Remove what was read before that instant, or only count it; raise ``StoreError``."""
    async with open_store(Settings.load().database_url) as store:
        return await store.prune(before, dry_run=dry_run)


async def migrate_database() -> tuple[str, str]:
    """Return the schema's revision before and after; raise ``StoreError``."""
    return await migrate_store(Settings.load().database_url)
