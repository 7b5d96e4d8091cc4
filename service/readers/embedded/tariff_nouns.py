"""Nouns of duty, and which of them makes a percentage a rate of duty.

Owns the difference between a duty's rate and growth, interest, shares or other taxes. Knows no
action and no party.
"""

import re
from collections.abc import Sequence

from service.readers.embedded.acts import Act, find_acts, list_names_in, list_subject_names
from service.readers.embedded.page import Sentence
from service.readers.embedded.tariff_passage import Passage
from service.readers.embedded.tariff_rates import Rates
from service.readers.embedded.tariff_words import DUTY_NOUNS, RATE_NOUNS, load_tariff_words

OPEN_WORDS = frozenset(
    "the a an on of in at to for by from and or with its their his this that which is are was were"
    " be been will would has have had not no as than over into , . ; :"
    " when if unless once until because since after before while though although without within"
    " despite amid under during effective but so should could may".split()
)
"""Words that never qualify the noun behind them."""
_AVERAGE = re.compile(r"\b(?:average|effective|weighted|overall|mean)\s(?:\w+\s)?$")
_HIGHEST = re.compile(r"\b(?:highest|maximum|peak)\s(?:\w+\s){0,2}$")
_ON_TOP = re.compile(
    r"\b(?:in\saddition\sto|on\stop\sof|instead\sof|compared\swith|than)\s(?:\w+\s){0,8}$"
)
_LINKS = frozenset({"of", "to", "in", "and", "from", ",", ".", "by", "on", "for"})
"""Words that end the noun phrase of a percentage."""
_BREAKS = frozenset({";", "while", "but"})
_MAX_BEHIND = 5
_MAX_LISTED = 30
_JOINTS = frozenset({("and",), (",",), ("or",)})
_LEVELS = frozenset({("of",), ("at",), ("a",)})
_MAX_BEFORE = 14
_MAX_BEFORE_MOVE = 22
_MAX_TAXING = 3
_MAX_CHARGED = 6
_MAX_PAID = 5
_MAX_GOODS = 5
_CHARGES = frozenset({"charge"})
_GOODS = frozenset("goods imports import products shipments everything".split())


def names_duty(sentence: Sentence, at: int) -> bool:
    """Say whether the token is one of ``DUTY_NOUNS``, or "tax" in "anti-dumping tax"."""
    words = sentence.words
    is_tax = words[at] in {"tax", "taxes"} and at > 0
    return words[at] in DUTY_NOUNS or (
        is_tax and words[at - 1] in load_tariff_words().rates_of_duty
    )


def is_duty_noun(sentence: Sentence, at: int) -> bool:
    """Say whether the noun at the token, one that names a duty, means one on trade itself."""
    words = sentence.words
    if words[at] == "tariff" and _is_plain_noun(sentence, at + 1):
        return False
    if not load_tariff_words().compounds.isdisjoint(words[at + 1 : at + 2]):
        return False
    return not _is_of_other_kind(sentence, at)


def _is_plain_noun(sentence: Sentence, at: int) -> bool:
    """Say whether the token is a noun that "tariff" only qualifies: "tariff talks"."""
    if at >= len(sentence.tokens):
        return False
    token = sentence.tokens[at]
    is_open = token.low in OPEN_WORDS or not token.text[0].islower()
    return not is_open and not any(act.at == at for act in find_acts(sentence))


def _is_of_other_kind(sentence: Sentence, at: int) -> bool:
    """Say whether the noun means another tax, or an average over many duties."""
    before = sentence.low[: sentence.tokens[at].start - sentence.start]
    other_kind = load_tariff_words().other_kind
    return bool(other_kind.search(before[-16:]) or _AVERAGE.search(before[-30:]))


def find_rate_noun(passage: Passage, rates: Rates) -> int | None:
    """Return the noun that makes ``rates`` those of a duty; ``None`` where they are none.

    Where a verb alone does so ("will be charged 25 per cent") it is their own first token.
    """
    words = passage.sentence.words
    if _measures_other(passage.sentence, rates):
        return None
    inside = next((at for at in range(rates.first, rates.last) if words[at] in DUTY_NOUNS), None)
    if inside is not None:
        return inside
    listed = _find_listed(passage, rates)
    if listed is not None:
        return listed
    behind = _find_behind(passage, rates)
    if behind is not None:
        is_duty = words[behind] not in DUTY_NOUNS or is_duty_noun(passage.sentence, behind)
        return behind if is_duty else None
    before = _find_before(passage, rates)
    if before is None:
        return rates.first if _is_charged(passage, rates) else None
    is_named = words[before] in DUTY_NOUNS | RATE_NOUNS
    return None if is_named and _is_of_other_kind(passage.sentence, before) else before


