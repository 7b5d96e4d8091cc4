"""What an examination finds, and what is to be done about it.

Owns the shape of a finding. A finding has two voices: the complaint, which is sent back to
the reader and may name the faulty value, and the warning, which reaches the caller and does not:
what the article does not say must not leave the service in a warning either.
"""

from typing import Literal, NamedTuple

from schemas.base import WarningCode
from schemas.paths import format_path
from schemas.reading import Complaint

Remedy = Literal["clear", "drop_entry", "drop_item", "quote_instead", "note"]
"""``clear`` sets a field to null, ``drop_entry`` takes one entry out of a list field,
``drop_item`` drops the whole item, ``quote_instead`` puts the article's own words in the
place of a text, ``note`` changes nothing."""


class Finding(NamedTuple):
    """Something in a draft that does not hold, or that was decided by rule."""

    path: tuple[int | str, ...]
    """Where in the draft: ``("tariffs", 0, "rate")``."""
    message: str
    """One sentence for the reader."""
    remedy: Remedy
    """What the summary does about it."""
    code: WarningCode
    """Under which code the summary warns of it."""

    def to_complaint(self) -> Complaint:
        """Return the finding as the reader is told it."""
        return Complaint(path=format_path(self.path), message=self.message)
