"""Which of the article's sentences can stand alone, and how they are written then.

Owns the marks of a sentence that leans on others (pronouns, quotes without a speaker, questions),
and the cleaning. Knows neither headline nor gist.
"""

import re
from functools import lru_cache

from service.readers.embedded.page import Sentence

MIN_CHARS = 30
MAX_CHARS = 280
"""Longest sentence that a gist takes by choice."""

_LEAN = re.compile(
    r"(?:It|They|She|We|I|You|This|That|These|Those|But|And|Or|Nor|So|Yet|Then|There|Here"
    r"|Such|His|Her|Its|Their|Our|My|Your|Some of|None of|Most of|Both of|Neither|Another"
    r"|One of|Either|Not|No|Also|Instead|Still|However|Nevertheless|Nonetheless|Meanwhile"
    r"|Moreover|Besides|Furthermore|Therefore|Thus|Hence|In that|At that|In this|In those"
    r"|In turn|If so|Asked|The same|The latter|The former|The others?|To this end"
    r"|Because of|In exchange|In return|As its part|As a result|For its part|By contrast"
    r"|On the other hand)\b"
)
_HE = re.compile(r"He\b(?! [A-Z])")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|us|[Oo]urs?|[Mm]y|me|[Yy]ou|[Yy]ours?)\b")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘[^’]*’(?!\w)")
_PRONOUN_WITHIN = re.compile(r"\b(?:he|she|him|her|they|them)\b")
_POINTING = re.compile(
    r"The (?:call|talks|discussions|move|step|decision|report|tax|pact|rule|plan|measure)\b"
)
_DATELINE = re.compile(
    r"(?:[A-Z][\w.’'-]*(?:[ ,/]{1,2}[A-Z][\w.’'-]*){0,5},? ?)(?:\([^()]{2,40}\) ?)?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})? ?)?"
    r"(?:\([^()]{2,40}\) ?)?\s?(?:—|–|--|-\s)\s*(?=[“\"‘]?[A-Z])"
)
_CAPS_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’'-]+(?:[ ,/]{1,2}[A-Z][\w.’'-]+){0,4})(?:,? \([^()]{2,40}\))?"
    r"\s?(?:—|–|--|-|:)\s+(?=[“\"‘]?[A-Z])"
)
_REPORTER = re.compile(
    r"[^()]{0,80}\((?:reporters?|by|correspondent)\s[^()]{2,60}\)\s*", re.IGNORECASE
)
_MARK = re.compile(r"(?:#{1,6}\s+|[-–—•*·▪◦‣●■>]\s+|\(?\d{1,2}[.)]\s+)+")
_LINK = re.compile(r"!?\[([^\[\]]{1,200})\]\([^()\s]{1,300}\)")
_EMPHASIS = re.compile(r"\*\*|__|`+|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_BLANKS = re.compile(r"\s+")
_LOOKED_AT_CHARS = 2_000
_MAX_DATELINE_CHARS = 110


@lru_cache(maxsize=512)
def clean_text(text: str) -> str:
    """Return ``text`` on one line, without marks of lists and of Markdown."""
    line = _BLANKS.sub(" ", text[:_LOOKED_AT_CHARS]).strip()
    line = _LINK.sub(r"\1", line)
    line = _EMPHASIS.sub("", line)
    return _MARK.sub("", line, count=1) if _MARK.match(line) else line


def strip_dateline(text: str) -> str:
    """Return ``text`` without "TOKYO -- " or "BEIJING (Reuters) - " before it."""
    match = _REPORTER.match(text) or _CAPS_DATELINE.match(text)
    match = match or (_DATELINE.match(text) if text[:1].isupper() else None)
    rest = text[match.end() :] if match and match.end() <= _MAX_DATELINE_CHARS else text
    return rest if len(rest) >= MIN_CHARS else text


def has_open_quote(text: str) -> bool:
    """Say whether a quotation or bracket of ``text`` begins or ends elsewhere."""
    pairs = (("“", "”"), ("(", ")"), ("[", "]"))
    return text.count('"') % 2 == 1 or any(text.count(one) != text.count(two) for one, two in pairs)


def stands_alone(sentence: Sentence, text: str) -> bool:
    """Say whether the sentence, written as ``text``, can be read without those before it."""
    if len(text) < MIN_CHARS or text[-1] not in '.!”"’)' or has_open_quote(text):
        return False
    if text[0] in "“\"‘'(" and _is_all_quote(text):
        return False
    outside = _QUOTED.sub(" ", text)
    if "?" in text or _LEAN.match(text) or _FIRST_PERSON.search(outside):
        return False
    return not _HE.match(text) and not _points_outside(sentence, outside)


def points_back(text: str) -> bool:
    """Say whether it begins with "The call" and its like, which was told before."""
    return _POINTING.match(text) is not None


def _is_all_quote(text: str) -> bool:
    outside = _QUOTED.sub("", text)
    return len(outside.split()) < 2


def _points_outside(sentence: Sentence, outside: str) -> bool:
    """Say whether it has a "he" or "they" and nobody whom that could be."""
    pronoun = _PRONOUN_WITHIN.search(outside)
    return pronoun is not None and not any(
        name.start - sentence.start < pronoun.start() + 40 for name in sentence.names
    )
