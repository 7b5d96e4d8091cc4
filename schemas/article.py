"""The article as every stage after intake sees it.

Owns the shape of a canonical article. Must not know how its text was obtained.
"""

from pydantic import Field

from schemas.base import Frozen, PartialDate


class Article(Frozen):
    """A news article, decoded and canonicalised once (NFC, LF, no trailing blanks)."""

    title: str | None = None
    """Given by the caller or found in the page's markup; null for bare text."""
    source: str | None = None
    """The outlet, given by the caller or found in the page's markup."""
    url: str | None = None
    """Where it was published, given by the caller or found in the page's markup."""
    published: PartialDate | None = None
    """When it was published; relative dates are resolved from it."""
    language: str | None = None
    """BCP 47 tag that the caller or the page's own markup gives; never guessed."""
    text: str = Field(min_length=1)
    """The canonical text; every evidence offset points into it, in Unicode code points."""
