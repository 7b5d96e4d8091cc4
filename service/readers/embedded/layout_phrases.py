"""The phrases by which news, teasers, boilerplate and corrections are told apart.

Owns the loading of ``lexicon/layout.toml``. Knows no article.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("lexicon") / "layout.toml"
_Pattern = re.Pattern[str]


class Phrases(NamedTuple):
    """The patterns, compiled; all but ``tail``, ``corrections`` and ``updates`` look at a start."""

    label: _Pattern
    """A whole line behind which teasers stand: "Related stories"."""
    teaser: _Pattern
    """The start of a line that is one teaser: "Also read: …"."""
    tail: _Pattern
    """The end of a line that is one teaser: "… Continue reading"."""
    line: _Pattern
    """The start of a line that is boilerplate: "Photo: …"."""
    sentence: _Pattern
    """The start of a sentence that is boilerplate, and all behind it in its line."""
    heading: _Pattern
    """The start of a correction: "Correction: …"."""
    correction: _Pattern
    """What only the sentence of a correction says: "An earlier version of this article …"."""
    updates: _Pattern
    """What makes of such a sentence an update, which corrects nothing."""
    hints: tuple[str, ...]
    """Every correction has one of these in it, in small letters: a quick look first."""

    def tells_correction(self, text: str) -> bool:
        """Say whether a line or sentence corrects the article that it stands in."""
        low = text.lower()
        if not any(hint in low for hint in self.hints):
            return False
        told = self.heading.match(text) or self.correction.search(text)
        return told is not None and self.updates.search(text) is None


@cache
def load_phrases() -> Phrases:
    """Read and compile the file; once, at the first article."""
    file = tomllib.loads(_FILE.read_text("utf-8"))
    prompts = file["sentences"]["prompts"]
    lines = [pattern for patterns in file["lines"].values() for pattern in patterns]
    return Phrases(
        label=_join(file["labels"]["alone"], r"[\W_]*(?:", r")[\W_]*$"),
        teaser=_join(file["teasers"]["marks"]),
        tail=_join(file["teasers"]["tails"]),
        line=_join([*lines, *prompts]),
        sentence=_join([*file["lines"]["disclaimers"], *prompts]),
        heading=_join(file["corrections"]["headings"]),
        correction=_join(file["corrections"]["sentences"]),
        updates=re.compile(file["corrections"]["updates"], re.IGNORECASE),
        hints=tuple(file["corrections"]["hints"]),
    )


def _join(patterns: Iterable[str], before: str = "(?:", behind: str = ")") -> _Pattern:
    return re.compile(f"{before}{'|'.join(patterns)}{behind}", re.IGNORECASE)
