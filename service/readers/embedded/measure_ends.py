"""What the sentence that tells a measure goes on to tell of its end.

"Banned imports in 2020 and lifted the ban in 2024." Owns how a later verb points back. Knows no
instrument.
"""

from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.measure_clauses import Measure
from service.readers.embedded.word_lists import load_pattern

_POINTING = frozenset({"it", "them", "this", "these", "both"})
_OBJECT_WORDS = 3


def settle_end(measure: Measure) -> Measure:
    """Return ``measure`` as ended or suspended where a later verb of its sentence says so."""
    if measure.status != "in_force" or measure.stance != "tighten":
        return measure
    later = [act for act in find_acts(measure.act.sentence) if act.at > measure.act.at]
    end = next((act for act in later if _ends_it(act)), None)
    if end is None:
        return measure
    return measure._replace(status="suspended" if end.is_of("suspend") else "ended")


def _ends_it(act: Act) -> bool:
    is_told = act.modality == "fact" and not act.is_negated and not act.is_hypothetical
    if not is_told or not act.is_of("remove", "suspend"):
        return False
    words = act.sentence.words
    if act.is_passive:
        return not _POINTING.isdisjoint(act.subject_words)
    if not _POINTING.isdisjoint(words[act.last : act.last + 1]):
        return True
    governed = " ".join(words[act.last : act.last + _OBJECT_WORDS])
    return load_pattern("measures", "earlier_measure").match(governed) is not None
