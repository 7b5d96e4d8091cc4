"""On what and on whom a duty is levied: "on Chinese cars", "exempt Canada from".

Owns the way from a duty and its verb to the noun phrase that bears it. Knows no action, no
status and no dates.
"""

from schemas.base import Party
from service.readers.embedded.acts import Act
from service.readers.embedded.grammar import BE
from service.readers.embedded.page import Sentence
from service.readers.embedded.tariff_duties import Duty
from service.readers.embedded.tariff_parties import find_owner
from service.readers.embedded.tariff_passage import Passage
from service.readers.embedded.wording import NounPhrase, read_noun_phrase

_GOODS = frozenset({"goods", "imports", "products"})
_MAX_REACH = 10
"""Most tokens from a duty or its rate to the "on" that belongs to it."""


def find_object(passage: Passage, duty: Duty, act: Act) -> NounPhrase | None:
    """Return what bears the duty; ``None`` where that is not said."""
    sentence = passage.sentence
    bearer = _read_bearer(sentence, duty, act)
    if bearer is not None:
        return bearer
    if _is_mutual(sentence, duty):
        actors = passage.cast.find_actors(act)
        return NounPhrase(duty.last, duty.last + 4, actors if len(actors) > 1 else [], None)
    if act.is_of("exempt") or "exempt" in sentence.words[act.at : act.at + 2]:
        return _read_exempted(sentence, act)
    return _read_burdened(sentence, duty) or _read_subject(sentence, duty, act)


def _read_bearer(sentence: Sentence, duty: Duty, act: Act) -> NounPhrase | None:
    """Return the subject of "Chinese goods face a tariff", without the duty's owner."""
    if not act.is_of("bear") or act.at >= duty.first:
        return None
    phrase = read_noun_phrase(sentence, act.clause_first)
    if not phrase.parties and not phrase.goods:
        return None
    named = None if is_firm(sentence, phrase) else phrase.goods
    goods = named or _find_goods_on(sentence, duty)
    return phrase._replace(
        parties=_leave_out(phrase.parties, find_owner(sentence, duty)), goods=goods
    )


def is_firm(sentence: Sentence, phrase: NounPhrase) -> bool:
    """Say whether what bears the duty is a firm, by its capitals: "Hangcha Group"."""
    tokens = sentence.tokens[phrase.first : phrase.last]
    is_known = any(phrase.first <= one.first < phrase.last for one in sentence.goods)
    return not is_known and all(token.text[0].isupper() for token in tokens)


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
    is_subject = act.is_passive or act.is_of("be") or is_after_be
    return read_noun_phrase(sentence, act.clause_first if is_subject else act.last)


def _read_burdened(sentence: Sentence, duty: Duty) -> NounPhrase | None:
    """Return what stands behind the duty: "tariff on steel", "tariff to imported goods"."""
    words = sentence.words
    stop = max(duty.last, duty.rates.last) + _MAX_REACH
    for at in range(duty.first, min(stop, len(words))):
        if _leads_to_object(sentence, at, is_behind=at > duty.first):
            return read_noun_phrase(sentence, at + 1)
        if words[at] in {";", "while"} or (words[at] in {"that", "which"} and at > duty.last):
            return None
    return None


def _leads_to_object(sentence: Sentence, at: int, *, is_behind: bool) -> bool:
    words = sentence.words
    if words[at] == "to":
        return not _GOODS.isdisjoint(words[at + 1 : at + 4])
    is_on = words[at] in {"on", "against"} and is_behind and at + 1 < len(words)
    return is_on and not _is_dated(sentence, at + 1)


def _is_dated(sentence: Sentence, at: int) -> bool:
    start = sentence.tokens[at].start
    return any(one.mention.start <= start < one.mention.end for one in sentence.dates)


def _read_subject(sentence: Sentence, duty: Duty, act: Act) -> NounPhrase | None:
    """Return the subject of "cars were hit with a tariff"."""
    is_subject = act.is_passive or act.is_of("be")
    if is_subject and act.clause_first < act.chain_first <= duty.first:
        return read_noun_phrase(sentence, act.clause_first)
    return None
