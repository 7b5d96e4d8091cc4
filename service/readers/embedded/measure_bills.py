"""Bills about chips, and what authorities do against breaches.

Owns the readings of law-makers, prosecutors and courts. Knows no instrument by name.
"""

from schemas.base import MeasureStatus, Stance
from service.readers.embedded.acts import Act
from service.readers.embedded.measure_chips import is_all_of_chips
from service.readers.embedded.measure_clauses import Measure, Setting
from service.readers.embedded.measure_parties import find_government, find_targets
from service.readers.embedded.measure_words import load_measure_pattern


def read_bill(setting: Setting, act: Act) -> Measure | None:
    """Read a bill about chips: what it would do, or that it was rejected."""
    sentence = setting.sentence
    status = _read_bill_status(act)
    if status is None or not is_all_of_chips(sentence):
        return None
    is_eased = act.is_of("allow", "exempt") and not act.is_of("refuse")
    stance: Stance = "loosen" if is_eased else "tighten"
    actors = setting.cast.find_actors(act) or find_government(sentence, sentence.names)
    targets = find_targets(act, act.last, actors)
    return Measure(act, "legislation", stance, status, act.at, act.last, actors, targets)


def _read_bill_status(act: Act) -> MeasureStatus | None:
    """Return how far the bill is that ``act`` turns down, or that would do it."""
    sentence = act.sentence
    match = load_measure_pattern("bills").search(sentence.low)
    if match is None:
        return None
    is_subject = sentence.start + match.start() < act.start
    if act.is_of("refuse") and not is_subject and act.modality == "fact" and not act.is_negated:
        return "rejected"
    if is_subject and act.modality == "conditional":
        # "Would have barred": it never came to that.
        return None if "have" in sentence.words[act.chain_first : act.at] else "proposed"
    return None


def read_enforcement(setting: Setting, act: Act) -> Measure | None:
    """Read what authorities do against breaches or to a chipmaker itself."""
    if not _is_enforced(act) or not is_all_of_chips(setting.sentence):
        return None
    actors = setting.cast.find_actors(act)
    if not actors:
        return None
    return Measure(act, "enforcement", "tighten", "in_force", act.at, act.last, actors)


def _is_enforced(act: Act) -> bool:
    is_fact = act.modality == "fact" and not act.is_negated
    is_taken = act.is_of("impose", "begin", "act", "investigate", "restrict")
    return (
        is_fact
        and is_taken
        and load_measure_pattern("enforced").search(act.sentence.low) is not None
    )
