"""What firms are told: not to use chips, not to sell without a licence.

Owns warnings and licence requirements. Knows no instrument by name.
"""

import re

from schemas.base import MeasureStatus, Party
from service.readers.embedded.acts import Act
from service.readers.embedded.clause_parties import list_states
from service.readers.embedded.measure_chips import has_chips, list_firms
from service.readers.embedded.measure_clauses import Instrument, Measure, Setting
from service.readers.embedded.measure_nouns import find_instrument, locate_tokens
from service.readers.embedded.measure_parties import add_parties, find_announcer, find_targets
from service.readers.embedded.measure_words import load_measure_pattern, load_verbs
from service.readers.embedded.standing import is_done

_REACH = 14
"""Most words between telling and what is told."""
_APPLYING = frozenset({"apply", "seek", "request"})
_BUILDING = frozenset(
    {"build", "construct", "construction", "water", "land", "mine", "drill", "road"}
)
_ORDERING = frozenset({"order", "tell", "instruct", "ask", "demand"})
_PERMISSION = r"(?:licen[cs]es?|permits?|approval|authori[sz]ation)"
_WITHOUT = re.compile(rf"without\s(?:an?\s|the\s|prior\s)?(?:\w+\s)?{_PERMISSION}")
_HAD_TO = re.compile(
    r"\b(?:(?:has|have|had|having)\shad\sto|(?:has|have|had)\sto|must"
    r"|(?:are|is|were|be)\srequired\sto|need\sto|need(?:s|ed)\sto)\s$"
)
_MAX_HAD_TO_CHARS = 24
_OBTAINING = re.compile(
    rf"(?:obtain|get|secure|seek|apply|have|hold|receive)\b(?:\s[\w.-]+){{0,8}}?\s{_PERMISSION}\b"
)


def read_warning(setting: Setting, act: Act) -> Measure | None:
    """Read advice or orders not to use chips, or not to send any."""
    if not act.is_of("warn") or not is_done(act):
        return None
    sentence = setting.sentence
    match = load_verbs().use.search(sentence.low, act.start - sentence.start)
    if match is None:
        return None
    first, last = locate_tokens(sentence, *match.span())
    if first - act.at > _REACH or not has_chips(sentence, act.at, len(sentence.tokens)):
        return None
    actors = setting.cast.find_actors(act) or _find_told(act)
    if not actors:
        return None
    instrument = _choose_instrument(act, match.group())
    if instrument == "export_control":
        targets = find_targets(act, act.last, actors)
    else:
        targets = list_states(sentence, act.at, len(sentence.tokens), but=actors)[:1]
    return Measure(act, instrument, "tighten", "in_force", first, last, actors, targets)


def _find_told(act: Act) -> list[Party]:
    """Return whose firms are told, where it is left open who tells them."""
    if not act.is_passive:
        return []
    return list_states(act.sentence, act.clause_first, act.chain_first, but=())[:1]


def _choose_instrument(act: Act, warning: str) -> Instrument:
    if load_measure_pattern("sending").search(warning):
        return "export_control"
    is_order = act.lemma in _ORDERING and "not to use" not in warning
    return "procurement_ban" if is_order else "usage_warning"


def read_requirement(setting: Setting, act: Act) -> Measure | None:
    """Read "could not sell X without a licence" and "have had to obtain a licence"."""
    match = _match_requirement(act)
    if match is None or act.modality in {"demanded", "threatened"}:
        return None
    first, last = locate_tokens(setting.sentence, *match.span())
    is_to_come = act.modality in {"future", "conditional"} and not act.is_negated
    status: MeasureStatus = "announced" if is_to_come else "in_force"
    measure = add_parties(
        setting, Measure(act, "export_control", "tighten", status, min(first, act.at), last)
    )
    if act.matrix in {"say", "demand", "plan"}:
        return measure._replace(actors=find_announcer(setting, act, measure.targets))
    return measure


def read_application(setting: Setting, act: Act) -> Measure | None:
    """Read that a firm asks for a licence: "had applied for an annual licence"."""
    if act.lemma not in _APPLYING or not is_done(act) or act.is_passive:
        return None
    sentence = setting.sentence
    named = find_instrument(sentence, act.last, min(act.object_last, act.last + _REACH))
    if named is None or named.instrument != "license":
        return None
    is_told = any(one.is_of("say") and one.at < act.at for one in setting.acts)
    first = 0 if is_told else act.clause_first
    is_other = not _BUILDING.isdisjoint(sentence.words[named.last : act.clause_last])
    if is_other or not list_firms(sentence, first, act.chain_first):
        return None
    measure = Measure(act, "license", "loosen", "proposed", act.at, named.last)
    return add_parties(setting, measure)._replace(first=first)


def _match_requirement(act: Act) -> re.Match[str] | None:
    low = act.sentence.low
    start = act.start - act.sentence.start
    match = _WITHOUT.search(low, start) if act.is_negated and act.is_of("act") else None
    if match is None and _HAD_TO.search(low[max(0, start - _MAX_HAD_TO_CHARS) : start]):
        return _OBTAINING.match(low, start)
    return match
