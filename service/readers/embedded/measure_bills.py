"""Bills about chips, and what authorities do against breaches.

Owns the readings of law-makers, prosecutors and courts. Knows no instrument by name.
"""

from schemas.base import MeasureStatus, Stance
from service.readers.embedded.acts import Act
from service.readers.embedded.measure_chips import is_all_of_chips
from service.readers.embedded.measure_clauses import Measure, Setting
from service.readers.embedded.measure_parties import find_government, find_lawmakers, find_targets
from service.readers.embedded.measure_words import load_measure_pattern, load_measure_words
from service.readers.embedded.standing import is_done

_SERVING = frozenset({"give", "serve", "oblige", "require", "force", "grant"})
"""Verbs behind which states stand whose buyers are served."""
_BILL_WORDS = 5
"""Most words from a bill on to the infinitive that tells what it would do."""


def read_bill(setting: Setting, act: Act) -> Measure | None:
    """Read a bill about chips: what it would do, or that it was rejected."""
    sentence = setting.sentence
    status = _read_bill_status(act)
    if status is None or not is_all_of_chips(sentence):
        return None
    is_eased = act.is_of("allow", "exempt") and not act.is_of("refuse")
    stance: Stance = "loosen" if is_eased else "tighten"
    actors = setting.cast.find_actors(act) or find_lawmakers(sentence)
    actors = actors or find_government(sentence, sentence.names)
    targets = [] if act.lemma in _SERVING else find_targets(act, act.last, actors)
    return Measure(act, "legislation", stance, status, act.at, act.last, actors, targets)


def _read_bill_status(act: Act) -> MeasureStatus | None:
    """Return how far the bill is that ``act`` turns down, or that would do it."""
    sentence = act.sentence
    if not act.is_of("refuse") and act.modality not in {"purpose", "conditional"}:
        return None
    match = load_measure_pattern("bills").search(sentence.low)
    if match is None:
        return None
    is_subject = sentence.start + match.start() < act.start
    if act.modality == "purpose" and _is_led_by_bill(act):
        return "proposed"
    if act.is_of("refuse") and not is_subject and act.modality == "fact" and not act.is_negated:
        return "rejected"
    if is_subject and not act.is_of("flow") and act.modality == "conditional":
        # "Would have barred": it never came to that.
        return None if "have" in sentence.words[act.chain_first : act.at] else "proposed"
    return None


def _is_led_by_bill(act: Act) -> bool:
    """Say whether the infinitive tells what the bill is for: "introduced a bill to ban"."""
    lead = act.sentence.cut(max(0, act.at - _BILL_WORDS), act.at).lower()
    is_bill = load_measure_pattern("bills").search(lead) is not None
    is_infinitive = act.sentence.words[act.at - 1] == "to"
    return is_bill and is_infinitive and act.is_of("restrict", "impose", "allow", "remove")


def read_enforcement(setting: Setting, act: Act) -> Measure | None:
    """Read what authorities do against breaches or to a chipmaker itself."""
    if not _is_enforced(act) or not is_all_of_chips(setting.sentence):
        return None
    actors = setting.cast.find_actors(act)
    if not actors:
        return None
    return Measure(act, "enforcement", "tighten", "in_force", act.at, act.last, actors)


def read_hand_back(setting: Setting, act: Act) -> Measure | None:
    """Read that a state gives up the control of a chipmaker that it took."""
    if act.lemma not in load_measure_words("handing") or not is_done(act):
        return None
    sentence = act.sentence
    text = sentence.cut(act.last, act.object_last).lower()
    if load_measure_pattern("hold_on_firm").match(text) is None or not is_all_of_chips(sentence):
        return None
    actors = setting.cast.find_actors(act)
    if not actors:
        return None
    last = act.object_last
    return Measure(act, "other", "loosen", "in_force", act.at, last, actors)


def _is_enforced(act: Act) -> bool:
    is_fact = act.modality == "fact" and not act.is_negated
    is_taken = act.is_of("impose", "begin", "act", "investigate", "restrict")
    return (
        is_fact
        and is_taken
        and load_measure_pattern("enforced").search(act.sentence.low) is not None
    )
