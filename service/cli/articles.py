"""From a path on the command line to an article.

Owns the meaning of ``-`` and of a file's suffix. What bytes become is intake's.
"""

import sys
from pathlib import Path

from schemas.article import Article
from service.errors import UndecodableArticleError
from service.intake import Metadata, find_media_type, read_article
from service.intake.article import BYTES_PER_CHAR, MIN_PDF_BYTES

STDIN = Path("-")


def load_article(
    path: Path, metadata: Metadata, media_type: str | None, *, max_chars: int
) -> Article:
    """Return the article at ``path``; ``-`` is standard input, plain text unless said otherwise.

    Raises ``IntakeError`` for a body that cannot be read and ``OSError`` for a file that
    cannot be opened.
    """
    # One byte more than intake takes of any type: it says that there is too much.
    max_bytes = max(BYTES_PER_CHAR * max_chars, MIN_PDF_BYTES) + 1
    if path == STDIN:
        body, found = sys.stdin.buffer.read(max_bytes), "text/plain"
    elif path.is_dir():
        raise UndecodableArticleError(f"{path} is a folder; name the files in it")
    else:
        with path.open("rb") as file:
            body = file.read(max_bytes)
        found = media_type or find_media_type(path)
    return read_article(
        body, media_type=media_type or found, metadata=metadata, max_chars=max_chars
    )
