"""Named deals: "the Busan arrangement", "under the framework concluded in Bern".

Owns how an article names an agreement, and whether a sentence tells what one holds.
"""

import re
from functools import lru_cache

from service.readers.embedded.page import Page, Sentence

_KIND = (
    r"(?:agreement|arrangement|deal|pact|accord|framework|understanding|consensus|truce|treaty"
    r"|memorandum|protocol|communiqu[eé]|statement)"
)
_NAMED = re.compile(
    rf"(?:[Tt]he\s|[Aa]\s|[Aa]n\s)?(?P<name>(?:[A-Z][\w.’'-]*(?:\s(?!{_KIND})|[-–])){{0,4}}"
    rf"(?:[A-Z][\w.’'-]*\s(?:trade\s|interim\s|economic\s|joint\s)?)(?:{_KIND}|{_KIND.title()}))\b"
)
_TITLE_CASE = re.compile(r"\b(?P<name>(?:[A-Z]\w+\s){1,4}(?:Agreement|Arrangement|Deal|Pact|Accord|Framework|Understanding|Treaty))\b")
_TELLS = re.compile(
    rf"\b(?:agree[ds]?\b(?!\sto\sdisagree)|agreeing|{_KIND}|in\s(?:exchange|return)|bargain|compromise|terms\sof)"
)
_NO_OPENERS = frozenset("The A An On In At Under Since After Before Both This That With If And But Chinese American".split())


@lru_cache(maxsize=256)
def tells_of_deal(sentence: Sentence) -> bool:
    """Say whether the sentence tells what parties agreed on."""
    return _TELLS.search(sentence.low) is not None


def find_agreement(page: Page, sentence: Sentence) -> str | None:
    """Return the name of the deal that the sentence names; ``None`` where it names none."""
    del page
    for pattern in (_TITLE_CASE, _NAMED):
        for match in pattern.finditer(sentence.text):
            words = match["name"].split()
            while words and words[0] in _NO_OPENERS:
                words.pop(0)
            if len(words) > 1:
                return " ".join(words)
    return None


_REAL = re.compile(r"\b(?:agreement|deal|pact|accord|framework|tranche)\b")
_NEAR = 4


def tells_near(page: Page, sentence: Sentence) -> bool:
    """Say whether the sentence or one shortly before it speaks of a deal."""
    at = sentence.index
    return any(_REAL.search(one.low) for one in page.sentences[max(0, at - _NEAR) : at + 1])


_CONCLUDED = re.compile(r"\b(?:agree[ds]?|signed|initial(?:l?ed)?|concluded?|reached|struck|sealed|have\sa\s(?:trade\s)?deal)\b")


def is_deal_story(page: Page) -> bool:
    """Say whether the article's first sentences tell that a deal was made."""
    lead = [sentence.low for sentence in page.told[:4]]
    return any(_REAL.search(low) for low in lead) and any(_CONCLUDED.search(low) for low in lead)
