"""Named deals: "the Busan arrangement", "under the framework concluded in Bern".

Owns how an article names an agreement, and whether a sentence tells what one holds. Knows no
list.
"""

import re
from functools import cache, lru_cache

from service.readers.embedded.page import Page, Sentence
from service.readers.embedded.word_lists import (
    join_expressions,
    load_pattern,
    load_words,
    read_lists,
)

_NEAR = 4
"""Sentences that a deal is remembered for."""
_CONTENTS = re.compile(
    r"\b(?:fact\ssheet|contains?|what(?:['’]s|\sis)\sin|terms\sof|key\spoints|at\sa\sglance)\b"
)
"""How a headline says that the article lists what a deal holds."""
_LEAD_CHARS = 60
"""How far before a deal the words stand that leave it open."""
_JOINT = re.compile(
    r"\bjoint\s(?:statement|communiqu[eé]|declaration)\b.{0,60}?\b(?:framework|agreement|deal|accord|arrangement)\b"
)
"""What two sides put out together is what they agreed on."""
_BARGAIN = re.compile(r"\b(?:will|agreed|agrees)\b.*\bin\s(?:return|exchange)\sfor\b")
_LEAD = 4
"""Sentences that say what the article is about."""


def name_deal(sentence: Sentence, end: int | None = None) -> str | None:
    """Return the name of the deal that the sentence names; ``None`` where it names none.

    What stands behind the offset ``end`` within the sentence is not looked at.
    """
    openers = load_words("deals", "openers")
    for pattern in _load_names():
        for match in pattern.finditer(sentence.text[:end]):
            words = match["name"].split()
            while words and words[0] in openers:
                words.pop(0)
            if len(words) > 1:
                return " ".join(words)
    return None


@lru_cache(maxsize=256)
def tells_of_deal(sentence: Sentence) -> bool:
    """Say whether the sentence tells what parties agreed on."""
    return _finds_made(sentence, _load_telling())


def tells_near(page: Page, sentence: Sentence) -> bool:
    """Say whether the sentence or one shortly before it speaks of a deal."""
    at = sentence.index
    return any(map(names_deal, page.sentences[max(0, at - _NEAR) : at + 1]))


@lru_cache(maxsize=4)
def is_deal_story(page: Page) -> bool:
    """Say whether the article's first sentences tell that a deal was made."""
    lead = page.told[:_LEAD]
    concluded = load_pattern("deals", "concluded")
    if any(map(names_deal, lead)) and any(concluded.search(one.low) for one in lead):
        return True
    if any(names_deal(one) and _CONTENTS.search(one.low) for one in lead):
        return True
    is_settled = any(tells_bargain(one) or _tells_of_settling(one) for one in lead)
    return is_settled or is_joint_text(page)


@lru_cache(maxsize=256)
def tells_bargain(sentence: Sentence) -> bool:
    """Say whether one state gives for what another does: "will open its market in return for"."""
    if _BARGAIN.search(sentence.low) is None:
        return False
    return len({name.entry.name for name in sentence.names if name.entry}) > 1


@lru_cache(maxsize=4)
def is_joint_text(page: Page) -> bool:
    """Say whether the article is, or is about, what two sides put out together."""
    return any(_JOINT.search(one.low) for one in page.told[:_LEAD])


def _tells_of_settling(sentence: Sentence) -> bool:
    """Say whether two states are said to have agreed: "Seoul and Washington agreed on Friday"."""
    match = load_pattern("deals", "settling").search(sentence.low)
    if match is None:
        return False
    subject = sentence.list_names(sentence.start, sentence.start + match.start())
    return len({name.entry.name for name in subject if name.entry and name.entry.country}) > 1


@lru_cache(maxsize=256)
def names_deal(sentence: Sentence) -> bool:
    """Say whether the sentence names a deal that there is: not one that is only hoped for."""
    return _finds_made(sentence, load_pattern("deals", "deals"))


def _finds_made(sentence: Sentence, deals: re.Pattern[str]) -> bool:
    low = sentence.low
    return any(
        _load_open_lead().search(low, max(0, match.start() - _LEAD_CHARS), match.start()) is None
        for match in deals.finditer(low)
    )


@cache
def _load_open_lead() -> re.Pattern[str]:
    """Return the pattern for what leads to a deal that is not made: "talks on a trade ..."."""
    leads = join_expressions(read_lists("deals", "phrases")["open_leads"])
    return re.compile(rf"\b{leads}\s(?:[\w.’'-]+\s){{0,3}}$")


@cache
def _load_names() -> tuple[re.Pattern[str], ...]:
    """Return the patterns for names: in capitals throughout, or a plain noun behind capitals."""
    lists = read_lists("deals", "words")
    kind = join_expressions(lists["kinds"])
    kind_in_title = join_expressions(entry.title() for entry in lists["kinds"])
    title = join_expressions(lists["titles"])
    return (
        re.compile(rf"\b(?P<name>(?:[A-Z]\w+\s){{1,4}}{title})\b"),
        re.compile(
            rf"(?:[Tt]he\s|[Aa]\s|[Aa]n\s)?"
            rf"(?P<name>(?:[A-Z][\w.’'-]*(?:\s(?!{kind})|[-–])){{0,4}}"
            rf"(?:[A-Z][\w.’'-]*\s(?:trade\s|interim\s|economic\s|joint\s)?)"
            rf"(?:{kind}|{kind_in_title}))\b"
        ),
    )


@cache
def _load_telling() -> re.Pattern[str]:
    kinds = join_expressions(read_lists("deals", "words")["kinds"])
    agreeing = join_expressions(read_lists("deals", "expressions")["agreeing"])
    return re.compile(rf"\b(?:{agreeing}|{kinds})")
