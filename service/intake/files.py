"""From a file to an article.

Owns the size up to which a file is read and what its suffix says. What bytes become is
``service.intake.article``'s.
"""

from pathlib import Path

from schemas.article import Article
from service.errors import UndecodableArticleError
from service.intake.article import BYTES_PER_CHAR, MIN_PDF_BYTES, read_article
from service.intake.media_types import find_media_type
from service.intake.metadata import Metadata


def find_max_file_bytes(max_chars: int) -> int:
    """Return how much of a file is read: one byte more than intake takes of any type."""
    return max(BYTES_PER_CHAR * max_chars, MIN_PDF_BYTES) + 1


def read_file(
    path: Path, metadata: Metadata, media_type: str | None = None, *, max_chars: int
) -> Article:
    """Return the article at ``path``; its suffix tells the media type unless one is given.

    Raises ``IntakeError`` for a body that cannot be read and ``OSError`` for a file that
    cannot be opened.
    """
    if path.is_dir():
        raise UndecodableArticleError(f"{path} is a folder; name the files in it")
    with path.open("rb") as file:
        body = file.read(find_max_file_bytes(max_chars))
    return read_article(
        body,
        media_type=media_type or find_media_type(path),
        metadata=metadata,
        max_chars=max_chars,
    )
