"""What of semiconductors a sentence names, and when a measure is mainly about them.

Owns the line between chip policies and other measures. Knows no reading of clauses.
"""

from typing import TypeGuard, get_args

from schemas.base import ChipInstrument, NonTariffInstrument
from service.readers.embedded.acts import list_names_in
from service.readers.embedded.measure_clauses import Instrument, Measure
from service.readers.embedded.measure_words import load_measure_pattern
from service.readers.embedded.page import Sentence

_OTHERS = frozenset(get_args(NonTariffInstrument))
_GETTING = frozenset({"apply", "seek", "request", "win", "get", "obtain", "receive", "secure"})
_REQUIRING = frozenset({"need", "require", "obtain"})
_TOPIC_LEADS = frozenset({"regarding", "concerning", "as", "on", "for"})
_PUTTING = frozenset({"put", "place", "bring"})
_COUNTERPARTS: dict[Instrument, ChipInstrument] = {
    "export_control": "export_control",
    "license": "license",
    "entity_listing": "entity_listing",
    "investigation": "investigation",
    "import_ban": "procurement_ban",
    "export_ban": "export_control",
}
"""Instruments of both lists to what news of chips calls them."""


def is_chips_only(instrument: Instrument) -> TypeGuard[ChipInstrument]:
    """Say whether only the list of chip policies has the instrument."""
    return instrument not in _OTHERS


def is_for_others(instrument: Instrument) -> TypeGuard[NonTariffInstrument]:
    """Say whether the list of other measures has the instrument."""
    return instrument in _OTHERS


def list_products(sentence: Sentence, first: int, last: int) -> list[str]:
    """Return the chips and tools in ``tokens[first:last]``: the named ones, else the generic."""
    tokens = sentence.tokens
    if first >= len(tokens):
        return []
    start, end = tokens[first].start, tokens[min(last, len(tokens)) - 1].end
    held = [name for begin, behind, name in sentence.products if start <= begin and behind <= end]
    named = [name for name in held if _is_proper(name)]
    return list(dict.fromkeys(named or held))


def _is_proper(product: str) -> bool:
    """Say whether it is a name, as "H20" and "910C", and not what the thing is."""
    return product != product.lower() and (product[0].isupper() or product[0].isdigit())


def list_firms(sentence: Sentence, first: int, last: int) -> list[str]:
    """Return the firms in ``tokens[first:last]`` that make chips or the tools for them."""
    names = list_names_in(sentence, first, last)
    makers = sentence.lexicon.chip_firms
    return list(
        dict.fromkeys(name.text for name in names if name.kind == "firm" and name.text in makers)
    )


def has_chips(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether ``tokens[first:last]`` speak of semiconductors."""
    if list_products(sentence, first, last) or list_firms(sentence, first, last):
        return True
    low = sentence.cut(first, last).lower()
    return sentence.is_of_chips and load_measure_pattern("of_chips").search(low) is not None


def is_all_of_chips(sentence: Sentence) -> bool:
    """Say whether the sentence anywhere speaks of semiconductors."""
    return has_chips(sentence, 0, len(sentence.tokens))


def is_of_chips(measure: Measure) -> bool:
    """Say whether the measure is mainly about semiconductors."""
    if is_chips_only(measure.instrument):
        return True
    sentence = measure.act.sentence
    first, last = bound_measure(measure)
    # "Two months after Washington tightened its rules on chips" is another matter.
    behind = sentence.words[measure.last : last]
    last = measure.last + behind.index("after") if "after" in behind else last
    told = sentence.cut(first, last).lower()
    if load_measure_pattern("chip_instruments").search(told):
        return True
    if list_products(sentence, first, last):
        return True
    goods = [phrase.value for phrase in sentence.goods if first <= phrase.first < last]
    if not goods and _is_led_by_chips(measure):
        return True
    return "rare_earths" not in goods and has_chips(sentence, first, last)


def _is_led_by_chips(measure: Measure) -> bool:
    """Say whether the sentence begins with them as its topic: "Regarding chip tools, Japan"."""
    sentence, first = measure.act.sentence, measure.act.clause_first
    return sentence.words[0] in _TOPIC_LEADS and has_chips(sentence, 0, first)


def names_object(measure: Measure) -> bool:
    """Say whether goods, chips or a chipmaker are named that the measure bears on."""
    return has_object(measure.act.sentence, *bound_measure(measure))


def has_object(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether ``tokens[first:last]`` name goods, products or a firm that makes chips."""
    return has_goods(sentence, first, last) or bool(list_firms(sentence, first, last))


def has_goods(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether ``tokens[first:last]`` name goods or products."""
    is_of_goods = any(first <= phrase.first < last for phrase in sentence.goods)
    return is_of_goods or bool(list_products(sentence, first, last))


def bound_measure(measure: Measure) -> tuple[int, int]:
    """Return the first token that tells the measure and the token behind the last."""
    act = measure.act
    if measure.instrument == "revenue_share":
        return 0, len(act.sentence.tokens)
    is_whole = (
        act.is_passive
        or act.is_of("be", "begin")
        or act.lemma in _REQUIRING
        or (act.is_of("restrict") and act.lemma in _PUTTING)
    )
    first = act.clause_first if is_whole else act.at
    if gets_license(measure):
        # "ASML said it had received a permit": the firm stands in another clause.
        first = 0
    return min(first, measure.first), max(act.object_last, measure.last)


def gets_license(measure: Measure) -> bool:
    """Say whether the verb's subject gets the licence, or asks for it: "ASML wins a licence"."""
    act = measure.act
    return measure.instrument == "license" and (act.is_of("hold") or act.lemma in _GETTING)


def name_chip_instrument(measure: Measure) -> ChipInstrument:
    """Return what the instrument is called among the chip policies."""
    instrument = measure.instrument
    if is_chips_only(instrument):
        return instrument
    is_bill = load_measure_pattern("bills").search(measure.act.sentence.low) is not None
    if is_bill and measure.status in {"proposed", "rejected"}:
        return "legislation"
    return _COUNTERPARTS.get(instrument, "other")
