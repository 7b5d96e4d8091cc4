"""On what and on whom a duty is levied: "on Chinese cars", "exempt Canada from".

Owns the way from a duty and its verb to the noun phrase that bears it. Knows no action, no
status and no dates.
"""

from schemas.base import Party
from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.grammar import BE
from service.readers.embedded.naming import unite
from service.readers.embedded.page import Sentence
from service.readers.embedded.tariff_acts import admits
from service.readers.embedded.tariff_duties import Duty
from service.readers.embedded.tariff_parties import find_owner, find_payer
from service.readers.embedded.tariff_passage import Passage
from service.readers.embedded.tariff_words import load_tariff_words
from service.readers.embedded.wording import NounPhrase, read_noun_phrase

_GOODS = frozenset({"goods", "imports", "products"})
_TIME_LEADS = frozenset("starting beginning from since on in under effective until after".split())
"""Words that open what stands before the subject: "Starting January 1, imports of steel"."""
_MAX_RELATIVE = 4
_MAX_REACH = 10
"""Most tokens from a duty or its rate to the "on" that belongs to it."""


def find_object(passage: Passage, duty: Duty, act: Act) -> NounPhrase | None:
    """Return what bears the duty; ``None`` where that is not said."""
    phrase = _find_phrase(passage, duty, act)
    if phrase is not None and phrase.goods is not None:
        return phrase
    goods = _find_goods_before(passage.sentence, duty)
    if goods is None:
        return phrase
    return phrase._replace(goods=goods) if phrase else NounPhrase(duty.first, duty.last, [], goods)


def _find_goods_before(sentence: Sentence, duty: Duty) -> str | None:
    """Return the goods of "its steel tariff"; a drug names the reason, no goods."""
    phrase = next((one for one in sentence.goods if one.last == duty.noun), None)
    if phrase is None or sentence.words[phrase.first] in load_tariff_words().reasons:
        return None
    return sentence.cut(phrase.first, phrase.last)


def _find_phrase(passage: Passage, duty: Duty, act: Act) -> NounPhrase | None:
    sentence = passage.sentence
    bearer = _read_bearer(sentence, duty, act) or _read_paying(sentence, duty)
    if bearer is not None:
        return bearer
    if act.lemma in load_tariff_words().hitting and not act.is_passive:
        hit = read_noun_phrase(sentence, act.last)
        if sentence.words[hit.last : hit.last + 1] == ("with",):
            return hit._replace(goods=hit.goods or _find_goods_on(sentence, duty))
    if _is_mutual(sentence, duty):
        actors = passage.cast.find_actors(act)
        return NounPhrase(duty.last, duty.last + 4, actors if len(actors) > 1 else [], None)
    if admits(act) and act.at < duty.first and not act.is_passive:
        return read_noun_phrase(sentence, act.last)
    if act.is_of("exempt") or "exempt" in sentence.words[act.at : act.at + 2]:
        return _read_exempted(sentence, act)
    return _read_burdened(sentence, duty) or _read_subject(sentence, duty, act)


def _read_bearer(sentence: Sentence, duty: Duty, act: Act) -> NounPhrase | None:
    """Return the subject of "Chinese goods face a tariff", without the duty's owner."""
    if not act.is_of("bear") or act.at >= duty.first:
        return None
    phrase = read_noun_phrase(sentence, _find_subject_first(act))
    if not phrase.parties and not phrase.goods:
        return None
    named = None if is_firm(sentence, phrase) or _names_firms(phrase) else phrase.goods
    goods = named or _find_goods_on(sentence, duty)
    return phrase._replace(
        parties=_leave_out(phrase.parties, find_owner(sentence, duty)), goods=goods
    )


def _read_paying(sentence: Sentence, duty: Duty) -> NounPhrase | None:
    """Return who pays "the British rate", where nothing else is told to bear it."""
    name = find_payer(sentence, duty)
    if name is None:
        return None
    goods = next((one for one in sentence.goods if one.last == duty.noun), None)
    cut = sentence.cut(goods.first, goods.last) if goods else None
    return NounPhrase(duty.first, duty.last, unite([name]), cut)


def is_firm(sentence: Sentence, phrase: NounPhrase) -> bool:
    """Say whether what bears the duty is a firm, by its capitals: "Hangcha Group"."""
    tokens = sentence.tokens[phrase.first : phrase.last]
    is_known = any(phrase.first <= one.first < phrase.last for one in sentence.goods)
    is_party = bool(phrase.parties)
    return not is_known and not is_party and all(token.text[0].isupper() for token in tokens)


