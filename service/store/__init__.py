"""The store: readings, summaries and the books, in one database.

Owns all that Readout keeps. Knows no reader, no article's way and no setting.
"""

from service.store.memory import StoredSummary
from service.store.opening import migrate_store, open_store
from service.store.pace import SharedPace
from service.store.store import Store
from service.store.turns import PaceLimits

__all__ = ["PaceLimits", "SharedPace", "Store", "StoredSummary", "migrate_store", "open_store"]
