"""From a path on the command line to an article.

Owns the meaning of ``-``. What a file or bytes become is intake's.
"""

import sys
from pathlib import Path

from schemas.article import Article
from service.intake import Metadata, read_article
from service.intake.files import find_max_file_bytes, read_file

STDIN = Path("-")


def load_article(
    path: Path, metadata: Metadata, media_type: str | None, *, max_chars: int
) -> Article:
    """Return the article at ``path``; ``-`` is standard input, plain text unless said otherwise.

    Raises ``IntakeError`` for a body that cannot be read and ``OSError`` for a file that
    cannot be opened.
    """
    if path != STDIN:
        return read_file(path, metadata, media_type, max_chars=max_chars)
    return read_article(
        sys.stdin.buffer.read(find_max_file_bytes(max_chars)),
        media_type=media_type or "text/plain",
        metadata=metadata,
        max_chars=max_chars,
    )
