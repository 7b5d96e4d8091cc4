"""Intake: bytes or characters in, a canonical article out.

Owns everything up to ``Article``. Must not know what becomes of one.
"""

from service.intake.article import make_article, read_article
from service.intake.canonical import canonicalise
from service.intake.media_types import find_media_type
from service.intake.metadata import Metadata

__all__ = ["Metadata", "canonicalise", "find_media_type", "make_article", "read_article"]