def _find_listed(passage: Passage, rates: Rates) -> int | None:
    """Return the noun of "tariffs of 20 per cent on cheese and of 35 per cent on bourbon"."""
    sentence = passage.sentence
    words, first = sentence.words, rates.first
    lead = words[max(0, first - 2) : first]
    is_joined = lead[-1:] in _JOINTS or (lead[:1] in _JOINTS and lead[1:] in _LEVELS)
    if not is_joined or words[rates.last : rates.last + 1] not in {("on",), ("for",)}:
        return None
    earlier = [
        one
        for one in sentence.rates.rates
        if sentence.find_token(sentence.start + one.start) < first
    ]
    nouns = [at for at in range(max(0, first - _MAX_LISTED), first) if names_duty(sentence, at)]
    if not earlier or not nouns:
        return None
    is_parted = any(nouns[-1] < act.at < first and act.form != "ing" for act in passage.acts)
    return None if is_parted or not is_duty_noun(sentence, nouns[-1]) else nouns[-1]


def _measures_other(sentence: Sentence, rates: Rates) -> bool:
    """Say whether the words around the percentage make it growth, a share or a comparison."""
    start = sentence.tokens[rates.first].start - sentence.start
    lead = sentence.low[max(0, start - 60) : start]
    words = load_tariff_words()
    if words.economy.search(lead) or _ON_TOP.search(lead) or _HIGHEST.search(lead):
        return True
    end = sentence.tokens[rates.last - 1].end - sentence.start
    return rates.previous is None and words.share.match(sentence.low, end) is not None


def _find_behind(passage: Passage, rates: Rates) -> int | None:
    words = passage.sentence.words
    for at in range(rates.last, min(rates.last + _MAX_BEHIND, len(words))):
        if words[at] in DUTY_NOUNS:
            return at
        if words[at] in {"rate", "tax"} and _is_rate_noun(passage, at):
            return at
        if words[at] in _LINKS:
            return None
    return None


def _find_before(passage: Passage, rates: Rates) -> int | None:
    words = passage.sentence.words
    parting = _BREAKS | load_tariff_words().parting
    moving = {act.at for act in passage.acts if _moves_other(act)}
    if any(act.last == rates.first and _puts_on(act) for act in passage.acts):
        return None
    reach = _MAX_BEFORE_MOVE if _is_moved_itself(passage, rates.first) else _MAX_BEFORE
    for at in range(rates.first - 1, max(-1, rates.first - reach), -1):
        if _stands_for_duty(passage.sentence, at):
            return at
        if at in moving:
            return None
        if _names_duty(passage, at) or _taxes(words[at : at + 2], rates.first - at):
            return at
        if words[at] in parting:
            return None
    return None


def _is_moved_itself(passage: Passage, at: int) -> bool:
    """Say whether a verb leads to the percentage that moves its own subject: "rose to 25%"."""
    moving = load_tariff_words().moving_themselves
    return any(act.lemma in moving and 0 <= at - act.last <= 1 for act in passage.acts)


def _names_duty(passage: Passage, at: int) -> bool:
    word = passage.sentence.words[at]
    if word in _CHARGES and any(act.at == at for act in passage.acts):
        return False
    if not load_tariff_words().compounds.isdisjoint(passage.sentence.words[at + 1 : at + 2]):
        return False
    return names_duty(passage.sentence, at) or (
        word in RATE_NOUNS | _CHARGES and _is_rate_noun(passage, at)
    )


def _taxes(words: Sequence[str], distance: int) -> bool:
    """Say whether "taxed at" and the like lead to the percentage ``distance`` tokens on."""
    if distance > _MAX_TAXING or words[0] not in load_tariff_words().taxing:
        return False
    return words[1] in {"at", "to", "between"}


def _stands_for_duty(sentence: Sentence, at: int) -> bool:
    """Say whether the token is the first of "that on bourbon", for a duty named before."""
    words = sentence.words
    return words[at : at + 2] == ("that", "on") and not DUTY_NOUNS.isdisjoint(words[:at])


def _puts_on(act: Act) -> bool:
    """Say whether the percentage behind the verb is its own object: "putting 25% on bourbon"."""
    return act.form in {"base", "past", "ing"} and not act.is_passive and act.is_of("impose")


