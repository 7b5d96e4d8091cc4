"""Whether an act is told as one of the terms of a deal: "under the accord Seoul will buy".

Owns the ways in which news says so: in the sentence itself, by the sentence that a list hangs on,
by the sentence before. Knows no list.
"""

import re
from functools import cache, lru_cache

from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.deals import is_deal_story, names_deal, tells_bargain
from service.readers.embedded.page import Page, Sentence
from service.readers.embedded.word_lists import join_expressions, read_lists

_LIST_MARK = re.compile(r"(?:[-–—•*·▪◦‣●■]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_MAX_ITEMS = 12
"""Most sentences between a list's head and one of its items."""
_IN_RETURN = re.compile(
    r"\b(?:in\s(?:return|exchange|turn)|reciprocally|for\s(?:its|their|his)\spart"
    r"|on\s(?:its|their)\sside)\b"
)
_JOINT = re.compile(r"\bjoint\s(?:statement|communiqu[eé]|declaration)\b")
_THE = 4
"""Most characters before a name that opens a sentence."""
_RETURNING = re.compile(r"(?:in\s(?:return|exchange|turn)|for\s(?:its|their)\spart)\b")
_POINTING = re.compile(r"under\s(?:it|this|that|them)\b")
_OPEN = re.compile(r"\b(?:proposed|possible|potential|draft|mooted|would-be|expired|defunct)\b")
_CHAINED = re.compile(
    r"(?:(?:it|they|he|she|the\stwo|both|in\s(?:return|exchange|turn)|for\s(?:its|their)\spart)\b"
    r"|.{2,40}\s(?:also|in\s(?:return|exchange|turn)|for\s(?:its|their)\spart|meanwhile)\b)"
)
"""How a sentence begins that goes on with what the one before tells."""


def is_term(page: Page, act: Act) -> bool:
    """Say whether ``act`` is told as what a deal holds."""
    return tells_terms(page, act.sentence) and _is_given(act)


def is_listed_term(page: Page, act: Act) -> bool:
    """Say whether the act stands in a list of what the deal holds that the article is about."""
    return is_deal_story(page) and _is_item(act.sentence) and not act.is_passive


def _is_item(sentence: Sentence) -> bool:
    return sentence.is_line_start and _LIST_MARK.match(sentence.text) is not None


def _is_given(act: Act) -> bool:
    return act.modality in {"agreed", "promised", "future", "present", "conditional"}


@lru_cache(maxsize=256)
def tells_terms(page: Page, sentence: Sentence) -> bool:
    """Say whether the sentence tells what a deal holds."""
    if _is_under_deal(sentence):
        return True
    if tells_bargain(sentence):
        return True
    if _IN_RETURN.search(sentence.low) and (
        _is_near_deal(page, sentence) or _tells_promise(sentence)
    ):
        return True
    if _POINTING.match(sentence.low):
        return _is_near_deal(page, sentence)
    return _is_answered(page, sentence) or _is_listed(page, sentence) or _goes_on(page, sentence)


def _is_answered(page: Page, sentence: Sentence) -> bool:
    """Say whether the next sentence tells what is given for it: "In return Bern agreed"."""
    following = page.sentences[sentence.index + 1 : sentence.index + 3]
    return any(_RETURNING.match(one.low) and _is_near_deal(page, one) for one in following)


def _is_under_deal(sentence: Sentence) -> bool:
    """Say whether "under the agreement" or the like frames it."""
    match = _load_under().search(sentence.low)
    return match is not None and _OPEN.search(sentence.low, match.start(), match.end() + 40) is None


def _is_near_deal(page: Page, sentence: Sentence) -> bool:
    at = sentence.index
    near = page.sentences[max(0, at - 2) : at + 2]
    return any(names_deal(one) or _tells_agreeing(one) for one in near)


def _tells_promise(sentence: Sentence) -> bool:
    return any(act.modality in {"agreed", "promised"} for act in find_acts(sentence))


def _tells_agreeing(sentence: Sentence) -> bool:
    return any(
        act.is_of("agree") and act.modality in {"fact", "present"} and not act.is_negated
        for act in find_acts(sentence)
    )


def _is_listed(page: Page, sentence: Sentence) -> bool:
    """Say whether it is an item of a list whose head names a deal."""
    if not _is_item(sentence):
        return False
    before = page.sentences[max(0, sentence.index - _MAX_ITEMS) : sentence.index]
    for earlier in reversed(before):
        if earlier.is_line_start and not _LIST_MARK.match(earlier.text):
            return earlier.text.endswith(":") and _is_near_deal(page, earlier)
    return False


def _goes_on(page: Page, sentence: Sentence) -> bool:
    """Say whether it goes on, in its paragraph, with the terms that the one before tells."""
    if sentence.is_line_start or not sentence.index:
        return False
    before = page.sentences[sentence.index - 1]
    if _CHAINED.match(sentence.low) or _begins_with_state(sentence):
        return _JOINT.search(before.low) is not None or tells_terms(page, before)
    return False


def _begins_with_state(sentence: Sentence) -> bool:
    names = sentence.names[:1]
    return bool(names) and names[0].entry is not None and names[0].start - sentence.start <= _THE


@cache
def _load_under() -> re.Pattern[str]:
    """Return the pattern for "under the interim trade agreement"."""
    leads = join_expressions(read_lists("deals", "phrases")["under"])
    kinds = join_expressions(read_lists("deals", "phrases")["terms"])
    return re.compile(
        rf"\b{leads}\s(?:the|this|that|its|their|an?|those|these|[\w.’'-]+['’]s?)\s"
        rf"(?:[\w.’'-]+\s){{0,5}}?{kinds}\b"
    )
