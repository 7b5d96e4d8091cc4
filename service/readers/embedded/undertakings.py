"""What commitments, duties and other measures have in common: on what terms, and who tells of it.

Owns the fields that the contract fills alike for each of them. Knows no list.
"""

from typing import TypedDict

from service.readers.embedded.acts import Act
from service.readers.embedded.deals import name_deal
from service.readers.embedded.page import Page
from service.readers.embedded.speech import find_source
from service.readers.embedded.wording import cut_condition


class Terms(TypedDict):
    """What the sentence around an act says of it."""

    condition: str | None
    agreement: str | None
    source: str | None
    aside: bool


def read_terms(page: Page, act: Act, end: int | None = None) -> Terms:
    """Return condition, deal, speaker and place of ``act``; no deal behind the offset ``end``."""
    sentence = act.sentence
    return {
        "condition": cut_condition(sentence, act.last),
        "agreement": name_deal(sentence, end),
        "source": find_source(page, sentence, act.start),
        "aside": sentence.is_aside,
    }
