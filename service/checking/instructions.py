"""Text in an article that is addressed to its reader as a program.

Owns the phrases that give such text away. A paragraph that holds one yields no item: what a
page tells a machine to do is not a fact about trade. Errs to doubt, paragraph by paragraph.
"""

import re
from collections.abc import Sequence
from string import ascii_lowercase, ascii_uppercase

from service.grounding import Span

_START = r"(?:^|[.!?:;\"“”'’)]\s*|\b(?:please|must|should|now|and|then|to)\s+)"
"""Where an order begins: news tells of those who ignore rules, it gives no such order."""
_IGNORE = (
    rf"{_START}(?:ignore|disregard|forget|override|bypass)\s+"
    r"(?:(?:all|any|every|each|your|the|these|those|my|of|other)\s+)*"
    r"(?:previous|prior|above|earlier|preceding|foregoing|system|original|initial|existing|own)?\s*"
    r"(?:instructions?|prompts?)\b"
)
_YOU_ARE = (
    r"\b(?:(?:you\s+are|act\s+as|pretend\s+to\s+be)\s+(?:now\s+)?an?\s+(?:helpful\s+)?"
    r"(?:ai|(?:large\s+)?language\s+model|llm|chat\s?bot)\b"
    r"|as\s+an?\s+(?:ai\s+(?:assistant|model|language)|(?:large\s+)?language\s+model)\b)"
)
_ADDRESSED = (
    r"(?:^|[.!?]\s+)\W*(?:(?:important\s+)?(?:note|message|attention|instructions?)\s+(?:to|for)\s+"
    r"(?:all\s+|any\s+|the\s+)?(?:ai|llms?|language\s+models?|bots?|assistants?|crawlers?"
    r"|summari[sz]ers?)\b|dear\s+(?:ai|reader\s+software|assistant|bot|model)\b)"
)
_NEW_ORDERS = (
    r"\b(?:new|updated|important|hidden|secret)\s+instructions?\s*"
    r"(?::|for\s+(?:the\s+)?(?:ai|model|assistant|llm|bot|reader))"
)
_SYSTEMS_MUST = (
    r"\b(?:ai\s+(?:systems?|models?|assistants?|readers?)|language\s+models?|llms?|bots?)\b"
    r"[^.\n]{0,60}\b(?:must|should|shall|are\s+to|have\s+to)\s+(?:state|say|report|list|record|add"
    r"|include|output|return|write|summari[sz]e|answer|reply|respond|ignore)\b"
)
_WHEN_YOU = r"\bwhen(?:ever)?\s+you\s+(?:summari[sz]e|read|process|analy[sz]e|extract|parse)\b"
_REPLY_WITH = (
    r"\b(?:respond|reply|answer|output|return)\s+(?:only\s+)?(?:with|in)\s+"
    r"(?:the\s+)?(?:following\s+)?(?:json|exactly|only)\b"
)
_PUT_INTO = (
    r"\b(?:add|insert|include|output|report|set|extract)\b[^.\n]{0,80}\b(?:to|in|into)\s+"
    r"(?:your\s+(?:json|summary|output|answer|response|reply)|the\s+(?:json|summary))\b"
)
_MARKS = (
    r"\b(?:system|developer)\s+(?:prompt|message)s?\b"
    r"|<\|?(?:im_start|im_end|system|assistant|endoftext)\|?>"
    r"|article\s+[0-9a-f]{8,}>>>|<<<article\b"
)
_PHRASES = {
    _IGNORE: ("ignore", "disregard", "forget", "override", "bypass"),
    _YOU_ARE: ("an ai", "ai assistant", "language model", "llm", "chatbot", "chat bot"),
    _ADDRESSED: ("note", "message", "attention", "instruction", "dear "),
    _NEW_ORDERS: ("instruction",),
    _SYSTEMS_MUST: ("ai ", "language model", "llm", "bot"),
    _WHEN_YOU: ("n you ", "r you "),
    _REPLY_WITH: ("json", "exactly", " with only", " in only"),
    _PUT_INTO: ("json", "summary", "output", "answer", "the response", "your response", "reply"),
    _MARKS: (
        "prompt",
        "message",
        "instruction",
        "<|",
        "<system",
        "<assistant",
        "<im_",
        ">>>",
        "<<<",
    ),
}
"""Phrase to words of which an article must have one before the phrase is looked for."""
_COMPILED = tuple(
    (re.compile(phrase, re.IGNORECASE | re.MULTILINE), words) for phrase, words in _PHRASES.items()
)
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
"""Unlike ``str.lower`` this keeps every character's place."""
_NEXT_ORDER = re.compile(
    r"\s*\n\W*(?:also|then|and|now|please|report|add|list|output|return|include|say|state|write"
    r"|record|answer|reply|respond|set|treat|do\s+not|don['’]t|never|always|instead)\b[^\n]*",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"^[^\S\n]*(?:system|assistant)[^\S\n]*:\s", re.IGNORECASE | re.MULTILINE)


def find_instructions(text: str) -> list[Span]:
    """Return the paragraphs (lines) of ``text`` that hold such a phrase, in order."""
    lowered = text.lower()
    if len(lowered) != len(text):
        # A dotted capital İ becomes two characters and would move all places behind it.
        lowered = text.translate(_LOWER)
    found = {
        line
        for pattern, words in _COMPILED
        for line in _find_lines(lowered, words)
        if pattern.search(text[line.start : line.end])
    }
    found |= {_find_line(text, match.start()) for match in _SPEAKER.finditer(text)}
    return sorted({_extend(text, line) for line in found})


def _extend(text: str, line: Span) -> Span:
    """Return the line with the lines behind it that go on giving orders."""
    end = line.end
    while match := _NEXT_ORDER.match(text, end):
        end = match.end()
    return Span(line.start, end)


def _find_lines(lowered: str, words: Sequence[str]) -> set[Span]:
    """Return the lines that hold one of the words."""
    lines = set()
    for word in words:
        at = lowered.find(word)
        while at >= 0:
            line = _find_line(lowered, at)
            lines.add(line)
            at = lowered.find(word, line.end)
    return lines


def _find_line(text: str, at: int) -> Span:
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text))
