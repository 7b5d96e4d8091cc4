"""Rates of single firms: in brackets, or one after the other behind a sentence that leads them.

Owns which firm a rate of a list is for. Knows no duty that stands for itself.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.base import MeasureStatus, Party
from schemas.draft import MAX_QUOTES, DraftTariff
from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.naming import unite
from service.readers.embedded.page import Name, Sentence
from service.readers.embedded.standing import read_status
from service.readers.embedded.tariff_acts import find_clause_act
from service.readers.embedded.tariff_duties import Duty, list_duties, make_plain_duty
from service.readers.embedded.tariff_items import TariffFacts, make_tariff
from service.readers.embedded.tariff_objects import find_object
from service.readers.embedded.tariff_parties import find_actors
from service.readers.embedded.tariff_passage import Passage
from service.readers.embedded.tariff_rates import BracketedRate, Rates, list_bracketed, list_rates
from service.readers.embedded.tariff_status import read_nominal_status
from service.readers.embedded.tariff_words import DUTY_NOUNS, load_tariff_words
from service.readers.embedded.timing import find_times
from service.readers.embedded.wording import MAX_QUOTE_CHARS, state_act

_MAX_LEAD_CHARS = 180
_LOOK_BACK = 5
"""Most sentences from a rate back to the one that leads its list."""
_MAX_ASSIGNED = 14


def read_bracketed(passage: Passage) -> Iterator[DraftTariff]:
    """Yield the rates that stand in brackets behind firms: "Baosteel (13.1%)"."""
    sentence = passage.sentence
    bracketed = list_bracketed(sentence)
    noun = next((at for at, word in enumerate(sentence.words) if word in DUTY_NOUNS), None)
    act = None if noun is None or not bracketed else find_clause_act(sentence, noun)
    status = (read_nominal_status(act) or read_status(act)) if act else None
    if noun is None or act is None or status is None:
        return
    facts = _gather_shared(passage, make_plain_duty(sentence, noun), act, status)
    for one in bracketed:
        rate = _find_rate(sentence, one)
        if rate is not None:
            yield make_tariff(passage, act, facts._replace(rate=rate, companies=(one.firm,)))


def _gather_shared(passage: Passage, duty: Duty, act: Act, status: MeasureStatus) -> TariffFacts:
    """Return what the rates in brackets have in common."""
    phrase = find_object(passage, duty, act)
    actors = find_actors(passage, duty, act)
    names = [name for name in passage.sentence.names if name.kind in {"demonym", "form"}]
    return TariffFacts(
        action="impose",
        status=status,
        actors=actors,
        targets=_find_target(names, actors),
        statement=state_act(act),
        goods=phrase.goods if phrase else None,
    )


def _find_target(names: Sequence[Name], actors: Sequence[Party]) -> list[Party]:
    """Return the first of those named that does not act itself."""
    return [party for party in unite(names) if party not in actors][:1]


def _find_rate(sentence: Sentence, bracketed: BracketedRate) -> float | None:
    within = range(bracketed.rate_start, bracketed.end)
    values = (one.value for one in sentence.rates.rates if one.start in within)
    value = next(values, None)
    return None if value is None else float(value)


def read_listed(passage: Passage) -> Iterator[DraftTariff]:
    """Yield the rates of single firms in a list: "For Geely, the figure is 19.4 per cent"."""
    base = _find_base(passage) if passage.sentence.rates.rates else None
    if base is None:
        return
    text = passage.sentence.text[:MAX_QUOTE_CHARS]
    evidence = [text, *base.evidence][:MAX_QUOTES]
    for rate, firms in _list_assigned(passage):
        changes = {"rate": rate, "companies": firms, "statement": text, "evidence": evidence}
        yield base.model_copy(update=changes)


def _list_assigned(passage: Passage) -> Iterator[tuple[float | None, list[str]]]:
    """Yield the levels of the sentence, each with its firms; with none for all others."""
    sentence = passage.sentence
    taken = {duty.rates.first for duty in list_duties(passage) if duty.noun != duty.rates.first}
    begin = sentence.start
    for rates in list_rates(sentence):
        start = sentence.tokens[rates.first].start
        firms = _list_firms(sentence, begin, start)
        is_for_some = bool(firms) or _names_others(sentence, begin, start)
        begin = sentence.tokens[rates.last - 1].end
        is_free = rates.first not in taken and rates.previous is None
        if is_for_some and is_free and _is_assigned(passage, rates):
            yield rates.rate, firms


def _list_firms(sentence: Sentence, start: int, end: int) -> list[str]:
    """Return the firm named first in ``start:end``, and those joined to it."""
    names = [name for name in sentence.list_names(start, end) if name.kind == "firm"]
    firms = [name.text for name in names[:1]]
    for name, following in pairwise(names):
        if not set(_cut_words(sentence, name.end, following.start)) <= {"and", ",", "or"}:
            break
        firms.append(following.text)
    return list(dict.fromkeys(firms))


def _names_others(sentence: Sentence, start: int, end: int) -> bool:
    return not load_tariff_words().list_others.isdisjoint(_cut_words(sentence, start, end))


def _cut_words(sentence: Sentence, start: int, end: int) -> Sequence[str]:
    return sentence.words[sentence.find_token(start) : sentence.find_token(end)]


def _is_assigned(passage: Passage, rates: Rates) -> bool:
    """Say whether a verb before the percentage gives it to somebody."""
    acts = [act for act in passage.acts if 0 < rates.first - act.at <= _MAX_ASSIGNED]
    if not acts or acts[-1].is_negated:
        return False
    return acts[-1].lemma in load_tariff_words().assigning


def _find_base(passage: Passage) -> DraftTariff | None:
    """Return what a list of rates has in common, from the sentence that leads it."""
    leads = load_tariff_words().list_leads
    at = passage.sentence.index
    for earlier in reversed(passage.page.sentences[max(0, at - _LOOK_BACK) : at]):
        if not DUTY_NOUNS.isdisjoint(earlier.words) and not leads.isdisjoint(earlier.words):
            return _make_base(passage, earlier)
    return None


def _make_base(passage: Passage, lead: Sentence) -> DraftTariff | None:
    told = ((act, passage.cast.find_subject(act)) for act in find_acts(lead))
    act, actors = next((pair for pair in told if pair[1]), (None, []))
    if act is None:
        return None
    others = [name for name in lead.names if name.kind not in {"firm", "place"} and name.entry]
    return DraftTariff(
        statement=lead.text[:_MAX_LEAD_CHARS],
        actors=actors,
        targets=_find_target(others, actors),
        announced=find_times(act, 0, len(lead.tokens)).announced,
        condition=None,
        agreement=None,
        source=None,
        aside=lead.is_aside,
        goods=next((lead.cut(phrase.first, phrase.last) for phrase in lead.goods), None),
        action="impose",
        companies=[],
        rate=None,
        previous_rate=None,
        effective=None,
        until=None,
        status="announced",
        evidence=[lead.text[:MAX_QUOTE_CHARS]],
    )
