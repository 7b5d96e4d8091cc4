"""Verbatim evidence: a quote and the place where it stands.

Owns the shape and the invariant of offsets. Must not know how a quote is located.
"""

from typing import Self

from pydantic import Field, model_validator

from schemas.base import Frozen


class Evidence(Frozen):
    """A slice of the article: ``article.text[start:end] == quote``, always.

    Raises ``ValueError`` when the offsets cannot belong to the quote.
    """

    quote: str = Field(min_length=1)
    """The article's own words, not the reader's rendering of them."""
    start: int = Field(ge=0)
    """Offset of the first character, in Unicode code points, inclusive."""
    end: int = Field(gt=0)
    """Offset behind the last character, in Unicode code points, exclusive."""

    @model_validator(mode="after")
    def _check_length(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"offsets {self.start}:{self.end} do not span the quote")
        return self
