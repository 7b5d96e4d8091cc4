"""Bars told without a verb of barring: "remains prohibited", "has admitted no lobster".

Owns these turns, and what firms must do with goods. Knows no instrument by name.
"""

from schemas.base import Party
from service.readers.embedded.acts import Act
from service.readers.embedded.clause_parties import list_states
from service.readers.embedded.grammar import is_adverb
from service.readers.embedded.measure_chips import has_chips, has_goods
from service.readers.embedded.measure_clauses import Instrument, Measure, Setting
from service.readers.embedded.measure_parties import add_parties, find_announcer
from service.readers.embedded.measure_words import load_measure_pattern, load_measure_words
from service.readers.embedded.standing import is_done, read_status

_ADMITTING = frozenset({"let", "admit", "accept", "allow", "import", "buy", "take", "clear"})
_NONE = frozenset({"no", "none"})
_OBLIGING = frozenset({"require", "oblige", "force", "compel", "order"})
_PLACE_WORDS = 4
_MANDATE_REACH = 14
"""Words behind the verb in which stands what is to be done with the goods."""


def read_standing_bar(setting: Setting, act: Act) -> Measure | None:
    """Read what goes on being barred: "exports of EUV machines remain prohibited"."""
    if not act.is_of("maintain") or not is_done(act) or act.is_relative:
        return None
    words = act.sentence.words
    behind = act.last
    while behind < len(words) and is_adverb(words[behind]):
        behind += 1
    is_barred = not load_measure_words("barred").isdisjoint(words[behind : behind + 1])
    if not is_barred or not has_goods(act.sentence, act.clause_first, act.chain_first):
        return None
    subject = act.sentence.cut(act.clause_first, act.chain_first).lower()
    is_export = load_measure_pattern("leaving").search(subject) is not None
    instrument: Instrument = "export_ban" if is_export else "import_ban"
    actors = _find_barring(act, behind) or find_announcer(setting, act, ())
    targets = list_states(act.sentence, act.clause_first, act.chain_first, but=actors)[:1]
    words = act.subject_words
    first = act.chain_first - (words[::-1].index("that") if "that" in words else len(words))
    return Measure(act, instrument, "maintain", "in_force", first, behind + 1, actors, targets)


def _find_barring(act: Act, at: int) -> list[Party]:
    """Return where, or by whom, goods are barred: "remains banned in China"."""
    if act.sentence.words[at + 1 : at + 2] not in {("in",), ("by",)}:
        return []
    return list_states(act.sentence, at + 2, at + 2 + _PLACE_WORDS, but=())[:1]


def read_shut_out(setting: Setting, act: Act) -> Measure | None:
    """Read goods that are let in no more: "has admitted no lobster from Australia"."""
    if act.lemma not in _ADMITTING or not _is_shut(act):
        return None
    if not has_goods(act.sentence, act.last, act.object_last):
        return None
    actors = setting.cast.find_actors(act)
    if not actors:
        return None
    is_of_chips = has_chips(act.sentence, act.last, act.object_last)
    instrument: Instrument = "import_refusal" if is_of_chips else "import_ban"
    measure = Measure(act, instrument, "tighten", "in_force", act.at, act.last + 1)
    measure = add_parties(setting, measure)
    return measure if measure.targets or is_of_chips else None


def _is_shut(act: Act) -> bool:
    """Say whether nothing is let in: "admits no lobster", "refused to let shipments into"."""
    words = act.sentence.words
    if act.modality in {"fact", "present"}:
        return not _NONE.isdisjoint(words[act.last : act.last + 1])
    into = {"into", "through", "customs", "enter"}
    is_refused = act.modality == "refused" and act.form == "base"
    return is_refused and not into.isdisjoint(words[act.last : act.clause_last])


def read_mandate(setting: Setting, act: Act) -> Measure | None:
    """Read what firms must do with goods: "require projects to use cells from a list"."""
    if act.lemma not in _OBLIGING or act.is_passive or act.is_reduced:
        return None
    sentence, behind = act.sentence, act.last + _MANDATE_REACH
    text = sentence.cut(act.last, behind).lower()
    match = load_measure_pattern("mandates").search(text)
    is_sourced = load_measure_pattern("sourcing").search(text) is not None
    is_of_goods = is_sourced or has_goods(sentence, act.last, act.clause_last)
    if match is None or not is_of_goods:
        return None
    status = read_status(act)
    if status is None:
        return None
    is_holding = load_measure_pattern("stakes").search(text) is not None
    instrument: Instrument = "investment_limit" if is_holding else "other"
    return add_parties(setting, Measure(act, instrument, "tighten", status, act.at, act.last))
