"""Whose duty it is: its owner, the border it is paid at, and who tells of it.

Owns the way from a duty and its verb to those who levy it. Knows no action and no status.
"""

import re

from schemas.base import Party
from service.readers.embedded.acts import Act, find_acts, list_names_in, list_subject_names
from service.readers.embedded.clause_parties import TELLING, find_teller
from service.readers.embedded.naming import is_adjective, is_government, unite
from service.readers.embedded.page import Name, Sentence
from service.readers.embedded.speech import find_source
from service.readers.embedded.standing import is_done
from service.readers.embedded.tariff_duties import Duty
from service.readers.embedded.tariff_passage import Passage
from service.readers.embedded.tariff_rates import Rates
from service.readers.embedded.tariff_words import RATE_NOUNS
from service.readers.embedded.wording import NounPhrase

_BORDER = re.compile(
    r"\b(?:at|in|into|by|enter(?:s|ing)?|entry\sto|reach(?:ing)?)\s(?=the\s|[a-z])"
)
_MARKS = frozenset({'"', "”", "“"})
_ON = frozenset({("on",), ("for",), ("against",)})
_MAX_OWNER_CHARS = 24
_MAX_RELATIVE = 8


def find_actors(passage: Passage, duty: Duty, act: Act) -> list[Party]:
    """Return who levies or moves the duty; empty where that is not said."""
    owner = find_owner(passage.sentence, duty)
    if owner and not (act.is_passive and _has_possessive(passage.sentence, duty)):
        return owner
    if act.is_of("bear", "be") or (act.is_passive and duty.first > act.at):
        return _find_border(act)
    actors = passage.cast.find_actors(act)
    if actors or act.is_passive:
        return actors
    return find_teller(passage.cast, act, (*TELLING, "threaten"))


def find_owner(sentence: Sentence, duty: Duty) -> list[Party]:
    """Return whose duty it is: "US tariffs", "Canada's surtax", "tariff of the American side"."""
    if find_payer(sentence, duty) is not None:
        return []
    start = sentence.tokens[duty.first].start
    stop = sentence.tokens[duty.noun].start
    names = [name for name in sentence.names if name.entry and name.kind != "firm"]
    within = [name for name in names if start <= name.start and name.end <= stop]
    if within and stop - within[-1].end <= _MAX_OWNER_CHARS:
        return unite(within[-1:])
    touching = [one for one in names if one.kind != "person" and _touches(sentence, one, start)]
    return (
        unite(touching[:1])
        or _find_levier(sentence, duty)
        or _find_owner_behind(sentence, duty.last)
    )


def find_payer(sentence: Sentence, duty: Duty) -> Name | None:
    """Return whom "the British rate" is for; ``None`` where "on" tells that it is Britain's own."""
    words = sentence.words
    if words[duty.noun] not in RATE_NOUNS or words[duty.noun + 1 : duty.noun + 2] in _ON:
        return None
    start, stop = sentence.tokens[max(0, duty.noun - 2)].start, sentence.tokens[duty.noun].start
    names = (one for one in sentence.names if one.kind == "demonym" and one.entry)
    return next((one for one in names if start <= one.start and one.end <= stop), None)


def find_levying(sentence: Sentence, duty: Duty) -> Act | None:
    """Return the verb of "the tariff that the United States charges on goods from China"."""
    behind = range(duty.last, duty.last + _MAX_RELATIVE)
    levying = (
        act
        for act in find_acts(sentence)
        if act.is_of("impose") and act.clause_first - 1 in behind and not act.is_passive
    )
    act = next(levying, None)
    if act is None or sentence.words[act.clause_first - 1] not in {"that", "which"}:
        return None
    return act if is_done(act) else None


def _find_levier(sentence: Sentence, duty: Duty) -> list[Party]:
    act = find_levying(sentence, duty)
    if act is None:
        return []
    names = list_subject_names(act)
    return unite([name for name in names if is_government(sentence, name)][:1])


def _find_owner_behind(sentence: Sentence, behind: int) -> list[Party]:
    words = sentence.words
    while behind < len(words) and words[behind] in _MARKS:
        behind += 1
    if words[behind : behind + 1] != ("of",):
        return []
    return unite(list_names_in(sentence, behind + 1, behind + 4)[:1])


def _touches(sentence: Sentence, name: Name, start: int) -> bool:
    """Say whether the name qualifies what begins at the article's offset ``start``."""
    between = sentence.text[name.end - sentence.start : start - sentence.start].strip()
    return name.end <= start and between in {"", "'s", "’s"} and is_adjective(sentence, name)


def _has_possessive(sentence: Sentence, duty: Duty) -> bool:
    stop = sentence.tokens[duty.noun].start - sentence.start
    lead = sentence.low[max(0, stop - _MAX_OWNER_CHARS) : stop]
    return "'s" in lead or "’s" in lead


def _find_border(act: Act) -> list[Party]:
    """Return at whose border the goods pay: "at the U.S. border", "in the United States"."""
    sentence = act.sentence
    for match in _BORDER.finditer(sentence.low, act.start - sentence.start):
        start = sentence.start + match.end()
        names = [name for name in sentence.names if start <= name.start <= start + len("the ")]
        if names and names[0].entry and names[0].kind != "firm":
            return unite(names[:1])
    return []


def find_own_teller(passage: Passage, act: Act, phrase: NounPhrase | None) -> list[Party]:
    """Return the state whose own duty its speaker tells of, where nobody else is named."""
    others = phrase.parties if phrase else []
    if not others:
        return []
    told = passage.cast.find_speaker(find_source(passage.page, passage.sentence, act.start))
    return [party for party in told if party not in others and party.country]


def find_label(sentence: Sentence, actors: list[Party]) -> list[Party]:
    """Return the state that labels an item of a list: "• Japan: U.S. tariff on cars falls"."""
    for name in sentence.names[:1]:
        at = sentence.find_token(name.end)
        if name.kind == "form" and sentence.words[at : at + 1] == (":",):
            return [party for party in unite([name]) if party not in actors]
    return []


def find_companies(sentence: Sentence, rates: Rates) -> list[str]:
    """Return the firm that a percentage is for: "17% for BYD"."""
    words = sentence.words
    if not rates.is_given or words[rates.last : rates.last + 1] != ("for",):
        return []
    first = last = rates.last + 1
    while last < len(words) and sentence.tokens[last].text[0].isupper():
        last += 1
    if first == last or any(name.entry for name in list_names_in(sentence, first, last)):
        return []
    return [sentence.cut(first, last)]


def list_firms(sentence: Sentence, first: int, last: int) -> list[str]:
    """Return the firms that ``tokens[first:last]`` name, each once."""
    firms = (name.text for name in list_names_in(sentence, first, last) if name.kind == "firm")
    return list(dict.fromkeys(firms))
