"""Quotes, statements, goods and conditions: the article's own words, cut to size.

Owns where a cut may fall. Every text that leaves here is a slice of the article. Knows no list.
"""

import re
from typing import NamedTuple

from schemas.base import Party
from service.readers.embedded.acts import Act, find_acts, list_names_in
from service.readers.embedded.naming import unite
from service.readers.embedded.page import Sentence

MAX_QUOTE_CHARS = 320
"""Longest quote; of a longer sentence its clause is quoted."""
MAX_STATEMENT_CHARS = 180
_TRAILING = re.compile(
    r"[,;]?\s*(?:[\"”]\s*)?(?:,\s(?:according\sto|as\sreported\sby|reported)\b.*"
    r"|,\s[^,]{0,80}?\b(?:said|says|added|told|wrote|reported|disclosed|announced)\b.*)$"
)
_NP_STOPS = frozenset(
    "from until unless if effective starting beginning at by after before since that which"
    " who while because when where will would could may might has have had is are was were as"
    " through during despite under over once amid citing following imposed levied announced"
    " worth crossing into about including should but chiefly not than with without".split()
)
_GENERIC = frozenset(
    "all most certain some its their other goods good imports import products product exports"
    " export items merchandise shipments shipment the a an each every any of from made in"
    " originating origin entering into to and or coming sold both new more many various"
    " billion million worth another those these this that such so-called country countries"
    " bloc nation nations rest world trading partners partner friends they them it we us i our"
    " asian african her his which side built euros dollars yuan yen"
    " 's ’s per cent percent % value us".split()
)
_CONDITION = re.compile(
    r"\b(?P<text>(?:if|unless|provided\sthat|as\slong\sas|so\slong\sas|on\scondition\sthat|should"
    r"(?=\s(?:the|a|an|it|its|they|their|he|his|she|her|no|any|that|this|these|those|[A-Z]))|in\sexchange\sfor|in\sreturn\sfor|in\sresponse\sto|in\sretaliation\sfor)\s[^.;:]+)"
)
_DANGLING = re.compile(r"(?:[\s,;:—–\"“”']|\b(?:and|or|but|while|as|by|with|has|have|had))+$")
_ADVERBS = frozenset("already likewise also still now again too".split())
_OPENERS = frozenset("a the an it they will would to".split())
"""Words that a clause may begin with."""
_MAX_NP = 16
"""Most tokens of a noun phrase."""


class NounPhrase(NamedTuple):
    """What a preposition leads to: ``tokens[first:last]``, the parties named and the goods."""

    first: int
    last: int
    parties: list[Party]
    goods: str | None


def quote_act(act: Act, *, first: int | None = None, last: int | None = None) -> str:
    """Return the quote for ``act``: its sentence, or its clause where that is too long."""
    sentence = act.sentence
    if len(sentence.text) <= MAX_QUOTE_CHARS:
        return sentence.text
    begin = min(act.clause_first, act.chain_first, act.at if first is None else first)
    end = max(act.clause_last, act.last, act.at if last is None else last)
    return _trim(sentence.cut(begin, end))


def state_act(act: Act, first: int | None = None) -> str:
    """Return what the act says: from its verb to the end of its clause."""
    sentence = act.sentence
    begin = first if first is not None else (act.clause_first if act.is_passive else act.at)
    text = _trim(_TRAILING.sub("", sentence.cut(begin, max(act.object_last, act.last))))
    if len(text) <= MAX_STATEMENT_CHARS:
        return text or sentence.cut(act.at, act.clause_last)
    head = text[:MAX_STATEMENT_CHARS]
    place = max(head.rfind(", "), head.rfind(" and "))
    return head[:place] if place > MAX_STATEMENT_CHARS // 3 else head[: head.rfind(" ")]


def _trim(text: str) -> str:
    """Return ``text`` without marks at its ends and joining words at its end."""
    return _DANGLING.sub("", text.strip(" ,;:—–•*·\"“”'"))


def cut_condition(sentence: Sentence, first: int) -> str | None:
    """Return the condition or the exchange that ``tokens[first:]`` names, as it stands."""
    if first >= len(sentence.tokens):
        return None
    start = sentence.tokens[first].start - sentence.start
    match = _CONDITION.search(sentence.text, start) or _CONDITION.match(
        sentence.text[:1].lower() + sentence.text[1:]
    )
    if match is None:
        return None
    text = match["text"] if match.start() else match["text"].partition(",")[0]
    text = _TRAILING.sub("", text).strip(' ,"“”')
    return text if len(text) <= MAX_STATEMENT_CHARS else None


