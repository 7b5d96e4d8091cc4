"""Where clauses begin and end.

Owns the bounds: conjunctions, relative pronouns, a new subject behind "and". Knows no verb's
meaning but that of saying, behind which "that" may be left out.
"""

from service.readers.embedded.grammar import AUXILIARIES, BE, CLAUSE_BREAKS, HAVE, SUBJECT_OPENERS
from service.readers.embedded.page import Sentence

MAX_REACH = 60
"""Most words that a clause reaches to either side of its verb."""
_FORWARD_BREAKS = CLAUSE_BREAKS - {"“", "”", "that"}
_PRONOUNS = frozenset("it they he she we".split())
_TIME_LEADS = frozenset({"after", "before", "until"})
"""What leads to a noun, or to a clause that has a subject of its own."""
_ANSWERS = (
    ("exchange", "for"), ("return", "for"), ("response", "to"), ("retaliation", "for"),
    ("reaction", "to"), ("answer", "to"), ("protest", "at"),
)  # fmt: skip
"""What follows "in" where a sentence turns to what something answers."""
_SPEECH = frozenset(
    "say announce report note add state declare confirm insist claim acknowledge signal warn"
    " stress".split()
)
"""Verbs behind which "that" is often left out."""
_TELLING = ("say", "threaten", "agree", "plan", "promise", "demand")
_MAX_LEAD = 3
"""Most words at the head of a sentence that lead to a clause of time: "Shortly after"."""
_MAX_SUBJECT = 12
_LOOK_BACK = 14


def find_clause_start(sentence: Sentence, first: int) -> int:
    """Return the first token of the clause whose verb group begins at token ``first``."""
    words = sentence.words
    at = first
    while at > 0 and first - at < MAX_REACH:
        if not _is_closed_relative(sentence, at, first) and (
            words[at - 1] in CLAUSE_BREAKS
            or starts_clause(sentence, at)
            or _follows_in_time(sentence, at)
        ):
            return at
        at -= 1
    return at


def find_clause_end(sentence: Sentence, last: int) -> int:
    """Return the token behind the clause whose verb ends before token ``last``."""
    words = sentence.words
    at = last
    while at < len(words) and at - last < MAX_REACH:
        if words[at] in _FORWARD_BREAKS or starts_clause(sentence, at):
            return at
        if words[at] == "in" and words[at + 1 : at + 3] in _ANSWERS:
            return at
        at += 1
    return at


def starts_clause(sentence: Sentence, at: int) -> bool:
    """Say whether a clause with a subject of its own begins at token ``at``."""
    if at < 1:
        return False
    before = sentence.words[at - 1]
    if before not in {"and", ","}:
        return _tells(sentence, at - 1) and _opens_subject(sentence, at)
    if _joins_names(sentence, at):
        return False
    word = sentence.words[at]
    if word in _PRONOUNS:
        return True
    if word in {"the", "a", "its", "their"}:
        return _opens_subject(sentence, at)
    return _is_name_with_verb(sentence, at)


def _follows_in_time(sentence: Sentence, at: int) -> bool:
    """Say whether a clause begins behind "after" and the like: "sat down after Rome had paid"."""
    if sentence.words[at - 1] not in _TIME_LEADS or not _opens_subject(sentence, at):
        return False
    # "A bill before the house would ban": nothing is told yet of which it could be the time.
    return at < _MAX_LEAD or any(
        sentence.is_finite(place) or sentence.words[place].endswith("ed") for place in range(at - 1)
    )


def _is_name_with_verb(sentence: Sentence, at: int) -> bool:
    name = sentence.names_by_token.get(at)
    if name is None or name.kind == "demonym":
        return False
    behind = sentence.find_token(name.end)
    if behind >= len(sentence.words) or sentence.words[behind] in {"'s", "’s"}:
        return False
    return sentence.is_finite(behind)


def _joins_names(sentence: Sentence, at: int) -> bool:
    """Say whether "and" joins names that are one subject: "Japan and the United States agreed"."""
    if at < 2 or sentence.tokens[at - 2].end not in sentence.name_ends:
        return False
    return not any(
        sentence.is_finite(place) or "base" in sentence.tokens[place].kinds
        for place in range(max(0, at - _LOOK_BACK), at - 1)
    )


def _is_closed_relative(sentence: Sentence, at: int, first: int) -> bool:
    """Say whether a relative clause at ``at`` ends before the verb: "tools that run will need"."""
    words = sentence.words
    if words[at - 1] not in {"that", "which", "who"} or at < 2 or first - at < 3:
        return False
    if not sentence.is_finite(first) or words[at - 2] == ",":
        return False
    if sentence.tokens[at - 2].is_of(*_TELLING):
        return False
    is_subject = words[at] in SUBJECT_OPENERS or at in sentence.names_by_token
    if not is_subject and words[first] in AUXILIARIES:
        return True
    return any(
        words[place] in BE | HAVE or not sentence.tokens[place].kinds.isdisjoint({"past", "third"})
        for place in range(at + 1, first)
        if place not in sentence.named_tokens
    )


def _tells(sentence: Sentence, at: int) -> bool:
    """Say whether the token is a verb of speech behind which "that" may be left out."""
    token = sentence.tokens[at]
    if not ("past" in token.kinds or "third" in token.kinds):
        return False
    return any(
        reading.lemma in _SPEECH
        and "say" in reading.classes
        and not reading.kinds.isdisjoint({"past", "third"})
        for reading in token.readings
    )


def _opens_subject(sentence: Sentence, at: int) -> bool:
    """Say whether a clause's subject, and a verb not far behind it, begins at the token."""
    words = sentence.words
    if at not in sentence.names_by_token and words[at] not in SUBJECT_OPENERS:
        return False
    for place in range(at + 1, min(at + _MAX_SUBJECT, len(words))):
        if words[place] in {",", ";", ".", "that", "which", "who"}:
            return False
        if sentence.is_finite(place):
            return True
    return False
