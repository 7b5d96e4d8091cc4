"""Sources: from what was named for a batch to its articles, lazily.

Owns what folders, patterns, lists of paths, JSONL files and ZIPs hold, and how one article of them
is opened again later, by another process too. Must not know what becomes of an article.
"""

from service.sources.findings import Skipped, SourceFault
from service.sources.listing import list_sources
from service.sources.opening import open_source, restamp

__all__ = ["Skipped", "SourceFault", "list_sources", "open_source", "restamp"]
