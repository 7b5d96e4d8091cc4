"""Where a page begins, as an opaque text.

Owns the form of a cursor. Knows no table and no query.
"""

import base64
import binascii
import re
from typing import Literal

from service.errors import QueryError

ListKind = Literal["items", "summaries"]
END = 1 << 63
"""Above every seq that the database can give."""
_FORM = re.compile(r"(items|summaries):([1-9][0-9]{0,18})", re.ASCII)


def write_cursor(kind: ListKind, seq: int) -> str:
    """Return the cursor of the page whose rows come after the row ``seq``, base64url."""
    return base64.urlsafe_b64encode(f"{kind}:{seq}".encode()).decode().rstrip("=")


def read_cursor(kind: ListKind, cursor: str | None) -> int:
    """Return the seq below which the rows of the page stand; ``END`` for the first page.

    Raises ``QueryError`` for what ``write_cursor`` has not written for this list.
    """
    if cursor is None:
        return END
    found = _FORM.fullmatch(_decode(cursor))
    if found is None or int(found[2]) >= END:
        raise QueryError("the cursor is none; take it from `next` of the page before, unchanged")
    if found[1] != kind:
        raise QueryError(f"the cursor belongs to the list of {found[1]}, not to that of {kind}")
    return int(found[2])


def _decode(cursor: str) -> str:
    """Return what ``cursor`` says; empty for what is no base64url in its shortest form."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
    shortest = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return text if shortest == cursor else ""
