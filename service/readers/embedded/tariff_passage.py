"""One sentence that may tell of duties, and what its reading may look back at.

Owns the frame that the rules for duties share. Knows no rule.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from schemas.draft import DraftTariff
from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.cast import Cast
from service.readers.embedded.page import Page, Sentence
from service.readers.embedded.tariff_words import DUTY_NOUNS
from service.readers.embedded.wording import MAX_QUOTE_CHARS

_LOOK_BACK = 3


class Passage(NamedTuple):
    """A sentence in its article."""

    page: Page
    cast: Cast
    sentence: Sentence
    found: Sequence[DraftTariff]
    """The tariffs that the sentences before it told of."""

    @property
    def acts(self) -> tuple[Act, ...]:
        """Return the acts of the sentence in order."""
        return find_acts(self.sentence)

    @property
    def speaks_of_duty(self) -> bool:
        """Say whether the sentence or one shortly before it names a duty."""
        at = self.sentence.index
        near = self.page.sentences[max(0, at - _LOOK_BACK) : at + 1]
        return any(not DUTY_NOUNS.isdisjoint(one.words) for one in near)

    @property
    def is_of_duties(self) -> bool:
        """Say whether the article names a duty, be it far from the sentence."""
        return _names_duties(self.page)


@lru_cache(maxsize=4)
def _names_duties(page: Page) -> bool:
    return any(not DUTY_NOUNS.isdisjoint(one.words) for one in page.told)


def is_told_before(page: Page, sentence: Sentence, item: DraftTariff, reach: int) -> bool:
    """Say whether one of the ``reach`` sentences before tells of ``item``."""
    before = page.sentences[max(0, sentence.index - reach) : sentence.index]
    return any(one.text[:MAX_QUOTE_CHARS] in item.evidence for one in before)
