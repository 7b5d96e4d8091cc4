"""When a measure begins or ends, as told by the sentence behind it.

"It takes effect on November 1." Owns the form of such sentences and what they add. Knows no list.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from schemas.draft import MAX_QUOTES, DraftChipPolicy, DraftNonTariffMeasure, DraftTariff
from service.readers.embedded.page import Page, Sentence
from service.readers.embedded.timing import settle
from service.readers.embedded.wording import MAX_QUOTE_CHARS

_SUBJECT = (
    r"(?:it|they|both|this|these|(?:the|its|their|that)\s(?P<of>(?:\w+\s){0,3}?)(?:rates?|dut(?:y|ies)|tariffs?"
    r"|lev(?:y|ies)|surtax|measures?|rules?|orders?|regulations?|changes?|increases?|controls?"
    r"|restrictions?|bans?|fees?|requirements?|revocation|removal|cuts?|reductions?|decisions?|moves?"
    r"|curbs|suspension|exemption))"
)
_STARTS = re.compile(
    rf"{_SUBJECT}\s(?:[\w’']+\s){{0,5}}?(?:(?:takes?|took|comes?|came|goes|go|went|enters?|entered|taking"
    r"|coming)\s(?:in)?(?:to\s)?(?:effect|force)|appl(?:y|ies|ied)|starts?|begins?|be\seffective"
    r"|is\seffective|are\seffective)\b"
)
_ENDS = re.compile(
    rf"{_SUBJECT}\s(?:[\w’']+\s){{0,5}}?(?:expires?|ends?|lapses?|runs?\sout|lasts?|is\svalid|are\svalid)\b"
)
_ANY = frozenset(
    "new additional extra import export trade same other two three higher lower revised".split()
)
_Item = TypeVar("_Item", DraftTariff, DraftChipPolicy, DraftNonTariffMeasure)


class FollowUp(NamedTuple):
    """A sentence that dates what the one before it tells."""

    before: str
    """The sentence that tells it."""
    quote: str
    of: tuple[str, ...]
    """The words that say which it is: "food" of "the food levies took effect"."""
    field: str
    """``effective`` or ``until``."""
    value: str


def find_follow_ups(page: Page) -> list[FollowUp]:
    """Return the sentences that date what the one before them tells, in order."""
    found = []
    for before, sentence in zip(page.sentences, page.sentences[1:], strict=False):
        follow_up = _read(before, sentence)
        if follow_up is not None:
            found.append(follow_up)
    return found


def _read(before: Sentence, sentence: Sentence) -> FollowUp | None:
    if before.kind != sentence.kind or len(sentence.text) > MAX_QUOTE_CHARS:
        return None
    for field, pattern in (("effective", _STARTS), ("until", _ENDS)):
        match = pattern.match(sentence.low, sentence.low[:1] in {"“", '"'})
        if match is None:
            continue
        behind = sentence.start + match.end()
        dates = [one for one in sentence.dates if one.mention.start >= behind]
        value = settle(dates[0]) if dates else None
        words = tuple((match["of"] or "").split())
        return FollowUp(before.text, sentence.text, words, field, value) if value else None
    return None


def date_items(items: Iterable[_Item], follow_ups: Sequence[FollowUp]) -> list[_Item]:
    """Return ``items`` with the first and last days that the sentences behind them give."""
    return [_date_item(item, follow_ups) for item in items]


def _date_item(item: _Item, follow_ups: Sequence[FollowUp]) -> _Item:
    for one in follow_ups:
        is_told = item.evidence[0] in one.before and _is_meant(item, one)
        is_open = getattr(item, one.field) is None and len(item.evidence) < MAX_QUOTES
        if is_told and is_open:
            quotes = [*item.evidence, one.quote]
            return item.model_copy(update={one.field: one.value, "evidence": quotes})
    return item


def _is_meant(item: _Item, follow_up: FollowUp) -> bool:
    """Say whether the words that qualify the follow-up's subject fit ``item``."""
    text = (
        f"{item.statement} {item.goods or ''}" if isinstance(item, DraftTariff) else item.statement
    )
    return all(word in _ANY or word in text.lower() for word in follow_up.of)