def _moves_other(act: Act) -> bool:
    """Say whether the verb moves something else than a duty named before it."""
    following = act.sentence.words[act.last : act.last + 1]
    return (
        not act.is_passive
        and following not in {("from",), ("to",), ("by",)}
        and act.form in {"base", "past", "ing"}
        and act.is_of("increase", "reduce", "remove")
        and act.lemma not in load_tariff_words().moving_themselves
    )


def _is_rate_noun(passage: Passage, at: int) -> bool:
    """Say whether "rate" or "tax" at the token means a duty."""
    words, sentence = load_tariff_words(), passage.sentence
    lead = sentence.words[at - 1] if at else ""
    if any(phrase.last == at for phrase in sentence.goods) and passage.is_of_duties:
        # "The barley rate".
        return True
    if lead in words.rates_of_other or lead in words.rates_of_duty:
        return lead in words.rates_of_duty
    level = next((one for one in sentence.rates.rates if one.doubt is None), None)
    known = {rate for one in passage.found for rate in (one.rate, one.previous_rate)}
    return (level is not None and float(level.value) in known) or passage.speaks_of_duty


def _is_charged(passage: Passage, rates: Rates) -> bool:
    """Say whether a verb alone tells of a duty: "put the same 25 per cent on imports"."""
    sentence = passage.sentence
    lead = sentence.words[rates.first - 1] if rates.first else ""
    is_levied = lead in {"charged", "taxed", "levied"} and _ends_phrase(sentence, rates.last)
    if is_levied and (sentence.goods or passage.speaks_of_duty):
        return True
    if _is_paid(passage, rates.first) or _is_admitted(passage, rates.first):
        return True
    if lead == "with" and passage.is_of_duties and _ends_phrase(sentence, rates.last):
        # "Beijing hit the crop with 80.5 per cent".
        hitting = [act for act in passage.acts if act.lemma in load_tariff_words().hitting]
        return any(0 < rates.first - act.at <= _MAX_CHARGED for act in hitting)
    return _is_imposed(passage, rates)


def _is_imposed(passage: Passage, rates: Rates) -> bool:
    """Say whether the percentage is put on goods: "charges 25 per cent on imports"."""
    sentence = passage.sentence
    lead = sentence.words[rates.last] if rates.last < len(sentence.words) else ""
    imposing = [
        act
        for act in passage.acts
        if act.is_of("impose") and 0 < rates.first - act.at <= _MAX_CHARGED
    ]
    if lead == "to":
        is_applied = any(act.lemma == "apply" for act in imposing)
        return is_applied and passage.is_of_duties and _is_traded(sentence, rates.last + 1)
    if lead != "on" or not imposing:
        return False
    is_traded = passage.is_of_duties and _is_traded(sentence, rates.last + 1)
    return passage.speaks_of_duty or is_traded


def _ends_phrase(sentence: Sentence, at: int) -> bool:
    """Say whether no noun follows that the percentage would qualify."""
    return at >= len(sentence.tokens) or sentence.words[at] in OPEN_WORDS


def _is_traded(sentence: Sentence, at: int) -> bool:
    """Say whether what begins at the token is goods: by name, by origin or as imports."""
    if "services" in sentence.words[at : at + _MAX_GOODS]:
        return False
    if any(at <= phrase.first < at + _MAX_GOODS for phrase in sentence.goods):
        return True
    if not _GOODS.isdisjoint(sentence.words[at : at + _MAX_GOODS]):
        return True
    return any(name.entry for name in list_names_in(sentence, at, at + 2))


def _is_admitted(passage: Passage, at: int) -> bool:
    """Say whether goods are let in at the percentage: "will admit cars at 6 percent"."""
    words = passage.sentence.words
    if not at or words[at - 1] != "at" or not passage.is_of_duties:
        return False
    admitting = load_tariff_words().admitting
    return any(
        words[act.at] in admitting
        and 0 < at - act.at <= _MAX_BEFORE
        and _is_traded(passage.sentence, act.last)
        for act in passage.acts
    )


def _is_paid(passage: Passage, at: int) -> bool:
    """Say whether a state or its goods pay the percentage, where duties are spoken of."""
    acts = [act for act in passage.acts if act.at < at and 0 <= at - act.last < _MAX_PAID]
    if not acts or not passage.speaks_of_duty:
        return False
    act = acts[-1]
    is_paying = act.lemma in {"pay", "face", "bear"} or (act.lemma == "charge" and act.is_passive)
    sentence = passage.sentence
    names = list_subject_names(act)
    is_traded = any(act.clause_first <= one.first < act.chain_first for one in sentence.goods)
    is_bearer = is_traded or any(name.entry for name in names)
    return is_paying and not act.is_negated and is_bearer