def read_noun_phrase(sentence: Sentence, first: int) -> NounPhrase:
    """Return the noun phrase that begins at token ``first``, with its parties and goods."""
    last = _find_end(sentence, first)
    parties = unite([name for name in list_names_in(sentence, first, last) if name.kind != "firm"])
    return NounPhrase(first, last, parties, _read_goods(sentence, first, last))


def _find_end(sentence: Sentence, first: int) -> int:
    words = sentence.words
    at = first
    while at < len(words) and at - first < _MAX_NP:
        word = words[at]
        if word in _NP_STOPS and not (word == "from" and _leads_to_name(sentence, at)):
            break
        if word in '.;:—–()"“”':
            break
        if word == "," and not _is_listed(sentence, at) and not _is_between_names(sentence, at):
            break
        if word in {"to", "in", "for", "on"} and at > first and not _leads_to_name(sentence, at):
            break
        if word == "and" and _leads_to_clause(sentence, at):
            break
        if _is_dated(sentence, at) or (at > first and _is_verb(sentence, at)):
            break
        at += 1
    return at


def _is_verb(sentence: Sentence, at: int) -> bool:
    if sentence.words[at] in _ADVERBS or sentence.words[at].endswith("ly"):
        return True
    return any(act.at == at and act.form != "ing" for act in find_acts(sentence))


def _leads_to_name(sentence: Sentence, at: int) -> bool:
    """Say whether "from", "to" or "in" leads to a state: "imports from China"."""
    behind = at + 1
    while behind < len(sentence.words) and sentence.words[behind] in {"the", "both"}:
        behind += 1
    if behind >= len(sentence.tokens) or sentence.words[at] in {"to", "for", "on"}:
        return False
    start = sentence.tokens[behind].start
    return any(name.start == start and name.entry for name in sentence.names)


def _is_listed(sentence: Sentence, comma: int) -> bool:
    """Say whether a comma stands within a list of goods that an "and" ends."""
    words = sentence.words
    for at in range(comma + 1, min(comma + 9, len(words))):
        if words[at] in {"and", "or"}:
            return at - comma > 1
        is_stop = words[at] in _NP_STOPS or words[at] in ".;:"
        if is_stop or sentence.tokens[at].is_of("say", "impose"):
            return False
    return False


def _is_between_names(sentence: Sentence, comma: int) -> bool:
    """Say whether a comma stands in a list of states."""
    tokens = sentence.tokens
    if comma + 1 >= len(tokens):
        return False
    return any(name.end == tokens[comma - 1].end for name in sentence.names) and any(
        name.start == tokens[comma + 1].start for name in sentence.names
    )


def _leads_to_clause(sentence: Sentence, at: int) -> bool:
    if at + 1 >= len(sentence.tokens):
        return True
    token = sentence.tokens[at + 1]
    if any(token.start <= name.start <= token.start + 5 for name in sentence.names):
        return False
    if token.low.endswith("ing") and token.readings:
        return True
    if any(reading.kinds & {"past", "third"} for reading in token.readings):
        return True
    names_goods = any(phrase.first in {at + 1, at + 2} for phrase in sentence.goods)
    return token.low in _OPENERS and not names_goods


def _is_dated(sentence: Sentence, at: int) -> bool:
    start = sentence.tokens[at].start
    return any(reading.mention.start == start for reading in sentence.dates)


def _read_goods(sentence: Sentence, first: int, last: int) -> str | None:
    """Return the goods in ``tokens[first:last]`` without states and words that mean all goods."""
    names = list_names_in(sentence, first, last)
    origin = (at for at in range(first + 1, last) if sentence.words[at] == "from")
    last = next((at for at in origin if sentence.words[at - 1] not in _GENERIC), last)
    taken = [
        at
        for at in range(first, last)
        if sentence.words[at] not in _GENERIC
        and sentence.tokens[at].text[0].isalnum()
        and not any(name.start <= sentence.tokens[at].start < name.end for name in names)
        and not sentence.tokens[at].text[0].isdigit()
    ]
    if not taken:
        return None
    # "Consumer goods", "farm products": a plain word goes with what it qualifies.
    behind = taken[-1] + 1
    is_noun = behind < last and sentence.words[behind] in {"goods", "products", "items"}
    return sentence.cut(taken[0], behind + is_noun)
