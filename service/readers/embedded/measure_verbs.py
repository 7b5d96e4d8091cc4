"""Measures told by a verb alone: "allowed shipments of H200 chips", "halted imports of beef".

Owns which verbs bar or let pass by themselves, and by what means they do.
"""

from schemas.base import Stance
from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.clause_parties import find_teller
from service.readers.embedded.measure_chips import has_chips, has_object
from service.readers.embedded.measure_clauses import Instrument, Measure, Setting
from service.readers.embedded.measure_parties import add_parties
from service.readers.embedded.measure_words import (
    load_measure_pattern,
    load_measure_words,
    load_verbs,
)
from service.readers.embedded.standing import read_status
from service.readers.embedded.tariff_words import DUTY_NOUNS

_REACH = 26
"""Most words behind the verb that are looked at."""
_ENDING = frozenset({"stop", "halt", "end", "cut"})
_SHUTTING = frozenset({"keep", "shut", "lock"})
_BANNING = frozenset({"ban", "prohibit", "halt", "stop", "forbid"})


def read_bare_verb(setting: Setting, act: Act) -> Measure | None:
    """Read a verb that bars or lets pass by itself."""
    if not _may_bar(act):
        return None
    text = _cut_object(act)
    has_goods = has_object(act.sentence, act.clause_first, act.clause_last)
    has_goods = has_goods or load_measure_pattern("any_goods").search(text) is not None
    if not _is_of_trade(act, text) or not has_goods:
        return None
    status = read_status(act)
    if status is None or _is_mere_advice(setting, act):
        return None
    instrument, stance = _choose_means(act, text)
    return add_parties(setting, Measure(act, instrument, stance, status, act.at, act.last))


def _is_mere_advice(setting: Setting, act: Act) -> bool:
    """Say whether somebody without a say suggests it: "suggested that China stop buying"."""
    if act.matrix != "consider" or act.modality not in {"fact", "present"}:
        return False
    return not find_teller(setting.cast, act, ("consider",))


def _may_bar(act: Act) -> bool:
    if act.is_reduced or act.is_of("maintain"):
        return False
    if _is_pausing(act):
        return True
    if not act.is_of("restrict", "allow", "refuse"):
        return False
    if act.lemma in _ENDING and (act.modality in {"agreed", "promised"} or _is_own_ending(act)):
        return False
    if act.is_of("refuse") and (not _is_refusal(act) or _is_told_below(act)):
        return False
    return act.lemma not in load_measure_words("only_with_noun")


def _is_pausing(act: Act) -> bool:
    """Say whether trade is stopped or taken up again: "suspended imports of beef"."""
    if act.lemma not in load_measure_words("pausing") or act.is_relative:
        return False
    flows = load_measure_pattern("flows")
    if act.is_passive:
        subject = act.sentence.cut(act.clause_first, act.chain_first).lower()
        return flows.match(subject) is not None
    return flows.match(act.sentence.cut(act.last, act.clause_last).lower()) is not None


def _is_own_ending(act: Act) -> bool:
    """Say whether the actor stops what it does itself: "will stop buying oil" is a promise."""
    if act.modality in {"fact", "present"}:
        return False
    return any(word.endswith("ing") for word in act.sentence.words[act.last : act.last + 1])


def _is_refusal(act: Act) -> bool:
    """Say whether chips are refused, not the doing of something: "refused to"."""
    is_act = act.sentence.words[act.last : act.last + 1] == ("to",)
    return not is_act and has_chips(act.sentence, act.at, act.clause_last)


def _is_told_below(act: Act) -> bool:
    """Say whether a refusal's object tells the measure: "kept a measure out that would limit"."""
    return any(
        other.at > act.at
        and other.is_of("restrict", "allow")
        and (other.matrix == "refuse" or other.modality == "refused")
        for other in find_acts(act.sentence)
    )


def _cut_object(act: Act) -> str:
    """Return what the verb bears on, in small letters: of a passive its subject too."""
    first = act.clause_first if act.is_passive else act.at
    last = act.chain_first if act.is_passive else act.clause_last
    return act.sentence.cut(first, min(max(last, act.object_last), first + _REACH)).lower()


def _is_of_trade(act: Act, text: str) -> bool:
    if not DUTY_NOUNS.isdisjoint(act.sentence.words[act.at : act.clause_last]):
        return False
    return act.is_of("refuse") or load_verbs().trade.search(text) is not None


def _choose_means(act: Act, text: str) -> tuple[Instrument, Stance]:
    """Return the instrument and the direction of a verb and its object."""
    if _is_pausing(act):
        is_import = load_measure_pattern("purchase").search(text) is not None
        is_ending = not act.is_of("allow")
        return "import_ban" if is_import else "export_ban", "tighten" if is_ending else "loosen"
    if _is_of_opening(text):
        return "other", "tighten" if act.is_of("restrict") else "loosen"
    if act.is_of("refuse") and not load_measure_pattern("wishes").search(text):
        return "import_refusal", "tighten"
    if act.lemma in {"license", "licence"}:
        return "license", "loosen"
    if act.is_of("allow") and not act.is_of("restrict"):
        is_import = load_measure_pattern("purchase").search(text) is not None
        return "other" if is_import else "export_control", "loosen"
    return _choose_bar(act, text), "tighten"


def _is_of_opening(text: str) -> bool:
    """Say whether a market or its tenders are opened or closed, and no border."""
    is_market = load_measure_pattern("openings").search(text) is not None
    return is_market and load_measure_pattern("flowing").search(text) is None


def _choose_bar(act: Act, text: str) -> Instrument:
    """Return the instrument of a verb that bars."""
    is_of_firms = load_measure_pattern("takeovers").search(text) is not None
    if is_of_firms or load_measure_pattern("investing").search(text):
        return "investment_limit"
    if load_measure_pattern("buyers").search(text):
        is_of_chips = has_chips(act.sentence, act.at, act.clause_last)
        return "procurement_ban" if is_of_chips else "other"
    if act.lemma in _SHUTTING or load_measure_pattern("purchase").search(text):
        return "import_ban"
    return "export_ban" if act.lemma in _BANNING else "export_control"