def _names_firms(phrase: NounPhrase) -> bool:
    """Say whether "cooperating companies" bear the duty, and no goods."""
    words = (phrase.goods or "").lower().split()
    return bool(words) and words[-1] in load_tariff_words().list_others


def _leave_out(parties: list[Party], others: list[Party]) -> list[Party]:
    return [party for party in parties if party not in others]


def _find_goods_on(sentence: Sentence, duty: Duty) -> str | None:
    words = sentence.words
    for at in range(duty.last, min(duty.last + 3, len(words) - 1)):
        if words[at] == "on":
            return read_noun_phrase(sentence, at + 1).goods
    return None


def _is_mutual(sentence: Sentence, duty: Duty) -> bool:
    start = sentence.tokens[duty.first].start - sentence.start
    return "each other" in sentence.low[start:]


def _read_exempted(sentence: Sentence, act: Act) -> NounPhrase:
    """Return the object of "exempt", or its subject: "Canada is exempt"."""
    is_after_be = act.at > 0 and sentence.words[act.at - 1] in BE
    is_subject = (
        act.is_passive
        or act.is_of("be")
        or is_after_be
        or act.lemma in load_tariff_words().escaping
    )
    return read_noun_phrase(sentence, act.clause_first if is_subject else act.last)


def _read_burdened(sentence: Sentence, duty: Duty) -> NounPhrase | None:
    """Return what stands behind the duty: "tariff on steel", "tariff to imported goods"."""
    words = sentence.words
    last = duty.rates.last
    is_own = duty.rates.first > duty.noun and words[last : last + 1] == ("on",)
    if is_own and last + 1 < len(words) and not _is_dated(sentence, last + 1):
        # "Tariffs of 20 per cent on cheese and of 35 per cent on bourbon".
        return read_noun_phrase(sentence, last + 1)
    stop = max(duty.last, duty.rates.last) + _MAX_REACH
    for at in range(duty.first, min(stop, len(words))):
        if _leads_to_object(sentence, at, is_behind=at > duty.first):
            return read_noun_phrase(sentence, at + 1)
        if words[at] in {";", "while"} or (words[at] in {"that", "which"} and at > duty.last):
            return None
    return None


def find_levied(sentence: Sentence, act: Act) -> NounPhrase | None:
    """Return what stands behind "on" of "that the United States charges on goods"."""
    words = sentence.words
    for at in range(act.last, min(act.last + _MAX_RELATIVE, act.clause_last)):
        if words[at] in {"on", "against"} and not _is_dated(sentence, at + 1):
            return read_noun_phrase(sentence, at + 1)
    return None


def _leads_to_object(sentence: Sentence, at: int, *, is_behind: bool) -> bool:
    words = sentence.words
    if words[at] == "to":
        return not _GOODS.isdisjoint(words[at + 1 : at + 4])
    if not is_behind or at + 1 >= len(words) or _is_dated(sentence, at + 1):
        return False
    if words[at] == "off":
        # "Takes its duties off wine", not "off the table".
        return words[at + 1 : at + 3] != ("the", "table")
    if words[at] == "for":
        return any(at < phrase.first <= at + 2 for phrase in sentence.goods)
    return words[at] in {"on", "against"}


def _is_dated(sentence: Sentence, at: int) -> bool:
    start = sentence.tokens[at].start
    return any(one.mention.start <= start < one.mention.end for one in sentence.dates)


def _read_subject(sentence: Sentence, duty: Duty, act: Act) -> NounPhrase | None:
    """Return the subject of "cars were hit with a tariff"."""
    is_subject = act.is_passive or act.is_of("be")
    if is_subject and act.clause_first < act.chain_first <= duty.first:
        return read_noun_phrase(sentence, _find_subject_first(act))
    return None


def _find_subject_first(act: Act) -> int:
    """Return where the subject begins: behind "he said in Ankara on Wednesday," if that leads."""
    words = act.sentence.words
    told = (
        other.last
        for other in find_acts(act.sentence)
        if other.is_of("say", "threaten") and act.clause_first <= other.at < act.chain_first
    )
    is_led = words[act.clause_first] in _TIME_LEADS
    behind = max(told, default=act.clause_first)
    if behind == act.clause_first and not is_led:
        return behind
    places = range(behind, act.chain_first - 1)
    starts = (at + 1 for at in places if words[at] == "," and not words[at + 1][0].isdigit())
    return min(starts, default=act.clause_first)
